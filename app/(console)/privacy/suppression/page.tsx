import type { Metadata } from "next";
import { KeepOutPolicy } from "#app/(console)/privacy/suppression/keep-out-policy.tsx";
import { KeptOutList } from "#app/(console)/privacy/suppression/kept-out-list.tsx";
import { TestIdentifier } from "#app/(console)/privacy/suppression/test-identifier.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { getKeepOutPolicy, listKeptOut } from "#lib/suppression/queries.ts";

export const metadata: Metadata = { title: "Kept out" };

export default async function SuppressionPage() {
  const actor = await authorizePage("/privacy/suppression");
  const [keptOut, policy] = await Promise.all([
    awaitOrNotFound(listKeptOut(actor)),
    awaitOrNotFound(getKeepOutPolicy(actor)),
  ]);
  return (
    <>
      <PageHeader
        title="Kept out"
        lead="People who were erased and are refused when an application adds them again. Kept as keyed hashes; the key is not in the database."
      />
      <div className="flex flex-col gap-8">
        {keptOut.length > 0 ? (
          <KeptOutList rows={keptOut} />
        ) : (
          <EmptyState title="Nobody is kept out">
            Whoever erases a user can ask that applications are refused that add them again.
          </EmptyState>
        )}
        <div className="grid gap-8 lg:grid-cols-2">
          <Section title="Would this be refused?">
            <TestIdentifier />
          </Section>
          <Section title="When an application deletes a user">
            <KeepOutPolicy keepsOutDeleted={policy} />
          </Section>
        </div>
        <p className="max-w-prose text-xs text-faint">
          A keyed hash is pseudonymous personal data. It is kept for one purpose, keeping the person out as they asked,
          and used for nothing else.
        </p>
      </div>
    </>
  );
}
