import Link from "next/link";
import { ListTable } from "#components/ui/list-table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatNumber } from "#lib/format.ts";
import type { RowOutcome } from "#lib/privacy/requests/batch/file.ts";
import type { CsvRow } from "#lib/privacy/requests/batch/schema.ts";

/** A row and what became of it, or would; null while nobody has looked. */
export interface JudgedRow extends CsvRow {
  outcome: RowOutcome | null;
}

const MOST_SHOWN = 200;

/** The rows of a file, what needs attention first. */
export function RowsTable({ judged, isFiling }: { judged: JudgedRow[]; isFiling: boolean }) {
  const sorted = judged.toSorted((one, other) => rankRow(one) - rankRow(other) || one.row - other.row);
  return (
    <div className="flex flex-col gap-2">
      <ListTable label="Rows" heads={["Row", "Reference", "Person", "Asks for", "Outcome"]}>
        {sorted.slice(0, MOST_SHOWN).map((row) => (
          <tr key={row.row}>
            <td className="tabular-nums">{row.row}</td>
            <td dir="auto" className="max-w-48 truncate font-mono text-xs">
              {row.cells.reference}
            </td>
            <td dir="auto" className="max-w-64 truncate font-mono text-xs">
              {row.cells.identifier}
            </td>
            <td className="max-w-32 truncate">{row.cells.type}</td>
            <td>
              <Outcome outcome={row.outcome} isFiling={isFiling} />
            </td>
          </tr>
        ))}
      </ListTable>
      {judged.length > MOST_SHOWN ? (
        <p className="text-xs text-soft">
          {`The first ${MOST_SHOWN} of ${formatNumber(judged.length)} are shown, those that are refused before the others.`}
        </p>
      ) : null}
    </div>
  );
}

function Outcome({ outcome, isFiling }: { outcome: RowOutcome | null; isFiling: boolean }) {
  if (!outcome) return <span className="text-faint">–</span>;
  if (outcome.outcome === "refused")
    return <span className="block max-w-[60ch] py-1 text-xs whitespace-normal text-risk">{outcome.problem}</span>;
  if (outcome.request)
    return (
      <Link href={`/privacy/requests/${outcome.request}`}>
        {outcome.outcome === "new" ? `filed as ${outcome.number}` : `filed before, as ${outcome.number}`}
      </Link>
    );
  if (isFiling) return <Tag tone="waiting">to be filed</Tag>;
  return (
    <span className="flex items-center gap-2">
      <Tag tone="now">would be filed</Tag>
      {outcome.isPersonKnown === false ? <span className="text-xs text-soft">nobody is known by that</span> : null}
    </span>
  );
}

function rankRow({ outcome }: JudgedRow): number {
  if (outcome?.outcome === "refused") return 0;
  return outcome?.isPersonKnown === false ? 1 : 2;
}
