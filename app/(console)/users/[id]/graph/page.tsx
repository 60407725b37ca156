import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { GraphExplorer } from "#app/(console)/users/[id]/graph/explorer.tsx";
import { loadGraph } from "#app/(console)/users/[id]/graph/load.ts";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export const metadata: Metadata = { title: "Graph" };

interface GraphPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function GraphPage({ params, searchParams }: GraphPageProps) {
  const actor = await authorizePage("/users/[id]/graph");
  const user = await awaitOrNotFound(getUser(actor, parseUuidOrNotFound((await params).id)));
  const view = await awaitOrNotFound(loadGraph(actor, user.uuid, await searchParams));
  return (
    <>
      <PersonHeader uuid={user.uuid} name={getDisplayName(user)} part="graph" mayRemember />
      <GraphExplorer
        user={user.uuid}
        initial={view}
        may={{ write: can(actor, "graph:write"), erase: can(actor, "graph:erase"), export: can(actor, "users:export") }}
      />
    </>
  );
}
