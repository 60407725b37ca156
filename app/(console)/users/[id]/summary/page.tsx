import type { Metadata } from "next";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { Comparison } from "#app/(console)/users/[id]/summary/comparison.tsx";
import { VersionList } from "#app/(console)/users/[id]/summary/version-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { getSummaryComparison, listSummaryVersions } from "#lib/graph/summary/queries.ts";
import { comparisonSchema } from "#lib/graph/summary/schema.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export const metadata: Metadata = { title: "Summary" };

interface SummaryPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SummaryPage({ params, searchParams }: SummaryPageProps) {
  const actor = await authorizePage("/users/[id]/summary");
  const user = await awaitOrNotFound(getUser(actor, parseUuidOrNotFound((await params).id)));
  const versions = await awaitOrNotFound(listSummaryVersions(actor, user.uuid));
  const [latest] = versions;
  const asked = comparisonSchema.parse(await searchParams);
  const version = asked.version ?? latest?.version ?? 0;
  const against = asked.against ?? version - 1;
  return (
    <>
      <PersonHeader uuid={user.uuid} name={getDisplayName(user)} part="summary" mayRemember />
      {latest ? (
        <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[18rem_minmax(0,1fr)]">
          <VersionList versions={versions} chosen={version} />
          <Comparison
            comparison={await awaitOrNotFound(getSummaryComparison(actor, user.uuid, { version, against }))}
            version={version}
            against={against}
            versions={versions}
          />
        </div>
      ) : (
        <EmptyState title="No summary yet">
          As soon as this person says something that states a fact, a summary is written from it. Every change to it is
          kept here.
        </EmptyState>
      )}
    </>
  );
}
