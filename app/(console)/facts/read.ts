import type { SearchParams } from "nuqs/server";
import { factsView, plainFilter } from "#app/(console)/facts/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { countFacts, listFacts } from "#lib/graph/view/facts/queries.ts";
import { openedText } from "#lib/sealed-text.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function readFacts(actor: Actor, source: Source) {
  const page = factsView.loadPage(source);
  return listFacts(actor, { ...page, filter: readFilter(actor, source) });
}

/** How many there are in all. */
export async function readFactTotal(actor: Actor, source: Source) {
  return countFacts(actor, readFilter(actor, source));
}

function readFilter(actor: Actor, source: Source) {
  const filters = factsView.loadFilters(source);
  return { search: openedText(actor, filters.q), ...plainFilter(filters) };
}
