import { CLOCKS, type Clock, type Law, type Span } from "#lib/privacy/requests/terms.ts";

/** Where the team works, and when it rests there beside the weekends. */
export interface Calendar {
  timeZone: string;
  /** Public holidays, as 2026-12-25. */
  restDays: readonly string[];
}

export interface Deadlines {
  acknowledgeBy: Date | null;
  answerBy: Date;
}

/** When a request that arrived at a moment has to be acknowledged and answered: the last moment of that day where the team works. */
export function computeDeadlines(law: Law, receivedAt: Date, calendar: Calendar): Deadlines {
  const clock: Clock = CLOCKS[law];
  const day = readDay(receivedAt, calendar.timeZone);
  const end = (span: Span) => endOfDay(settleDay(addSpan(day, span, calendar), clock, calendar), calendar.timeZone);
  return { acknowledgeBy: clock.acknowledge && end(clock.acknowledge), answerBy: end(clock.answer) };
}

/** When it has to be answered once the person was told that it takes longer; null where the law knows no such thing. */
export function computeExtension(law: Law, receivedAt: Date, calendar: Calendar): Date | null {
  const clock: Clock = CLOCKS[law];
  if (!clock.extension) return null;
  const day = addSpan(readDay(receivedAt, calendar.timeZone), addSpans(clock.answer, clock.extension), calendar);
  return endOfDay(settleDay(day, clock, calendar), calendar.timeZone);
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

function addSpan(day: Day, span: Span, calendar: Calendar): Day {
  if ("days" in span) return new Date(day.getTime() + span.days * DAY_MS);
  if ("workingDays" in span) return addWorkingDays(day, span.workingDays, calendar);
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + span.months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day.getUTCDate(), last.getUTCDate())));
}

function addWorkingDays(day: Day, count: number, calendar: Calendar): Day {
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = new Date(reached.getTime() + DAY_MS);
    if (!isRestDay(reached, calendar)) left -= 1;
  }
  return reached;
}

function settleDay(day: Day, { endsOnWorkingDay }: Clock, calendar: Calendar): Day {
  let settled = day;
  while (endsOnWorkingDay && isRestDay(settled, calendar)) settled = new Date(settled.getTime() + DAY_MS);
  return settled;
}

function isRestDay(day: Day, { restDays }: Calendar): boolean {
  return day.getUTCDay() === 0 || day.getUTCDay() === 6 || restDays.includes(day.toISOString().slice(0, 10));
}

/** The last millisecond of a day where the team works, whatever the clocks there do on it. */
function endOfDay(day: Day, timeZone: string): Date {
  const next = day.getTime() + DAY_MS;
  // Where the clocks change at midnight, the next day begins by the one offset or by the other.
  const offsets = [next - DAY_MS, next + DAY_MS].map((around) => readOffset(new Date(around), timeZone));
  const starts = offsets.map((offset) => next - offset).toSorted((one, other) => one - other);
  const start = starts.find((moment) => readDay(new Date(moment), timeZone).getTime() > day.getTime());
  return new Date((start ?? next) - 1);
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
