import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { FactsTable } from "#app/(console)/facts/facts-table.tsx";
import { loadFacts, loadFactTotal } from "#app/(console)/facts/load.ts";
import { factsView } from "#app/(console)/facts/search-params.ts";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { can } from "#lib/auth/permissions.ts";
import { findFactPeriod, listEntities, listRelations } from "#lib/graph/view/facts/queries.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export const metadata: Metadata = { title: "Facts" };

interface FactsPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function FactsPage({ params, searchParams }: FactsPageProps) {
  const actor = await authorizePage("/users/[id]/facts");
  const user = await awaitOrNotFound(getUser(actor, parseUuidOrNotFound((await params).id)));
  const view = { ...(await searchParams), user: user.uuid };
  const [relations, entities, reach] = await awaitOrNotFound(
    Promise.all([listRelations(actor, user.uuid), listEntities(actor, user.uuid), findFactPeriod(actor, user.uuid)]),
  );
  const initial = await loadInitial(factsView, view, loadFacts(actor, view), loadFactTotal(actor, view));
  return (
    <>
      <PersonHeader uuid={user.uuid} name={getDisplayName(user)} part="facts" mayRemember />
      <FactsTable
        initial={initial}
        keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Facts"))?.value, ["learned"])}
        user={user.uuid}
        relations={relations}
        entities={entities}
        reach={reach}
        may={{ write: can(actor, "graph:write"), erase: can(actor, "graph:erase") }}
      />
    </>
  );
}
