import type { SearchParams } from "nuqs/server";
import { factsView, toPlainFilter } from "#app/(console)/facts/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { countFacts, listFacts } from "#lib/graph/view/facts/queries.ts";
import { openOptionalText } from "#lib/sealed-text.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function loadFacts(actor: Actor, source: Source) {
  const page = factsView.loadPage(source);
  return listFacts(actor, { ...page, filter: loadFilter(actor, source) });
}

/** How many there are in all. */
export async function loadFactTotal(actor: Actor, source: Source) {
  return countFacts(actor, loadFilter(actor, source));
}

function loadFilter(actor: Actor, source: Source) {
  const filters = factsView.loadFilters(source);
  return { search: openOptionalText(actor, filters.q), ...toPlainFilter(filters) };
}
