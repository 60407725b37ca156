import {
  day,
  defineTableView,
  findChoice,
  makeChoiceParser,
  parseDayEnd,
  parseDayStart,
  uuid,
} from "#components/data-table/view.ts";
import { REQUEST_METHODS, REQUEST_OUTCOMES, REQUEST_SORTS } from "#lib/request-log/terms.ts";

/** The request log's URL. */
export const requestView = defineTableView({
  sorts: REQUEST_SORTS,
  sort: "at",
  direction: "desc",
  filters: {
    method: makeChoiceParser(REQUEST_METHODS),
    outcome: makeChoiceParser(REQUEST_OUTCOMES),
    key: uuid,
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof requestView.loadFilters>>;

/** What the URL's filters ask for. */
export function toRequestFilter(filters: Filters) {
  return {
    method: findChoice(REQUEST_METHODS, filters.method),
    outcome: findChoice(REQUEST_OUTCOMES, filters.outcome),
    key: filters.key,
    from: parseDayStart(filters.from),
    to: parseDayEnd(filters.to),
  };
}
