import type { SearchParams } from "nuqs/server";
import { plainFilter, usersView } from "#app/(console)/users/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { openedText } from "#lib/sealed-text.ts";
import { countUsers, listUsers } from "#lib/users/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function readUsers(actor: Actor, source: Source) {
  const page = usersView.loadPage(source);
  return listUsers(actor, { ...page, filter: readFilter(actor, source) });
}

/** How many there are in all. */
export async function readUserTotal(actor: Actor, source: Source) {
  return countUsers(actor, readFilter(actor, source));
}

function readFilter(actor: Actor, source: Source) {
  const filters = usersView.loadFilters(source);
  return { search: openedText(actor, filters.q), metadata: openedText(actor, filters.meta), ...plainFilter(filters) };
}
