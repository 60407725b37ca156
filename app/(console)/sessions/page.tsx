import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { readSessions, readSessionTotal } from "#app/(console)/sessions/read.ts";
import { sessionsView } from "#app/(console)/sessions/search-params.ts";
import { SessionsTable } from "#app/(console)/sessions/sessions-table.tsx";
import { initialOf } from "#components/data-table/initial.ts";
import { hiddenColumnsCookie, keptHidden } from "#components/data-table/view.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { gate } from "#lib/page.ts";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await gate("/sessions");
  const params = await searchParams;
  const initial = await initialOf(sessionsView, params, readSessions(actor, params), readSessionTotal(actor, params));
  return (
    <>
      <PageHeader title="Sessions" lead="Every conversation in this project." />
      <SessionsTable
        initial={initial}
        keptHidden={keptHidden((await cookies()).get(hiddenColumnsCookie("Sessions"))?.value)}
        mayRead={can(actor, "transcripts:read")}
      />
    </>
  );
}
