import { CLOCKS, type Clock, type Law, type Span } from "#lib/privacy/requests/terms.ts";

export interface Deadlines {
  acknowledgeBy: Date | null;
  answerBy: Date;
}

/** When a request that arrived at a moment has to be acknowledged and answered: the last moment of that day where the team works. */
export function computeDeadlines(law: Law, receivedAt: Date, timeZone: string): Deadlines {
  const clock: Clock = CLOCKS[law];
  const day = readDay(receivedAt, timeZone);
  const end = (span: Span) => endOfDay(settleDay(addSpan(day, span), clock), timeZone);
  return { acknowledgeBy: clock.acknowledge && end(clock.acknowledge), answerBy: end(clock.answer) };
}

/** When it has to be answered once the person was told that it takes longer; null where the law knows no such thing. */
export function computeExtension(law: Law, receivedAt: Date, timeZone: string): Date | null {
  const clock: Clock = CLOCKS[law];
  if (!clock.extension) return null;
  const day = readDay(receivedAt, timeZone);
  return endOfDay(settleDay(addSpan(day, addSpans(clock.answer, clock.extension)), clock), timeZone);
}

/** A deadline, moved by as long as the clock stood still. */
export function addPause(deadline: Date, from: Date, to: Date): Date {
  return new Date(deadline.getTime() + Math.max(0, to.getTime() - from.getTime()));
}

/** A day of the calendar, as midnight of UTC. */
type Day = Date;

const DAY_MS = 86_400_000;

function readDay(moment: Date, timeZone: string): Day {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat("en-CA", { timeZone })
    .format(moment)
    .split("-")
    .map(Number);
  return new Date(Date.UTC(year, month - 1, day));
}

/** One month and two more are three: no day is lost on the way, as it would be from 31 January over February. */
function addSpans(one: Span, other: Span): Span {
  if ("months" in one && "months" in other) return { months: one.months + other.months };
  if ("days" in one && "days" in other) return { days: one.days + other.days };
  throw new Error("a law extends a time in the unit that it gives it in");
}

function addSpan(day: Day, span: Span): Day {
  if ("days" in span) return new Date(day.getTime() + span.days * DAY_MS);
  if ("workingDays" in span) return addWorkingDays(day, span.workingDays);
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + span.months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day.getUTCDate(), last.getUTCDate())));
}

function addWorkingDays(day: Day, count: number): Day {
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = new Date(reached.getTime() + DAY_MS);
    if (!isWeekend(reached)) left -= 1;
  }
  return reached;
}

function settleDay(day: Day, { endsOnWorkingDay }: Clock): Day {
  let settled = day;
  while (endsOnWorkingDay && isWeekend(settled)) settled = new Date(settled.getTime() + DAY_MS);
  return settled;
}

/** Public holidays are another matter everywhere; who counts them ends earlier than they must, and never later. */
function isWeekend(day: Day): boolean {
  return day.getUTCDay() === 0 || day.getUTCDay() === 6;
}

/** The last millisecond of a day where the team works, whatever the clocks there do on it. */
function endOfDay(day: Day, timeZone: string): Date {
  const next = new Date(day.getTime() + DAY_MS);
  let moment = next.getTime() - readOffset(next, timeZone);
  // Around a change of the clocks the offset is another one at the moment itself.
  moment = next.getTime() - readOffset(new Date(moment), timeZone);
  return new Date(moment - 1);
}

/** How far the clocks of a time zone are ahead of UTC at a moment, in milliseconds. */
function readOffset(moment: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return shown - Math.floor(moment.getTime() / 1_000) * 1_000;
}
