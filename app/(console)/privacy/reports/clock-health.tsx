import Link from "next/link";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { ClockFigures } from "#lib/privacy/requests/report/queries.ts";

/** How the clocks of open requests stand: one bar of them all, and what each part of it is in words and figures. */
export function ClockHealth({ clocks }: { clocks: ClockFigures }) {
  const parts = [
    { name: "half or more left", count: clocks.halfOrMore, colour: "bg-now" },
    { name: "a quarter to a half", count: clocks.quarterOrMore, colour: "bg-waiting" },
    { name: "less than a quarter", count: clocks.less, colour: "bg-risk" },
    { name: "overdue", count: clocks.overdue, colour: "bg-risk-strong", href: "/privacy/requests?due=overdue" },
    { name: "clock stopped", count: clocks.stopped, colour: "bg-ended" },
  ];
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return <p className="text-soft">No request is open.</p>;
  return (
    <div className="flex flex-col gap-4">
      <div
        role="img"
        aria-label={`${formatCount(total, "open request")}: ${parts.map(({ name, count }) => `${count} ${name}`).join(", ")}.`}
        className="flex h-3 gap-px overflow-hidden rounded-full bg-hover"
      >
        {parts.map(({ name, count, colour }) =>
          count > 0 ? <div key={name} className={colour} style={{ flexGrow: count, minWidth: "3px" }} /> : null,
        )}
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        {parts.map(({ name, count, colour, href }) => (
          <div key={name}>
            <dt className="flex items-center gap-1.5 text-xs text-soft">
              <span aria-hidden className={`size-2 rounded-full ${colour}`} />
              {href && count > 0 ? <Link href={href}>{name}</Link> : name}
            </dt>
            <dd className="text-lg font-medium tabular-nums">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
