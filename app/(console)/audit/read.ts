import type { SearchParams } from "nuqs/server";
import { auditFilter, auditView } from "#app/(console)/audit/search-params.ts";
import { countAuditEvents, listAuditEvents } from "#lib/audit/queries.ts";
import type { Actor } from "#lib/auth/actor.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function readEvents(actor: Actor, source: Source) {
  const page = auditView.loadPage(source);
  return listAuditEvents(actor, { ...page, ...auditFilter(auditView.loadFilters(source)) });
}

/** How many there are in all. */
export async function readEventTotal(actor: Actor, source: Source) {
  return countAuditEvents(actor, auditFilter(auditView.loadFilters(source)));
}
