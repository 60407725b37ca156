import { findDaysOfMonth, findFeasts, findWrittenDays } from "#lib/extraction/times/days.ts";
import type { FoundTime, Moment, TimeFinder } from "#lib/extraction/times/moment.ts";
import { findPeriods, findSpans, findWrittenPeriods } from "#lib/extraction/times/periods.ts";
import { findDurations, findRelativeTimes } from "#lib/extraction/times/relative.ts";

/** In this order: what one has found is no longer there for the next. */
const FINDERS: readonly TimeFinder[] = [
  findSpans,
  findWrittenPeriods,
  findPeriods,
  findDurations,
  findRelativeTimes,
  findDaysOfMonth,
  findFeasts,
  findWrittenDays,
];

/**
 * Finds the times that a text names, counted from when it was said. What looks like a time and is none stays out: a month's
 * name that is somebody's, a fraction, times of day, and how long something took.
 */
export function findTimes(text: string, { instant, offset }: Moment): FoundTime[] {
  const found: FoundTime[] = [];
  const local = { offset, instant: new Date(instant.getTime() + offset * 60_000) };
  for (const find of FINDERS) {
    const left = found.reduce(
      (rest, { start, end }) => rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end),
      text,
    );
    found.push(...find(left, local));
  }
  return found.toSorted((a, b) => a.start - b.start);
}
