import type { SearchParams } from "nuqs/server";
import { plainFilter, sessionsView } from "#app/(console)/sessions/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { openedText } from "#lib/sealed-text.ts";
import { countSessions, listSessions } from "#lib/sessions/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function readSessions(actor: Actor, source: Source) {
  const page = sessionsView.loadPage(source);
  return listSessions(actor, { ...page, filter: readFilter(actor, source) });
}

/** How many there are in all. */
export async function readSessionTotal(actor: Actor, source: Source) {
  return countSessions(actor, readFilter(actor, source));
}

function readFilter(actor: Actor, source: Source) {
  const filters = sessionsView.loadFilters(source);
  return { search: openedText(actor, filters.q), metadata: openedText(actor, filters.meta), ...plainFilter(filters) };
}
