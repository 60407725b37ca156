import type { SearchParams } from "nuqs/server";
import { auditView, toPlainFilter } from "#app/(console)/audit/search-params.ts";
import { countAuditEvents, listAuditEvents } from "#lib/audit/queries.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { openOptionalText } from "#lib/sealed-text.ts";
import { listSubjectRefs } from "#lib/users/queries.ts";

type Source = Request | SearchParams;

/** The rows that a URL asks for. */
export async function loadEvents(actor: Actor, source: Source) {
  const page = auditView.loadPage(source);
  return listAuditEvents(actor, { ...page, ...(await readFilter(actor, source)) });
}

/** How many there are in all. */
export async function loadEventTotal(actor: Actor, source: Source) {
  return countAuditEvents(actor, await readFilter(actor, source));
}

async function readFilter(actor: Actor, source: Source) {
  const filters = auditView.loadFilters(source);
  const person = openOptionalText(actor, filters.person);
  return { ...toPlainFilter(filters), subjects: person ? await listSubjectRefs(actor, person) : null };
}
