import { formatCount, formatShortDay } from "#lib/format.ts";
import type { ActivityWeek } from "#lib/users/queries.ts";

const WEEK = 7 * 86_400_000;
const HEIGHT = 64;
const FEWEST_WEEKS = 26;

/** How much was said when: one bar a week, silent weeks left as gaps, up to now or to where a long silence began. */
export async function ActivityChart({ weeks: read }: { weeks: Promise<ActivityWeek[]> }) {
  const weeks = await read;
  const [latest] = weeks;
  if (!latest) return <p className="text-soft">Nothing has been said yet.</p>;
  const oldest = weeks[weeks.length - 1] ?? latest;
  const isSilent = Date.now() - latest.week.getTime() > FEWEST_WEEKS * WEEK;
  const end = isSilent ? latest.week.getTime() : Math.max(latest.week.getTime(), Date.now() - WEEK);
  const span = Math.max(FEWEST_WEEKS, Math.round((end - oldest.week.getTime()) / WEEK) + 1);
  const most = Math.max(...weeks.map((week) => week.messages));
  const total = weeks.reduce((sum, week) => sum + week.messages, 0);
  const start = end - (span - 1) * WEEK;
  return (
    <figure>
      <svg
        viewBox={`0 0 ${span * 10} ${HEIGHT + 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${formatCount(total, "message")} between ${formatShortDay(oldest.week)} and ${formatShortDay(latest.week)}, at most ${most} in a week.`}
        className="h-24 w-full text-river"
      >
        <line
          x1="0"
          x2={span * 10}
          y1={HEIGHT + 1}
          y2={HEIGHT + 1}
          className="stroke-hairline"
          vectorEffect="non-scaling-stroke"
        />
        {weeks.map(({ week, messages }) => {
          const height = Math.max(2, (messages / most) * HEIGHT);
          const x = Math.round((week.getTime() - start) / WEEK) * 10;
          return (
            <rect
              key={week.getTime()}
              x={x + 1.5}
              y={HEIGHT - height}
              width="7"
              height={height}
              rx="1"
              fill="currentColor"
            >
              <title>{`Week of ${formatShortDay(week)}: ${formatCount(messages, "message")}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="flex justify-between pt-1 text-2xs text-faint">
        <span>{formatShortDay(new Date(start))}</span>
        <span>{`most in a week: ${most}`}</span>
        <span>{`${formatShortDay(new Date(end))}${isSilent ? ", nothing since" : ""}`}</span>
      </figcaption>
    </figure>
  );
}
