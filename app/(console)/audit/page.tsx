import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { AuditTable } from "#app/(console)/audit/audit-table.tsx";
import { readEvents, readEventTotal } from "#app/(console)/audit/read.ts";
import { auditView } from "#app/(console)/audit/search-params.ts";
import { initialOf } from "#components/data-table/initial.ts";
import { hiddenColumnsCookie, keptHidden } from "#components/data-table/view.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAuditActors } from "#lib/audit/queries.ts";
import { gate, shown } from "#lib/page.ts";

export const metadata: Metadata = { title: "Audit trail" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await gate("/audit");
  const params = await searchParams;
  const initial = await initialOf(auditView, params, readEvents(actor, params), readEventTotal(actor, params));
  return (
    <>
      <PageHeader
        title="Audit trail"
        lead="Who did what to whom. Nothing in it is ever changed, and it stores nothing personal: the names shown are looked up."
      />
      <AuditTable
        initial={initial}
        keptHidden={keptHidden((await cookies()).get(hiddenColumnsCookie("Audit"))?.value)}
        actors={await shown(listAuditActors(actor))}
      />
    </>
  );
}
