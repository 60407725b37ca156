import {
  day,
  defineTableView,
  parseDayEnd,
  parseDayStart,
  parseYesNo,
  sealed,
  yesNo,
} from "#components/data-table/view.ts";
import { USER_SORTS } from "#lib/users/terms.ts";

/** The users table's URL. */
export const usersView = defineTableView({
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
export function toPlainFilter(filters: Filters) {
  return {
    createdFrom: parseDayStart(filters.createdFrom),
    createdTo: parseDayEnd(filters.createdTo),
    activeFrom: parseDayStart(filters.activeFrom),
    activeTo: parseDayEnd(filters.activeTo),
    hasSessions: parseYesNo(filters.sessions),
    hasEmail: parseYesNo(filters.email),
  };
}
