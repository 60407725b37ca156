import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { loadRequests, loadRequestTotal } from "#app/(console)/privacy/requests/load.ts";
import { NewRequest } from "#app/(console)/privacy/requests/new-request.tsx";
import { RequestsTable } from "#app/(console)/privacy/requests/requests-table.tsx";
import { SavedViews } from "#app/(console)/privacy/requests/saved-views.tsx";
import { requestView } from "#app/(console)/privacy/requests/search-params.ts";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { listSavedViews } from "#lib/privacy/requests/views/queries.ts";

export const metadata: Metadata = { title: "Requests" };

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await authorizePage("/privacy/requests");
  const params = await searchParams;
  const initial = await loadInitial(requestView, params, loadRequests(actor, params), loadRequestTotal(actor, params));
  const views = await awaitOrNotFound(listSavedViews(actor));
  return (
    <>
      <PageHeader
        title="Requests"
        lead="What people ask under privacy laws, what is due soonest first."
        actions={
          <>
            <LinkButton href="/privacy/reports">Reports</LinkButton>
            <LinkButton href="/privacy/policy">Policy</LinkButton>
            <LinkButton href="/privacy/deletion-list">DELETE Act list</LinkButton>
            <LinkButton href="/privacy/requests/batch">From a file</LinkButton>
            <NewRequest opensCase />
          </>
        }
      />
      <SavedViews views={views} />
      <RequestsTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Requests"))?.value)}
      />
    </>
  );
}
