import type { SearchParams } from "nuqs/server";
import { toPlainFilter, usersView } from "#app/(console)/users/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { openOptionalText } from "#lib/sealed-text.ts";
import { countUsers, listUsers } from "#lib/users/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function loadUsers(actor: Actor, source: Source) {
  const page = usersView.loadPage(source);
  return listUsers(actor, { ...page, filter: loadFilter(actor, source) });
}

/** How many there are in all. */
export async function loadUserTotal(actor: Actor, source: Source) {
  return countUsers(actor, loadFilter(actor, source));
}

function loadFilter(actor: Actor, source: Source) {
  const filters = usersView.loadFilters(source);
  return {
    search: openOptionalText(actor, filters.q),
    metadata: openOptionalText(actor, filters.meta),
    ...toPlainFilter(filters),
  };
}
