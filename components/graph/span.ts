import { formatMonth } from "#lib/format.ts";
import type { ViewFact } from "#lib/graph/view/picture/schema.ts";

export const DAY = 86_400_000;
/** What has not changed for longer than this share of its life is shown up to its last change. */
const QUIET = 0.25;
/** How much of the span is shown beyond the last change. */
const BEYOND = 0.04;
/** More labels than these would cover each other on a narrow screen. */
const MOST_TICKS = 6;

export interface Span {
  /** Days at midnight, in milliseconds since the epoch. */
  first: number;
  last: number;
}

/** The days that a timeline shows: from the first fact to today, or to the last change where that is long ago. */
export function findSpan(facts: readonly Pick<ViewFact, "begun" | "ended">[], today: number): Span {
  const changes = facts.flatMap(({ begun, ended }) => [begun, ended ?? begun]).filter((time) => time <= today);
  const first = floorToDay(Math.min(today - DAY, ...changes));
  const latest = changes.length > 0 ? Math.max(...changes) : today;
  const life = latest - first;
  const isQuiet = life > 0 && today - latest > QUIET * (today - first);
  return { first, last: isQuiet ? Math.min(today, ceilToDay(latest + Math.max(DAY, BEYOND * life))) : today };
}

interface Tick {
  time: number;
  label: string;
}

/** The years within a span, or the months where it has fewer than two; as many as can stand side by side. */
export function listTicks(first: number, last: number): Tick[] {
  const years = listStarts(first, last, 12);
  const months = listStarts(first, last, 1);
  const isLong = years.length >= 2;
  const starts = isLong ? years : months;
  const every = Math.ceil(starts.length / MOST_TICKS);
  return starts
    .filter((_, at) => at % every === 0)
    .map((time) => ({ time, label: isLong ? String(new Date(time).getUTCFullYear()) : formatMonth(new Date(time)) }));
}

/** The first days of so many months each, within a span. */
function listStarts(first: number, last: number, months: number): number[] {
  const begin = new Date(first);
  const starts: number[] = [];
  const offset = months === 12 ? 0 : begin.getUTCMonth();
  for (let step = 0; step < 2_400; step += 1) {
    const time = Date.UTC(begin.getUTCFullYear(), offset + step * months, 1);
    if (time > last) break;
    if (time >= first) starts.push(time);
  }
  return starts;
}

/** The beginning of a moment's day, UTC. */
export function floorToDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

function ceilToDay(time: number): number {
  return Math.ceil(time / DAY) * DAY;
}
