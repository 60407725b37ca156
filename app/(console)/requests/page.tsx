import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { LastHour } from "#app/(console)/requests/last-hour.tsx";
import { readRequests, readRequestTotal } from "#app/(console)/requests/read.ts";
import { RequestsTable } from "#app/(console)/requests/requests-table.tsx";
import { requestView } from "#app/(console)/requests/search-params.ts";
import { initialOf } from "#components/data-table/initial.ts";
import { hiddenColumnsCookie, keptHidden } from "#components/data-table/view.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { gate, shown } from "#lib/page.ts";
import { listRequestKeys, summarizeRequests } from "#lib/request-log/queries.ts";

export const metadata: Metadata = { title: "API requests" };

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await gate("/requests");
  const params = await searchParams;
  const initial = await initialOf(requestView, params, readRequests(actor, params), readRequestTotal(actor, params));
  return (
    <>
      <PageHeader
        title="API requests"
        lead="What applications have asked for in the last thirty days: no ids, no contents."
        actions={<LinkButton href="/reference">API reference</LinkButton>}
      />
      <LastHour summary={await shown(summarizeRequests(actor))} />
      <RequestsTable
        initial={initial}
        keptHidden={keptHidden((await cookies()).get(hiddenColumnsCookie("Requests"))?.value)}
        keys={await shown(listRequestKeys(actor))}
      />
    </>
  );
}
