import { day, dayEnd, dayStart, isYes, sealed, tableView, yesNo } from "#components/data-table/view.ts";
import { USER_SORTS } from "#lib/users/schema.ts";

/** The users table's URL. */
export const usersView = tableView({
  sorts: USER_SORTS,
  sort: "created",
  direction: "desc",
  filters: {
    q: sealed,
    meta: sealed,
    createdFrom: day,
    createdTo: day,
    activeFrom: day,
    activeTo: day,
    sessions: yesNo,
    email: yesNo,
  },
});

type Filters = Awaited<ReturnType<typeof usersView.loadFilters>>;

/** The part of the filter that needs no key to read. */
export function plainFilter(filters: Filters) {
  return {
    createdFrom: dayStart(filters.createdFrom),
    createdTo: dayEnd(filters.createdTo),
    activeFrom: dayStart(filters.activeFrom),
    activeTo: dayEnd(filters.activeTo),
    hasSessions: isYes(filters.sessions),
    hasEmail: isYes(filters.email),
  };
}
