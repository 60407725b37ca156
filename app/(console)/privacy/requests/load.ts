import type { SearchParams } from "nuqs/server";
import { requestView, toRequestFilter } from "#app/(console)/privacy/requests/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { countRequests, listRequests } from "#lib/privacy/requests/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function loadRequests(actor: Actor, source: Source) {
  return listRequests(actor, { ...requestView.loadPage(source), ...toRequestFilter(requestView.loadFilters(source)) });
}

/** How many there are in all. */
export async function loadRequestTotal(actor: Actor, source: Source) {
  return countRequests(actor, toRequestFilter(requestView.loadFilters(source)));
}
