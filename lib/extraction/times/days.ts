import * as chrono from "chrono-node";
import {
  addDays,
  type FoundTime,
  findByPattern,
  findYearly,
  getRole,
  type Moment,
  makeDay,
  makeExistingDay,
} from "#lib/extraction/times/moment.ts";
import { MONTH, YEAR } from "#lib/extraction/times/periods.ts";

const DAY_OF_MONTH =
  /\b(?:(on|since|until)\s+)?the\s+(first|second|third|\d{1,2}(?:st|nd|rd|th))(?=\s*(?:$|[.,;!?)]|of this month|and\b|at\b))/gi;

/** "On the first", "since the 14th". */
export function findDaysOfMonth(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, DAY_OF_MONTH, ([, lead, words = ""]) => {
    const day = { first: 1, second: 2, third: 3 }[words.toLowerCase()] ?? Number.parseInt(words, 10);
    if (day < 1 || day > 31 || (!/\d/.test(words) && lead === undefined)) return null;
    const [year, month, today] = [instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()];
    return {
      behind: makeExistingDay(year, month - (day > today ? 1 : 0), day),
      ahead: makeExistingDay(year, month + (day < today ? 1 : 0), day),
    };
  });
}

const FEASTS: Readonly<Record<string, readonly [month: number, day: number]>> = {
  "christmas eve": [11, 24],
  christmas: [11, 25],
  "boxing day": [11, 26],
  "new years eve": [11, 31],
  "new years": [0, 1],
  valentines: [1, 14],
  halloween: [9, 31],
};
const FEAST =
  /\b(?:(on|at|over|since|until|till|by|around|last|this)\s+)(christmas eve|christmas|boxing day|new year['’]?s eve|new year['’]?s|valentine['’]?s|halloween)(?: day)?\b/gi;

/** Feasts that fall on one day of every year. */
export function findFeasts(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, FEAST, ([, , name = ""]) => {
    const [month, day] = FEASTS[name.toLowerCase().replace(/['’]/, "")] ?? [];
    return month === undefined || day === undefined ? null : findYearly(instant, month, day);
  });
}

/** What a time has to be written like: a day of a month, a date in figures, or a word that counts from now. */
const DATED = new RegExp(
  `\\b(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}|${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?|${MONTH},? ${YEAR}|\\d{4}-\\d\\d?-\\d\\d?|\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}|ago|yesterday|today|tonight|tomorrow|last|next|this (?:month|year))\\b`,
  "i",
);
const BARE_NAME = new RegExp(`^(?:${MONTH}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\\.?$`, "i");
const FRACTION = /^\d{1,2}[/.]\d{1,2}$/;
const LEADS =
  /\b(on|in|at|since|from|until|till|through|by|starting|as of|during|this|last|next|late|early|mid|back in)\s*$/i;
const EMPTY =
  /^(?:now|right now|at the moment|currently|the day|day|in the (?:day|morning|evening|night)|at night|(?:my |the )?(?:last|next) (?:day|time)|\d{1,4})$/i;

/** Days that are written out, and the plain words that count from now: a well-known library's work. */
export function findWrittenDays(text: string, { instant, offset }: Moment): FoundTime[] {
  const reference = { instant: new Date(instant.getTime() - offset * 60_000), timezone: offset };
  return parseDays(text, reference).flatMap((result) => {
    // "An iPhone 13 last week": a number before the day is no hour of it.
    const number = /^\d{1,2}\s+(?=last|this|next|yesterday|today|tomorrow)/i.exec(result.text)?.[0] ?? "";
    const begin = result.index + number.length;
    const words = result.text.slice(number.length).replace(/[\s,.]+$/, "");
    if (/^\.?[\p{L}\d]/u.test(text.slice(begin + words.length))) return [];
    const lead = LEADS.exec(text.slice(0, begin));
    const own = /^(?:on|in|since|from|until|till|by|this|last|next)\b/i.exec(words)?.[0];
    const isName = BARE_NAME.test(words.replace(/^(?:on|in|since|from|until|till|by)\s+/i, ""));
    const usable = isName || FRACTION.test(words) ? Boolean(lead ?? own) : DATED.test(words);
    if (!usable || EMPTY.test(words) || /\bquarter\b/i.test(words)) return [];
    const start = lead ? lead.index : begin;
    const end = begin + words.length;
    const role = getRole((lead?.[1] ?? own ?? "").toLowerCase());
    return [{ start, end, role, ...readDates(result.start, instant, text.slice(start, end)) }];
  });
}

/** What the library finds looking ahead, and leap days: of a year that has none it finds nothing. */
function parseDays(text: string, reference: chrono.ParsingReference): chrono.ParsedResult[] {
  const ahead = chrono.en.casual.parse(text, reference, { forwardDate: true });
  if (!LEAP_DAY.test(text)) return ahead;
  const behind = chrono.en.casual.parse(text, reference).filter((result) => LEAP_DAY.test(result.text));
  return [...behind, ...ahead.filter(({ index }) => !behind.some((leap) => leap.index === index))];
}

const LEAP_DAY = /\b29(?:th)?(?: of)? feb|\bfeb(?:ruary)?\.? 29(?:th)?\b/i;

const SLASHED = /(\d{1,2})\/(\d{1,2})\/\d{2,4}/;

/** Of a month or weekday alone, the last one and the next; of anything else the one day. Null where there is no such day. */
function readDates(parts: chrono.ParsedComponents, today: Date, words: string): Pick<FoundTime, "behind" | "ahead"> {
  const day =
    parts.isCertain("day") || parts.isCertain("weekday") || !parts.isCertain("month") ? (parts.get("day") ?? 1) : 1;
  const [year, month] = [parts.get("year") ?? 0, (parts.get("month") ?? 1) - 1];
  const [, one = 0, other = 0] = SLASHED.exec(words)?.map(Number) ?? [];
  // 3/4/2022 is in March or in April: only the year is told.
  if (one > 0 && one <= 12 && other <= 12 && one !== other)
    return { behind: makeDay(year, 0), ahead: makeDay(year, 0) };
  const date = makeExistingDay(year, month, day);
  if (!date || parts.isCertain("year") || /ago|this|yesterday|to(?:day|night|morrow)/i.test(words))
    return { behind: date, ahead: date };
  if (parts.isCertain("weekday") && !parts.isCertain("day"))
    return date > today ? { behind: addDays(date, -7), ahead: date } : { behind: date, ahead: addDays(date, 7) };
  if (!parts.isCertain("month")) return { behind: date, ahead: date };
  const { behind, ahead } = findYearly(today, month, day);
  if (/\bnext\b/i.test(words)) return { behind: ahead, ahead };
  return { behind, ahead };
}
