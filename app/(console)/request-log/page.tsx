import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { LastHour } from "#app/(console)/request-log/last-hour.tsx";
import { loadRequests, loadRequestTotal } from "#app/(console)/request-log/load.ts";
import { RequestsTable } from "#app/(console)/request-log/request-log-table.tsx";
import { requestView } from "#app/(console)/request-log/search-params.ts";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { listRequestKeys, summarizeRequests } from "#lib/request-log/queries.ts";

export const metadata: Metadata = { title: "Request log" };

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await authorizePage("/request-log");
  const params = await searchParams;
  const initial = await loadInitial(requestView, params, loadRequests(actor, params), loadRequestTotal(actor, params));
  return (
    <>
      <PageHeader
        title="Request log"
        lead="What applications have asked for in the last thirty days: no ids, no contents."
        actions={<LinkButton href="/reference">API reference</LinkButton>}
      />
      <LastHour summary={await awaitOrNotFound(summarizeRequests(actor))} />
      <RequestsTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Requests"))?.value)}
        keys={await awaitOrNotFound(listRequestKeys(actor))}
      />
    </>
  );
}
