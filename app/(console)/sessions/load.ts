import type { SearchParams } from "nuqs/server";
import { sessionsView, toPlainFilter } from "#app/(console)/sessions/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { openOptionalText } from "#lib/sealed-text.ts";
import { countSessions, listSessions } from "#lib/sessions/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function loadSessions(actor: Actor, source: Source) {
  const page = sessionsView.loadPage(source);
  return listSessions(actor, { ...page, filter: loadFilter(actor, source) });
}

/** How many there are in all. */
export async function loadSessionTotal(actor: Actor, source: Source) {
  return countSessions(actor, loadFilter(actor, source));
}

function loadFilter(actor: Actor, source: Source) {
  const filters = sessionsView.loadFilters(source);
  return {
    search: openOptionalText(actor, filters.q),
    metadata: openOptionalText(actor, filters.meta),
    ...toPlainFilter(filters),
  };
}
