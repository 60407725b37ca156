import { day, defineTableView, parseDayEnd, parseDayStart, sealed, uuid } from "#components/data-table/view.ts";
import { SESSION_SORTS } from "#lib/sessions/terms.ts";

/** The sessions table's URL, the same on the project's page and on a user's. */
export const sessionsView = defineTableView({
  sorts: SESSION_SORTS,
  sort: "activity",
  direction: "desc",
  filters: { q: sealed, meta: sealed, from: day, to: day, user: uuid },
});

type Filters = Awaited<ReturnType<typeof sessionsView.loadFilters>>;

/** The part of the filter that needs no key to read. */
export function toPlainFilter(filters: Filters) {
  return { user: filters.user, from: parseDayStart(filters.from), to: parseDayEnd(filters.to) };
}
