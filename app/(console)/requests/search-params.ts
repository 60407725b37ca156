import { day, dayEnd, dayStart, oneOf, tableView, uuid } from "#components/data-table/view.ts";
import { methodSchema, REQUEST_SORTS, requestOutcomeSchema } from "#lib/request-log/schema.ts";

/** The request log's URL. */
export const requestView = tableView({
  sorts: REQUEST_SORTS,
  sort: "at",
  direction: "desc",
  filters: {
    method: oneOf(methodSchema.options),
    outcome: oneOf(requestOutcomeSchema.options),
    key: uuid,
    from: day,
    to: day,
  },
});

type Filters = Awaited<ReturnType<typeof requestView.loadFilters>>;

/** What the URL's filters ask for. */
export function requestFilter(filters: Filters) {
  return {
    method: methodSchema.nullable().parse(filters.method),
    outcome: requestOutcomeSchema.nullable().parse(filters.outcome),
    key: filters.key,
    from: dayStart(filters.from),
    to: dayEnd(filters.to),
  };
}
