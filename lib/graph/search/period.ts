import { findTimes } from "#lib/extraction/times/find.ts";
import { addDays, type FoundTime, makeDay } from "#lib/extraction/times/moment.ts";

/** The time that a question is about: from a moment until before another, or a month, or a day of it, of any year. */
export type Period =
  | { kind: "range"; from: Date | null; until: Date | null }
  | { kind: "yearly"; month: number; day: number | null };

/** What happened, whose time is the edge of what is asked: "before the move". */
export interface Anchor {
  side: "before" | "after";
  text: string;
}

const MONTHS = "january february march april may june july august september october november december".split(" ");
const IN_MONTH = new RegExp(
  `\\b(?:(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?)?(${MONTHS.join("|")})\\b(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d))?(?:,?\\s+((?:19|20)\\d\\d))?`,
  "i",
);
const LEADS_TO_MONTH =
  /\b(?:in|since|during|of|by|until|till|before|after|from|this|last|next|early|late|mid|every)[ -]+$/i;

/** Finds the period that a question names, counted from now, and what is left to look for. */
export function findPeriod(query: string, now: Date): { period: Period; rest: string } | null {
  return findLastUnits(query, now) ?? findMonth(query) ?? findYear(query) ?? findNamedTime(query, now);
}

const LAST_UNITS =
  /\b(?:in |over |during |within |for )?the (?:last|past) (\d{1,2}|two|three|four|five|six|few|couple of)? ?(day|week|month|year)s?\b/i;
const NUMBERS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  few: 3,
  "couple of": 2,
};
const DAYS_OF: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, year: 366 };

/** "In the last two weeks": up to now. */
function findLastUnits(query: string, now: Date) {
  const found = LAST_UNITS.exec(query);
  if (!found) return null;
  const [whole, amount = "1", unit = ""] = found;
  const count = NUMBERS[amount.toLowerCase()] ?? Number(amount);
  const from = addDays(now, -count * (DAYS_OF[unit.toLowerCase()] ?? 1));
  return { period: { kind: "range" as const, from, until: null }, rest: query.replace(whole, " ") };
}

/** A month with a day, a year or a preposition; alone, "April" may be somebody's name. */
function findMonth(query: string): { period: Period; rest: string } | null {
  const found = IN_MONTH.exec(query);
  if (!found) return null;
  const [whole, before, name = "", after, year] = found;
  const isDated = [before, after, year].some((part) => part !== undefined);
  const lead = query.slice(0, found.index);
  if (/\b(?:between|from)\s+$/i.test(lead) || !(isDated || LEADS_TO_MONTH.test(lead))) return null;
  const month = MONTHS.indexOf(name.toLowerCase());
  const day = before ?? after;
  const rest = query.replace(whole, " ");
  if (year === undefined)
    return { period: { kind: "yearly", month: month + 1, day: day === undefined ? null : Number(day) }, rest };
  const from = makeDay(Number(year), month, Number(day ?? 1));
  const until = day === undefined ? makeDay(Number(year), month + 1) : addDays(from, 1);
  return { period: placeEdges({ from, until }, lead), rest };
}

const YEAR = /(?<=\b(?:before|after) )(?:19|20)\d\d\b/i;

/** "Before 2019": what only a question says of a year. */
function findYear(query: string): { period: Period; rest: string } | null {
  const found = YEAR.exec(query);
  if (!found) return null;
  const from = makeDay(Number(found[0]), 0);
  const period = placeEdges({ from, until: makeDay(from.getUTCFullYear() + 1, 0) }, query.slice(0, found.index));
  return { period, rest: query.replace(found[0], " ") };
}

/** Any other time: "last week", "in spring 2023", "since 2021", "3 weeks ago". */
function findNamedTime(query: string, now: Date): { period: Period; rest: string } | null {
  const found = findTimes(query, { instant: now, offset: 0 }).find(
    ({ behind, role }) => behind !== null && role !== "for",
  );
  if (!found?.behind) return null;
  const words = query.slice(found.start, found.end);
  const [lead, rest] = [query.slice(0, found.start), query.slice(found.end)];
  return { period: placeRole(found, measureTime(found.behind, words), words, lead), rest: `${lead} ${rest}` };
}

interface Stretch {
  from: Date;
  until: Date;
}

const LONG_UNITS: readonly [words: RegExp, months: number][] = [
  [/\bdecade/i, 120],
  [/\bspring|summer|autumn|fall|winter|\bq[1-4]\b/i, 3],
  [/\bmonth|\b(?:19|20)\d\d[-/]\d\d$|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i, 1],
  [/\byear|(?:19|20)\d\d$|['’]\d\d$/i, 12],
];

/** How long a time by these words is: a day unless they name a longer one. */
function measureTime(at: Date, words: string): Stretch {
  if (/weekend/i.test(words)) return { from: at, until: addDays(at, 2) };
  if (/week|fortnight/i.test(words)) {
    const monday = addDays(at, -((at.getUTCDay() + 6) % 7));
    return { from: monday, until: addDays(monday, 7) };
  }
  const isDay = /\d(?:st|nd|rd|th)\b|\d\d[-/.]\d\d[-/.]\d|day\b|night|morning|\bdays? ago/i.test(words);
  const months = isDay ? undefined : LONG_UNITS.find(([unit]) => unit.test(words))?.[1];
  if (months === undefined) return { from: at, until: addDays(at, 1) };
  return { from: at, until: makeDay(at.getUTCFullYear(), at.getUTCMonth() + months, at.getUTCDate()) };
}

function placeRole({ role, until }: FoundTime, stretch: Stretch, words: string, lead: string): Period {
  if (role === "since") return { kind: "range", from: stretch.from, until: null };
  if (role === "until") return { kind: "range", from: null, until: stretch.until };
  if (role === "span" && until) {
    return { kind: "range", from: stretch.from, until: measureTime(until, words).until };
  }
  return placeEdges(stretch, lead);
}

/** "Before" and "after" a time are what lies on that side of it. */
function placeEdges({ from, until }: Stretch, lead: string): Period {
  const side = /\b(before|after|since|until|till)\s+(?:the\s+)?$/i.exec(lead)?.[1]?.toLowerCase();
  if (side === "before") return { kind: "range", from: null, until: from };
  if (side === "until" || side === "till") return { kind: "range", from: null, until };
  if (side === "after") return { kind: "range", from: until, until: null };
  return { kind: "range", from, until: side === "since" ? null : until };
}

const ANCHOR =
  /\b(before|after|since|until)\s+((?:the|my|his|her|their|our|she|he|they|i|we|you|\p{Lu}\p{L}+)\b.+?)[\s?.!]*$/iu;

/** "Before the move", "after she left Acme": what happened, where no time is named. */
export function findAnchor(query: string): Anchor | null {
  const [, word = "", text = ""] = ANCHOR.exec(query) ?? [];
  return text === "" ? null : { side: /before|until/i.test(word) ? "before" : "after", text };
}

/** How long what happened is still talked of, in days. */
const TOLD_WITHIN = 10;
const DAY = 86_400_000;
const SHORT = 3 * DAY;

/** How much likelier it is that something said at a time is about the period: 1 where it is no likelier, up to 2. */
export function weighPeriod(period: Period | null, at: Date): number {
  if (period === null) return 1;
  if (period.kind === "yearly") return weighYearly(period, at);
  const { from, until } = period;
  const isShort = from !== null && until !== null && until.getTime() - from.getTime() <= SHORT;
  if ((from === null || at >= from) && (until === null || at < until)) {
    if (from === null || until === null) return 1.3;
    return isShort ? 2 : 1.5;
  }
  const isSoonAfter = from !== null && until !== null && at >= until && at < addDays(until, TOLD_WITHIN);
  return isSoonAfter ? 1.25 : 1;
}

/** Of a day or month without a year, the last one before. */
function weighYearly({ month, day }: { month: number; day: number | null }, at: Date): number {
  const starts = [0, 1].map((back) => makeDay(at.getUTCFullYear() - back, month - 1, day ?? 1));
  const from = starts.find((start) => start <= at);
  if (!from) return 1;
  const until = day === null ? makeDay(from.getUTCFullYear(), month) : addDays(from, 1);
  return weighPeriod({ kind: "range", from, until }, at);
}
