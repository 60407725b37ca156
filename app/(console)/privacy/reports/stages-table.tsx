import { ListTable } from "#components/ui/list-table.tsx";
import { formatDuration, formatNumber } from "#lib/format.ts";
import type { StageFigures } from "#lib/privacy/requests/report/queries.ts";
import { STATE_WORDS } from "#lib/privacy/requests/terms.ts";

/** Where the time of requests goes: the longest median has the longest bar. */
export function StagesTable({ stages }: { stages: StageFigures[] }) {
  if (stages.length === 0) return <p className="text-soft">No request has left a stage yet.</p>;
  const longest = Math.max(1, ...stages.map(({ median }) => median));
  return (
    <ListTable label="Stages" heads={["Stage", "Left it", "Median", "9 of 10 within", "Share of the longest"]}>
      {stages.map(({ state, left, median, ninetieth }) => (
        <tr key={state}>
          <td className="font-medium">{STATE_WORDS[state]}</td>
          <td className="tabular-nums">{formatNumber(left)}</td>
          <td className="tabular-nums">{formatStay(median)}</td>
          <td className="tabular-nums">{formatStay(ninetieth)}</td>
          <td className="w-1/3 min-w-24">
            <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
              <div className="h-full bg-river" style={{ width: `${(median / longest) * 100}%` }} />
            </div>
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

function formatStay(milliseconds: number): string {
  return milliseconds < 60_000 ? "under a minute" : formatDuration(milliseconds);
}
