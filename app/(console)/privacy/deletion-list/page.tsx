import type { Metadata } from "next";
import Link from "next/link";
import { DeletionList } from "#app/(console)/privacy/deletion-list/deletion-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { getListFigures, listItems, listReports } from "#lib/privacy/deletion-list/queries.ts";

export const metadata: Metadata = { title: "DELETE Act list" };

export default async function DeletionListPage() {
  const actor = await authorizePage("/privacy/deletion-list");
  const figures = await awaitOrNotFound(getListFigures(actor));
  const items = await awaitOrNotFound(listItems(actor));
  const reports = await awaitOrNotFound(listReports(actor));
  return (
    <>
      <PageHeader
        above={<Link href="/privacy/requests">Requests</Link>}
        title="DELETE Act list"
        lead="California’s lists of people to be deleted (DROP): taken in as hashes, matched with whom you know, answered with codes."
      />
      <DeletionList figures={figures} items={items} reports={reports} />
    </>
  );
}
