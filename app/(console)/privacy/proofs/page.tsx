import type { Metadata } from "next";
import Link from "next/link";
import { LookNow } from "#app/(console)/privacy/proofs/look-now.tsx";
import { RunsTable } from "#app/(console)/privacy/proofs/runs-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Figures } from "#components/ui/figures.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PeriodicRefresh } from "#components/ui/periodic-refresh.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount } from "#lib/format.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";
import { getProofFigures, listProofRuns, listResidue, type Residue } from "#lib/privacy/proof/queries.ts";

export const metadata: Metadata = { title: "Proofs" };

export default async function ProofsPage() {
  const actor = await authorizePage("/privacy/proofs");
  const { confirmed, pending, residue, runs } = await awaitOrNotFound(getProofFigures(actor));
  const [found, latest] = await Promise.all([
    awaitOrNotFound(listResidue(actor)),
    awaitOrNotFound(listProofRuns(actor)),
  ]);
  return (
    <>
      {pending + residue > 0 ? <PeriodicRefresh /> : null}
      <PageHeader
        above={<Link href="/privacy/receipts">Receipts</Link>}
        title="Proofs"
        lead="Each search of everything that is stored for what may be left of something erased."
        actions={<LookNow isNeeded={pending + residue > 0} />}
      />
      <div className="flex flex-col gap-8">
        <Figures
          label="How the proofs stand"
          figures={[
            { label: "Receipts confirmed", value: confirmed },
            { label: "Waiting for their proof", value: pending },
            { label: "With something left", value: residue },
            { label: "Searches", value: runs },
          ]}
        />
        {residue > 0 ? (
          <ResidueSection found={found} />
        ) : pending > 0 ? (
          <Notice tone="info">Everything is being looked through; that takes seconds to minutes.</Notice>
        ) : (
          <Notice tone="done">Of nothing that was erased anything is known to be left.</Notice>
        )}
        <Section title="Searches" about="the latest hundred">
          {latest.length > 0 ? (
            <RunsTable runs={latest} />
          ) : (
            <EmptyState title="Nothing was erased yet">
              The first search begins within seconds of the first erasure.
            </EmptyState>
          )}
        </Section>
      </div>
    </>
  );
}

/** Where something is left: whoever runs the database has to see to that, since nothing is repaired silently. */
function ResidueSection({ found }: { found: Residue[] }) {
  return (
    <Section title="Something left" about="looked for again every minute, and signed once nothing is left">
      <ListTable label="Something left" heads={["Receipt", "Erased", "Where"]}>
        {found.map(({ receipt, number, since, left, statistics }) => (
          <tr key={receipt}>
            <td>
              <Link href={`/privacy/receipts/${receipt}`}>{number}</Link>
            </td>
            <td>
              <Time at={since} />
            </td>
            <td className="text-risk">
              {[
                ...left.map(({ table, rows }) => `${table}: ${formatCount(rows, "row")}`),
                ...statistics.map((table) => `${table}: statistics`),
              ].join(", ")}
            </td>
          </tr>
        ))}
      </ListTable>
    </Section>
  );
}
