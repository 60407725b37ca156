import { ListTable } from "#components/ui/list-table.tsx";
import { formatNumber } from "#lib/format.ts";
import type { RightFigures } from "#lib/privacy/requests/report/queries.ts";
import { CLOCKS, TYPE_WORDS } from "#lib/privacy/requests/terms.ts";

/** What became of the requests of each law and right. */
export function RightsTable({ rights }: { rights: RightFigures[] }) {
  return (
    <>
      <ListTable
        label="Rights"
        heads={[
          "Law",
          "Right",
          "Received",
          "Complied",
          "In part",
          "Denied",
          "Unknown",
          "Withdrawn",
          "Open",
          "Extended",
          "Late",
          "Median",
          "Mean",
        ]}
      >
        {rights.map((figures) => (
          <RightRow key={`${figures.law} ${figures.type}`} figures={figures} />
        ))}
      </ListTable>
      <p className="max-w-[75ch] pt-2 text-xs text-soft">
        Unknown: nobody was known by what they gave. Withdrawn: also cancelled, or expired because they never showed who
        they are. Late: told after the time was over, or not told yet though it is. Median and mean are days from
        arrival until they were told, pauses included, over those who were told.
      </p>
    </>
  );
}

function RightRow({ figures }: { figures: RightFigures }) {
  const { law, type, received, complied, partly, denied, nobodyKnown, ended, open, extended, late } = figures;
  return (
    <tr>
      <td className="font-medium">{CLOCKS[law].title}</td>
      <td>{TYPE_WORDS[type]}</td>
      {Object.entries({ received, complied, partly, denied, nobodyKnown, ended, open, extended }).map(
        ([name, count]) => (
          <td key={name} className="tabular-nums">
            {formatNumber(count)}
          </td>
        ),
      )}
      <td className={`tabular-nums ${late > 0 ? "font-medium text-risk" : ""}`}>{formatNumber(late)}</td>
      <td className="tabular-nums">{formatDays(figures.medianDays)}</td>
      <td className="tabular-nums">{formatDays(figures.meanDays)}</td>
    </tr>
  );
}

function formatDays(days: number | null): string {
  return days === null ? "–" : days.toFixed(1);
}
