import {
  day,
  defineTableView,
  makeChoiceParser,
  parseDayEnd,
  parseDayStart,
  uuid,
} from "#components/data-table/view.ts";
import { methodSchema, REQUEST_SORTS, requestOutcomeSchema } from "#lib/request-log/schema.ts";

/** The request log's URL. */
export const requestView = defineTableView({
  sorts: REQUEST_SORTS,
  sort: "at",
  direction: "desc",
  filters: {
    method: makeChoiceParser(methodSchema.options),
    outcome: makeChoiceParser(requestOutcomeSchema.options),
    key: uuid,
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof requestView.loadFilters>>;

/** What the URL's filters ask for. */
export function toRequestFilter(filters: Filters) {
  return {
    method: methodSchema.nullable().parse(filters.method),
    outcome: requestOutcomeSchema.nullable().parse(filters.outcome),
    key: filters.key,
    from: parseDayStart(filters.from),
    to: parseDayEnd(filters.to),
  };
}
