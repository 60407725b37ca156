import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { GraphExplorer } from "#app/(console)/users/[id]/graph/explorer.tsx";
import { readGraph } from "#app/(console)/users/[id]/graph/read.ts";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { gate, shown, uuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { displayName } from "#lib/users/schema.ts";

export const metadata: Metadata = { title: "Graph" };

interface GraphPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function GraphPage({ params, searchParams }: GraphPageProps) {
  const actor = await gate("/users/[id]/graph");
  const user = await shown(getUser(actor, uuidOrNotFound((await params).id)));
  const view = await shown(readGraph(actor, user.uuid, await searchParams));
  return (
    <>
      <PersonHeader uuid={user.uuid} name={displayName(user)} part="graph" mayRemember />
      <GraphExplorer
        user={user.uuid}
        initial={view}
        may={{ write: can(actor, "graph:write"), erase: can(actor, "graph:erase"), export: can(actor, "users:export") }}
      />
    </>
  );
}
