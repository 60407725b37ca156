import { VERDICTS } from "#app/(console)/privacy/receipts/verdicts.ts";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { ProofRow } from "#lib/privacy/receipts/queries.ts";

const HOW = {
  sealed: "Everything",
  hashes: "Ids and addresses, by their hashes",
  typed: "Everything, for what was typed",
} as const;

/** Each search for what may be left, the latest first. */
export function ProofList({ proofs }: { proofs: ProofRow[] }) {
  if (proofs.length === 0) return <p className="text-soft">Nothing yet. The first search begins within seconds.</p>;
  return (
    <ol className="flex flex-col gap-3">
      {proofs.map(({ endedAt, verdict, data }) => (
        <li key={endedAt.toISOString()}>
          <span className="flex items-center gap-2">
            <Tag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].words}</Tag>
            <Time at={endedAt} show="absolute" />
          </span>
          <p className="mt-1 text-soft">
            {`${HOW[data.by]}: ${formatNumber(data.rows)} rows in ${formatCount(data.tables, "table")} and ${formatCount(data.columns, "column")}, for ${formatCount(data.needles, "term")}.`}
          </p>
          {data.addedSince > 0 ? (
            <p className="text-soft">{`${formatCount(data.addedSince, "row")} of the same name were added since.`}</p>
          ) : null}
          {data.mentions > 0 ? (
            <p className="text-soft">{`${formatCount(data.mentions, "row")} of others mention the person, and stay.`}</p>
          ) : null}
          {[
            ...data.left.map(({ table, rows }) => `${table}: ${formatCount(rows, "row")}`),
            ...data.statistics.map((table) => `${table}: statistics`),
            ...data.problems,
          ].map((line) => (
            <p key={line} className="text-risk">
              {line}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
