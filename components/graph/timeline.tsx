import { Pause, Play } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { getStanding } from "#components/graph/scene.ts";
import { DAY, findSpan, floorToDay, listTicks } from "#components/graph/span.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { formatCount, formatShortDay } from "#lib/format.ts";
import type { ViewFact } from "#lib/graph/view/picture/schema.ts";

interface TimelineProps {
  facts: ViewFact[];
  /** The day shown, as 2026-03-31; null is today. */
  day: string | null;
  onDay: (day: string | null) => void;
}

const BARS = 80;
const HEIGHT = 26;
/** How long a whole life takes to play. */
const PLAYING_MS = 9_000;
const TICK_MS = 90;

/** When facts began and ended, and the day that the picture shows; it can be played from the first to today. */
export function Timeline({ facts, day, onDay }: TimelineProps) {
  const today = floorToDay(Date.now());
  const { first, last } = useMemo(() => findSpan(facts, today), [facts, today]);
  const at = day === null ? last : Math.min(last, Math.max(first, Date.parse(day)));
  const moment = toMoment(day);
  // Behind the last change everything is as it is today.
  const showDay = (time: number) => onDay(time >= last ? null : formatDay(time));
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const step = Math.max(DAY, ((last - first) / PLAYING_MS) * TICK_MS);
    const timer = setTimeout(() => {
      if (at >= last) setPlaying(false);
      else onDay(at + step >= last ? null : formatDay(at + step));
    }, TICK_MS);
    return () => clearTimeout(timer);
  }, [playing, at, first, last, onDay]);
  const begun = facts.filter((fact) => fact.begun <= moment);
  const over = begun.filter((fact) => getStanding(fact, moment) === "over").length;
  return (
    <section aria-label="Time" className="flex items-end gap-3 rounded-lg border bg-raised px-3 py-2">
      <IconButton
        label={playing ? "Pause" : "Play how the memory grew"}
        onClick={() => {
          if (!playing && at >= last) showDay(first);
          setPlaying(!playing);
        }}
      >
        {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
      </IconButton>
      <div className="min-w-0 flex-1">
        <p className="mb-1 flex flex-wrap items-baseline gap-x-3 text-xs">
          <output className="font-medium">{day === null ? "Today" : formatShortDay(new Date(at))}</output>
          <span className="text-soft">{`${formatCount(begun.length - over, "current fact")}, ${over} over`}</span>
          <LatestChange facts={facts} moment={moment} />
        </p>
        <ChangeBars facts={facts} first={first} last={last} at={at} />
        <input
          type="range"
          aria-label="Day"
          aria-valuetext={day === null ? "today" : formatShortDay(new Date(at))}
          min={first}
          max={last}
          step={DAY}
          value={at}
          onChange={(event) => {
            setPlaying(false);
            showDay(Number(event.target.value));
          }}
          className="block h-5 w-full accent-river"
        />
        <Axis first={first} last={last} />
      </div>
      <Button kind="quiet" disabled={day === null} onClick={() => onDay(null)}>
        Today
      </Button>
    </section>
  );
}

/** The end of a day, or this moment. */
export function toMoment(day: string | null): number {
  return day === null ? Date.now() : Date.parse(day) + DAY - 1;
}

/** What began or ended last before the moment shown. */
function LatestChange({ facts, moment }: { facts: ViewFact[]; moment: number }) {
  let latest: { fact: ViewFact; at: number; ended: boolean } | null = null;
  for (const fact of facts)
    for (const [at, ended] of [
      [fact.begun, false],
      [fact.ended, true],
    ] as const)
      if (at !== null && at <= moment && (!latest || at > latest.at || (at === latest.at && ended)))
        latest = { fact, at, ended };
  if (!latest) return null;
  return (
    <span className="min-w-0 truncate text-faint">
      {`${latest.ended ? "ended" : latest.fact.isDated ? "began" : "told"} ${formatShortDay(new Date(latest.at))}: `}
      <span dir="auto" className="font-serif">
        {latest.fact.fact}
      </span>
    </span>
  );
}

interface ChangeBarsProps {
  facts: ViewFact[];
  first: number;
  last: number;
  at: number;
}

/** Bars upwards are facts that began, bars downwards facts that ended. Bars after the day shown are pale. */
function ChangeBars({ facts, first, last, at }: ChangeBarsProps) {
  const bars = useMemo(() => {
    const width = Math.max(1, last + DAY - first) / BARS;
    const counts = Array.from({ length: BARS }, () => ({ began: 0, ended: 0 }));
    for (const { begun, ended } of facts) {
      const from = counts[Math.floor((begun - first) / width)];
      if (from) from.began += 1;
      const until = ended === null ? undefined : counts[Math.floor((ended - first) / width)];
      if (until) until.ended += 1;
    }
    return { counts, width };
  }, [facts, first, last]);
  const most = Math.max(1, ...bars.counts.flatMap(({ began, ended }) => [began, ended]));
  const getBarLength = (count: number) =>
    count === 0 ? 0 : Math.max(1.5, (Math.sqrt(count) / Math.sqrt(most)) * (HEIGHT / 2 - 1));
  return (
    <svg viewBox={`0 0 ${BARS * 4} ${HEIGHT}`} preserveAspectRatio="none" className="h-7 w-full" aria-hidden>
      {bars.counts.map(({ began, ended }, index) => {
        const start = first + index * bars.width;
        return (
          <g key={start} opacity={start > at ? 0.35 : 1}>
            <rect
              x={index * 4 + 0.5}
              y={HEIGHT / 2 - getBarLength(began)}
              width="3"
              height={getBarLength(began)}
              className="fill-now"
            />
            <rect x={index * 4 + 0.5} y={HEIGHT / 2} width="3" height={getBarLength(ended)} className="fill-ended" />
          </g>
        );
      })}
    </svg>
  );
}

/** The years of the span, or its months where it is short, under the slider. */
function Axis({ first, last }: Pick<ChangeBarsProps, "first" | "last">) {
  return (
    <div aria-hidden className="relative mx-2 h-4 text-[0.6875rem] leading-4 text-faint tabular-nums">
      {listTicks(first, last).map(({ time, label }) => (
        <span
          key={time}
          className="absolute -translate-x-1/2 whitespace-nowrap"
          style={{ left: `${(100 * (time - first)) / Math.max(1, last - first)}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
