import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { FactsTable } from "#app/(console)/facts/facts-table.tsx";
import { readFacts, readFactTotal } from "#app/(console)/facts/read.ts";
import { factsView } from "#app/(console)/facts/search-params.ts";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { initialOf } from "#components/data-table/initial.ts";
import { hiddenColumnsCookie, keptHidden } from "#components/data-table/view.ts";
import { can } from "#lib/auth/permissions.ts";
import { findReach, listEntities, listRelations } from "#lib/graph/view/facts/queries.ts";
import { gate, shown, uuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { displayName } from "#lib/users/schema.ts";

export const metadata: Metadata = { title: "Facts" };

interface FactsPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function FactsPage({ params, searchParams }: FactsPageProps) {
  const actor = await gate("/users/[id]/facts");
  const user = await shown(getUser(actor, uuidOrNotFound((await params).id)));
  const view = { ...(await searchParams), user: user.uuid };
  const [relations, entities, reach] = await shown(
    Promise.all([listRelations(actor, user.uuid), listEntities(actor, user.uuid), findReach(actor, user.uuid)]),
  );
  const initial = await initialOf(factsView, view, readFacts(actor, view), readFactTotal(actor, view));
  return (
    <>
      <PersonHeader uuid={user.uuid} name={displayName(user)} part="facts" mayRemember />
      <FactsTable
        initial={initial}
        keptHidden={keptHidden((await cookies()).get(hiddenColumnsCookie("Facts"))?.value, ["learned"])}
        user={user.uuid}
        relations={relations}
        entities={entities}
        reach={reach}
        may={{ write: can(actor, "graph:write"), erase: can(actor, "graph:erase") }}
      />
    </>
  );
}
