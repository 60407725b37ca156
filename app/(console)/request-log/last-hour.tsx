import { formatCount, formatNumber } from "#lib/format.ts";
import type { RequestSummary } from "#lib/request-log/queries.ts";

const HEIGHT = 40;

/** The last hour at a glance: how many, how fast, how many did not go well, minute by minute. */
export function LastHour({ summary }: { summary: RequestSummary }) {
  const { minutes, total, refused, failed } = summary;
  const most = Math.max(1, ...minutes.map(({ done, notDone }) => done + notDone));
  const figures = [
    { name: "Last hour", value: formatNumber(total) },
    { name: "Refused", value: formatNumber(refused) },
    { name: "Failed", value: formatNumber(failed) },
    { name: "Median", value: formatMilliseconds(summary.p50) },
    { name: "95 of 100 within", value: formatMilliseconds(summary.p95) },
  ];
  return (
    <section aria-label="The last hour" className="mb-4 flex flex-wrap items-end gap-x-8 gap-y-3 border-b pb-4">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-xs text-soft">{name}</dt>
            <dd className="text-lg font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <svg
        viewBox={`0 0 600 ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${formatCount(total, "request")} in the last hour, at most ${most} in a minute; ${refused + failed} did not go well.`}
        className="h-12 min-w-48 flex-1 text-river"
      >
        <line x1="0" x2="600" y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className="stroke-hairline" />
        {minutes.map(({ done, notDone }, index) => {
          const bad = (notDone / most) * HEIGHT;
          const good = (done / most) * HEIGHT;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place in the hour
            <g key={index}>
              <rect x={index * 10 + 1.5} y={HEIGHT - good} width="7" height={good} fill="currentColor" />
              <rect x={index * 10 + 1.5} y={HEIGHT - good - bad} width="7" height={bad} className="fill-risk" />
            </g>
          );
        })}
      </svg>
    </section>
  );
}

function formatMilliseconds(value: number | null): string {
  return value === null ? "–" : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
