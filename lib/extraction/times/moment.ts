/** A time that a sentence names, and where it stands there. */
export interface FoundTime {
  start: number;
  end: number;
  /** What it is to what is told: the moment, the beginning, the end, both ends, or how long it has lasted. */
  role: "at" | "since" | "until" | "span" | "for";
  /** The day, or the first day of the month or year, in UTC; where it was in the past. Null for a day that does not exist. */
  behind: Date | null;
  /** The same where it lies ahead: of "on Friday" the next one. */
  ahead: Date | null;
  /** Of a span, when it ends. */
  until?: Date;
}

/** When and where on earth something was said. */
export interface Moment {
  instant: Date;
  /** Minutes east of UTC; the day there is the day that is meant. */
  offset: number;
}

/** What finds times of one kind in a text; `moment.instant` is moved so that its UTC day is the day of the speaker. */
export type TimeFinder = (text: string, moment: Moment) => FoundTime[];

/** The role of a time by the preposition before it. */
export function getRole(word: string): "at" | "since" | "until" {
  if (/^(?:since|from|starting|as of)\b/i.test(word)) return "since";
  return /^(?:until|till|'til|til|through|up to)\b/i.test(word) ? "until" : "at";
}

/** Finds by a pattern; the first group of a match is the preposition, what it dates is for the caller to say. */
export function findByPattern(
  text: string,
  pattern: RegExp,
  date: (match: RegExpExecArray) => Pick<FoundTime, "behind" | "ahead"> | Date | null,
): FoundTime[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const found = date(match);
    if (found === null) return [];
    const dates = found instanceof Date ? { behind: found, ahead: found } : found;
    return [{ start: match.index, end: match.index + match[0].length, role: getRole(match[1] ?? ""), ...dates }];
  });
}

/** The first moment of a day in UTC; months count from 0 and may run over. */
export function makeDay(year: number, month: number, day = 1): Date {
  return new Date(Date.UTC(year, month, day));
}

/** A day that exists; null for the 30th of February. */
export function makeExistingDay(year: number, month: number, day: number): Date | null {
  const date = makeDay(year, month, day);
  return date.getUTCDate() === day ? date : null;
}

/** The day so many days after that of a moment. */
export function addDays(date: Date, days: number): Date {
  return makeDay(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days);
}

/** Between two leap days there are at most so many years. */
const LEAP_YEARS_APART = 8;

/** A day of every year, or of every leap year: the last one, today included, and the next. */
export function findYearly(instant: Date, month: number, day: number): Pick<FoundTime, "behind" | "ahead"> {
  const find = (step: -1 | 1, fits: (date: Date) => boolean) =>
    Array.from({ length: LEAP_YEARS_APART + 1 }, (_, years) =>
      makeExistingDay(instant.getUTCFullYear() + years * step, month, day),
    ).find((date) => date !== null && fits(date)) ?? null;
  return { behind: find(-1, (date) => date <= instant), ahead: find(1, (date) => date > instant) };
}
