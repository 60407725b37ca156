import { formatCount, formatMonth } from "#lib/format.ts";
import type { MonthFigures } from "#lib/privacy/requests/report/queries.ts";

const HEIGHT = 96;

/** How a part of a month's bar is drawn and told, from the bottom up. */
const PARTS = [
  { key: "inTime", name: "answered in time", fill: "fill-now", colour: "bg-now" },
  { key: "running", name: "clock running", fill: "fill-waiting", colour: "bg-waiting" },
  { key: "late", name: "late", fill: "fill-risk", colour: "bg-risk" },
  { key: "ended", name: "withdrawn or expired", fill: "fill-ended", colour: "bg-ended" },
] as const;

/** The requests of a year, one bar a month, stacked by whether they kept their time. */
export function MonthsChart({ year, months }: { year: number; months: MonthFigures[] }) {
  const most = Math.max(1, ...months.map(countMonth));
  const total = months.reduce((sum, month) => sum + countMonth(month), 0);
  return (
    <figure>
      <svg
        viewBox={`0 0 120 ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${formatCount(total, "request")} in ${year}: ${describeParts(months)}.`}
        className="h-32 w-full"
      >
        <line
          x1="0"
          x2="120"
          y1={HEIGHT + 0.5}
          y2={HEIGHT + 0.5}
          className="stroke-hairline"
          vectorEffect="non-scaling-stroke"
        />
        {months.map((month) => (
          <MonthBar key={month.month} year={year} month={month} most={most} />
        ))}
      </svg>
      <div aria-hidden className="grid grid-cols-12 pt-1 text-center text-2xs text-faint">
        {months.map(({ month }) => (
          <span key={month}>{formatMonth(new Date(Date.UTC(year, month - 1))).slice(0, 3)}</span>
        ))}
      </div>
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 pt-3 text-xs text-soft">
        {PARTS.map(({ key, name, colour }) => (
          <span key={key} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-full ${colour}`} />
            {name}
          </span>
        ))}
        <span className="text-faint">{`most in a month: ${most}`}</span>
      </figcaption>
    </figure>
  );
}

function MonthBar({ year, month, most }: { year: number; month: MonthFigures; most: number }) {
  let top = HEIGHT;
  const bars = PARTS.map(({ key, fill }) => {
    const height = (month[key] / most) * HEIGHT;
    top -= height;
    return <rect key={key} x={month.month * 10 - 8.5} y={top} width="7" height={height} className={fill} />;
  });
  return (
    <g>
      <title>{`${formatMonth(new Date(Date.UTC(year, month.month - 1)))}: ${describeParts([month])}`}</title>
      {bars}
    </g>
  );
}

function countMonth({ inTime, running, late, ended }: MonthFigures): number {
  return inTime + running + late + ended;
}

function describeParts(months: MonthFigures[]): string {
  return PARTS.map(({ key, name }) => `${months.reduce((sum, month) => sum + month[key], 0)} ${name}`).join(", ");
}
