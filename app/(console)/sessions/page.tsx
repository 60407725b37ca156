import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { loadSessions, loadSessionTotal } from "#app/(console)/sessions/load.ts";
import { sessionsView } from "#app/(console)/sessions/search-params.ts";
import { SessionsTable } from "#app/(console)/sessions/sessions-table.tsx";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { authorizePage } from "#lib/page.ts";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await authorizePage("/sessions");
  const params = await searchParams;
  const initial = await loadInitial(sessionsView, params, loadSessions(actor, params), loadSessionTotal(actor, params));
  return (
    <>
      <PageHeader title="Sessions" lead="Every conversation in this project." />
      <SessionsTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Sessions"))?.value)}
        mayRead={can(actor, "transcripts:read")}
      />
    </>
  );
}
