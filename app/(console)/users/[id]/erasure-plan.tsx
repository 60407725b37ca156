import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { ErasurePlan } from "#lib/privacy/erasure/queries.ts";

/** What an erasure removes, table by table, and what it does not reach. */
export function ErasurePlanList({ plan }: { plan: ErasurePlan }) {
  const { titled, copies } = plan;
  const lines = [
    ...titled,
    ...(copies.episodes > 0
      ? [{ title: `Episodes copied into ${formatCount(copies.graphs, "other graph")}`, rows: copies.episodes }]
      : []),
  ];
  return (
    <div>
      <p className="mb-2">This is removed, for good. There is no undo.</p>
      <ScrollRegion label="What is removed" className="max-h-56 rounded-md border">
        <dl>
          {lines.map(({ title, rows }) => (
            <div key={title} className="flex justify-between border-b px-3 py-1 last:border-b-0">
              <dt>{title}</dt>
              <dd className="font-medium tabular-nums">{formatNumber(rows)}</dd>
            </div>
          ))}
        </dl>
      </ScrollRegion>
      <p className="mt-2 text-xs text-faint">
        The audit trail keeps that this happened, under a reference that no longer leads to anyone.
      </p>
    </div>
  );
}
