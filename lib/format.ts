/** Words for numbers and times, the same everywhere. Times are told in UTC and say so. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const DAY_NAME = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const PLAIN_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const NUMBER = new Intl.NumberFormat("en");

/** "just now", "5 minutes ago", "yesterday", "3 months ago". */
export function formatRelativeTime(moment: Date, now: Date): string {
  const distance = moment.getTime() - now.getTime();
  const size = Math.abs(distance);
  if (size < MINUTE) return "just now";
  if (size < HOUR) return RELATIVE.format(Math.trunc(distance / MINUTE), "minute");
  if (size < DAY) return RELATIVE.format(Math.trunc(distance / HOUR), "hour");
  if (size < 31 * DAY) return RELATIVE.format(Math.trunc(distance / DAY), "day");
  if (size < 365 * DAY) return RELATIVE.format(Math.trunc(distance / (30.4 * DAY)), "month");
  return RELATIVE.format(Math.trunc(distance / (365.25 * DAY)), "year");
}

/** "8 May 2023, 13:56 UTC" */
export function formatAbsoluteTime(moment: Date): string {
  return `${formatShortDay(moment)}, ${moment.toISOString().slice(11, 16)} UTC`;
}

/** "Monday, 8 May 2023" */
export function formatLongDay(moment: Date): string {
  return DAY_NAME.format(moment);
}

/** "8 May 2023" */
export function formatDay(moment: Date): string {
  return PLAIN_DAY.format(moment);
}

/** "Nov 2023" */
export function formatMonth(moment: Date): string {
  return MONTH.format(moment);
}

/** "8 Nov 2023" */
export function formatShortDay(moment: Date): string {
  const day = Math.floor(moment.getTime() / DAY);
  const known = days.get(day);
  if (known) return known;
  const words = SHORT_DAY.format(moment);
  if (days.size >= MOST_DAYS) days.clear();
  days.set(day, words);
  return words;
}

/** Formatted days. A page of rows repeats a few days often, and formatting one costs more than the rest of its cell. */
const days = new Map<number, string>();
const MOST_DAYS = 1_000;

/** "13:56" */
export function formatClockTime(moment: Date): string {
  return CLOCK.format(moment);
}

/** How long something took, in its largest unit: "3 hours", "12 days". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < HOUR) return formatCount(Math.max(1, Math.round(milliseconds / MINUTE)), "minute");
  if (milliseconds < 2 * DAY) return formatCount(Math.round(milliseconds / HOUR), "hour");
  if (milliseconds < 60 * DAY) return formatCount(Math.round(milliseconds / DAY), "day");
  return formatCount(Math.round(milliseconds / (30.4 * DAY)), "month");
}

/** "1,234" */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** "1 session", "1,234 sessions" */
export function formatCount(value: number, noun: string): string {
  return `${NUMBER.format(value)} ${noun}${value === 1 ? "" : "s"}`;
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language" });

/** A language by its ISO 639-1 code, as people call it. */
export function formatLanguage(code: string): string {
  return code === "und" ? "another language" : (LANGUAGES.of(code) ?? code);
}
