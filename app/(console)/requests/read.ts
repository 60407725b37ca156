import type { SearchParams } from "nuqs/server";
import { requestFilter, requestView } from "#app/(console)/requests/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { countRequests, listRequests } from "#lib/request-log/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function readRequests(actor: Actor, source: Source) {
  return listRequests(actor, { ...requestView.loadPage(source), ...requestFilter(requestView.loadFilters(source)) });
}

/** How many there are in all. */
export async function readRequestTotal(actor: Actor, source: Source) {
  return countRequests(actor, requestFilter(requestView.loadFilters(source)));
}
