import Link from "next/link";
import { VERDICTS } from "#app/(console)/privacy/receipts/verdicts.ts";
import { ListTable } from "#components/ui/list-table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { ProofRunRow } from "#lib/privacy/proof/queries.ts";

/** Searches, the latest first. */
export function RunsTable({ runs }: { runs: ProofRunRow[] }) {
  return (
    <ListTable
      label="Searches"
      heads={["Receipt", "Came to", "Rows read", "Tables", "Took", "When", "What is told of it"]}
    >
      {runs.map(({ uuid, receipt, number, verdict, startedAt, endedAt, data }) => (
        <tr key={uuid}>
          <td>
            <Link href={`/privacy/receipts/${receipt}`}>{number}</Link>
          </td>
          <td>
            <Tag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].words}</Tag>
          </td>
          <td className="tabular-nums">{formatNumber(data.rows)}</td>
          <td className="tabular-nums">{formatNumber(data.tables)}</td>
          <td className="tabular-nums">{`${formatNumber(endedAt.getTime() - startedAt.getTime())} ms`}</td>
          <td>
            <Time at={endedAt} />
          </td>
          <td className="text-soft">{describeRun(data)}</td>
        </tr>
      ))}
    </ListTable>
  );
}

function describeRun({ left, statistics, mentions, addedSince, problems }: ProofRunRow["data"]): string {
  return [
    ...left.map(({ table, rows }) => `${table}: ${formatCount(rows, "row")}`),
    ...statistics.map((table) => `${table}: statistics`),
    ...(mentions > 0 ? [`${formatCount(mentions, "mention")} by others kept`] : []),
    ...(addedSince > 0 ? [`${formatCount(addedSince, "row")} added since`] : []),
    ...problems,
  ].join(", ");
}
