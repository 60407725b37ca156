import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { AuditTable } from "#app/(console)/audit/audit-table.tsx";
import { loadEvents, loadEventTotal } from "#app/(console)/audit/load.ts";
import { auditView } from "#app/(console)/audit/search-params.ts";
import { TrailState } from "#app/(console)/audit/trail-state.tsx";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getTrailStatus, listAuditActors } from "#lib/audit/queries.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";

export const metadata: Metadata = { title: "Audit trail" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await authorizePage("/audit");
  const params = await searchParams;
  const initial = await loadInitial(auditView, params, loadEvents(actor, params), loadEventTotal(actor, params));
  return (
    <>
      <PageHeader
        title="Audit trail"
        lead="Who did what to whom. Nothing in it is ever changed, and it stores nothing personal: the names shown are looked up."
      />
      <TrailState status={await awaitOrNotFound(getTrailStatus(actor))} />
      <AuditTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Audit"))?.value)}
        actors={await awaitOrNotFound(listAuditActors(actor))}
      />
    </>
  );
}
