import * as chrono from "chrono-node";
import { isPastForm } from "#lib/extraction/rules/verbs.ts";

/** A time that a sentence names. */
export interface Dated {
  date: Date;
  /** Which end of what is told it is: of what lasts its beginning, or its end. */
  role: "at" | "since" | "until";
  /** The same in words that stay true, such as "in March 2024". */
  words: string;
}

type Precision = "year" | "month" | "day";
interface Found extends Omit<Dated, "words"> {
  index: number;
  text: string;
  precision: Precision;
}

const NUMBERS = [
  "zero",
  "a",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const AMOUNT = `(\\d{1,3}|an?|one|${NUMBERS.slice(2).join("|")}|a few|a couple of|several)`;
const DURATION = new RegExp(
  `\\b(?:for|in|over|these|this past)\\s+(?:the\\s+)?(?:(?:past|last)\\s+)?(?:over\\s+|about\\s+|almost\\s+|nearly\\s+)?${AMOUNT}\\s+(year|month|week|day)s?(?:\\s+now)?\\b`,
  "i",
);
const AGO_FOR_SINCE = new RegExp(`\\bsince\\s+${AMOUNT}\\s+(year|month|week)s?\\b`, "i");
const BARE_YEAR = /\b(?:(?:back\s+)?(in|since|until|till|from|by|around)\s+)(?:early\s+|late\s+)?((?:19|20)\d\d)\b/i;
const DAY_OF_MONTH = /\b(?:on\s+)?the\s+(\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:time|floor|birthday|grade|of))/i;
const LAST_SEASON = /\b(last|this|next)\s+(spring|summer|autumn|fall|winter|year|month)\b/i;
/** Times of day and the like: true of any day, so they date nothing. */
const DATES_NOTHING =
  /^(((a|an|one|per|each|every) )?(year|month|week|day|hour|minute)s?|every .*|now|may|sun|sat|mon|second|moment|right now|at the moment|currently|today's|the day|day)$/i;
const OF_TODAY =
  /\b(today|yesterday|tomorrow|tonight|this (morning|afternoon|evening|week|weekend|month|year)|last (night|week|weekend|month|year)|next (week|weekend|month|year))\b/i;

/** Stands in a sentence for the time of this number, so that the words around it keep their places. */
function placeholder(index: number): string {
  return `xdate${index}x`;
}

export const PLACEHOLDER = /^xdate(\d+)x$/;

/**
 * Finds the times that a sentence names, counted from when it was said, and puts a placeholder where each stood. Of a
 * weekday or a month the tense decides which one is meant. Times of day date nothing.
 */
export function markDates(sentence: string, saidAt: Date): { text: string; dates: Dated[] } {
  const tense = tenseOf(sentence);
  const dates: Dated[] = [];
  let text = sentence;
  for (const find of [sinceDuration, duration, bareYear, dayOfMonth, season, byChrono]) {
    for (const one of find(text, saidAt, tense)) {
      const before = text
        .slice(0, one.index)
        .replace(/\b(on|in|at|since|from|until|till|by|during|back|starting|as of)\s*$/i, "");
      text = `${before} ${placeholder(dates.length)} ${text.slice(one.index + one.text.length)}`.replace(/ +/g, " ");
      dates.push({ date: one.date, role: one.role, words: inWords(one) });
    }
  }
  return { text: text.trim(), dates };
}

const FUTURE = /\b(will|shall|going to|about to|tomorrow|next|upcoming|starting)\b/i;
const COMING = /\b(am|are|is) (\w+ )?\w+ing\b/i;
function tenseOf(sentence: string): "past" | "present" | "future" {
  if (FUTURE.test(sentence)) return "future";
  const past = sentence
    .toLowerCase()
    .split(/[^a-z]+/)
    .some(isPastForm);
  return past ? "past" : COMING.test(sentence) ? "future" : "present";
}

function amountOf(word: string): number {
  const plain = word.toLowerCase();
  if (/^\d/.test(plain)) return Number(plain);
  if (plain === "a few" || plain === "several") return 3;
  if (plain === "a couple of") return 2;
  return plain === "an" || plain === "one" ? 1 : Math.max(1, NUMBERS.indexOf(plain));
}

function back(from: Date, amount: number, unit: string): Date {
  const date = new Date(from);
  if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() - amount);
  if (unit === "month") date.setUTCMonth(date.getUTCMonth() - amount);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - 7 * amount);
  if (unit === "day") date.setUTCDate(date.getUTCDate() - amount);
  return date;
}

function lasting(match: RegExpExecArray | null, saidAt: Date): Found[] {
  if (!match) return [];
  const [text, amount = "", unit = ""] = match;
  const date = back(saidAt, amountOf(amount), unit.toLowerCase());
  const precision = unit.toLowerCase() === "year" ? "year" : unit.toLowerCase() === "month" ? "month" : "day";
  return [{ index: match.index, text, date, precision, role: "since" }];
}

/** "for eleven years" said of what goes on counts back from now; of what is past it says nothing of when. */
function duration(text: string, saidAt: Date): Found[] {
  return /\b(have|has|am|are|is)\b[^.]*\b(been|\w+ing|had|lived|worked|known|owned|played|used)\b/i.test(text)
    ? lasting(DURATION.exec(text), saidAt)
    : [];
}

function sinceDuration(text: string, saidAt: Date): Found[] {
  return lasting(AGO_FOR_SINCE.exec(text), saidAt);
}

function bareYear(text: string): Found[] {
  const match = BARE_YEAR.exec(text);
  if (!match) return [];
  const [whole, word = "", year = ""] = match;
  return [
    {
      index: match.index,
      text: whole,
      date: new Date(Date.UTC(Number(year), 0, 1)),
      precision: "year",
      role: roleOf(word),
    },
  ];
}

function dayOfMonth(text: string, saidAt: Date, tense: string): Found[] {
  const match = DAY_OF_MONTH.exec(text);
  const day = Number(match?.[1] ?? 0);
  if (!match || day < 1 || day > 31) return [];
  const date = new Date(Date.UTC(saidAt.getUTCFullYear(), saidAt.getUTCMonth(), day));
  if (tense !== "past" && day < saidAt.getUTCDate()) date.setUTCMonth(date.getUTCMonth() + 1);
  if (tense === "past" && day > saidAt.getUTCDate()) date.setUTCMonth(date.getUTCMonth() - 1);
  return [{ index: match.index, text: match[0], date, precision: "day", role: "at" }];
}

const SEASONS: Record<string, number> = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 };

function season(text: string, saidAt: Date): Found[] {
  const match = LAST_SEASON.exec(text);
  if (!match) return [];
  const [whole, which = "", unit = ""] = match;
  const step = { last: -1, this: 0, next: 1 }[which.toLowerCase()] ?? 0;
  const year = saidAt.getUTCFullYear();
  const name = unit.toLowerCase();
  if (name === "month") {
    const date = new Date(Date.UTC(year, saidAt.getUTCMonth() + step, 1));
    return [{ index: match.index, text: whole, date, precision: "month", role: "at" }];
  }
  if (name === "year")
    return [
      { index: match.index, text: whole, date: new Date(Date.UTC(year + step, 0, 1)), precision: "year", role: "at" },
    ];
  const passed = (SEASONS[name] ?? 0) <= saidAt.getUTCMonth();
  const date = new Date(
    Date.UTC(which.toLowerCase() === "last" && !passed ? year - 1 : year + Math.max(0, step), SEASONS[name] ?? 0, 1),
  );
  return [{ index: match.index, text: whole, date, precision: "month", role: "at" }];
}

function byChrono(text: string, saidAt: Date, tense: string): Found[] {
  const forwardDate = tense !== "past" && !/\bsince\b/i.test(text);
  const results = chrono.en.casual.parse(text, { instant: saidAt, timezone: 0 }, { forwardDate });
  const usable = results.filter(({ text: words, start }) => {
    if (
      /^\S+ (weeks?|days?|months?|years?|hours?|minutes?)$/i.test(words.trim()) &&
      !/^(last|next|this|past) /i.test(words)
    )
      return false;
    if (DATES_NOTHING.test(words.trim()) || /^\d{1,4}$/.test(words.trim())) return false;
    const certain =
      start.isCertain("day") || start.isCertain("weekday") || start.isCertain("month") || start.isCertain("year");
    return certain || OF_TODAY.test(words) || /\bago\b|\blast\b|\bnext\b/i.test(words);
  });
  return usable.toReversed().map((result) => {
    const lead = /^\d+ (?=on )/.exec(result.text)?.[0].length ?? 0;
    const index = result.index + lead;
    const words = result.text.slice(lead).replace(/[\s,.]+$/, "");
    const { start } = result;
    const before =
      /\b(since|until|till|from|starting|by)\s*$/i.exec(text.slice(0, index))?.[1] ??
      /^\s*(since|until|till|from|by)\b/i.exec(words)?.[1] ??
      "";
    const precision: Precision =
      /\bago\b/.test(words) && /year/.test(words)
        ? "year"
        : start.isCertain("month") && !start.isCertain("day") && !start.isCertain("weekday") && !OF_TODAY.test(words)
          ? "month"
          : "day";
    const role = roleOf(before);
    const side = role === "since" && !/start|from/i.test(before) ? "past" : tense;
    return {
      index,
      text: words,
      date: ofToday(words, saidAt) ?? onTheRightSide(dayStart(start.date(), words), start, saidAt, side),
      precision,
      role,
    };
  });
}

/** "This morning" is today and "last night" yesterday, whatever the hour. */
function ofToday(words: string, saidAt: Date): Date | null {
  if (/\d:\d/.test(words)) return null;
  const step = /\b(today|tonight|this (morning|afternoon|evening))\b/i.test(words)
    ? 0
    : /\b(yesterday|last night)\b/i.test(words)
      ? -1
      : /\btomorrow\b/i.test(words)
        ? 1
        : null;
  if (step === null) return null;
  return new Date(Date.UTC(saidAt.getUTCFullYear(), saidAt.getUTCMonth(), saidAt.getUTCDate() + step));
}

function dayStart(date: Date, words: string): Date {
  if (/\d:\d|\b\d{1,2}\s*(am|pm)\b|\bnoon\b/i.test(words)) return date;
  const day = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  if (/last night/i.test(words) && date.getUTCHours() < 12) day.setUTCDate(day.getUTCDate() - 1);
  return day;
}

/** A month or a weekday alone lies behind in the past tense and ahead in the future. */
function onTheRightSide(date: Date, start: chrono.ParsedComponents, saidAt: Date, tense: string): Date {
  const moved = new Date(date);
  if (tense === "past" && date > saidAt) {
    if (start.isCertain("weekday")) moved.setUTCDate(moved.getUTCDate() - 7);
    else if (start.isCertain("month") && !start.isCertain("year")) moved.setUTCFullYear(moved.getUTCFullYear() - 1);
  }
  if (tense === "future" && date < saidAt && start.isCertain("month") && !start.isCertain("year"))
    moved.setUTCFullYear(moved.getUTCFullYear() + 1);
  return moved;
}

function roleOf(word: string): Found["role"] {
  if (/^(since|from|starting)$/i.test(word)) return "since";
  return /^(until|till)$/i.test(word) ? "until" : "at";
}

const IN_WORDS: Record<Precision, Intl.DateTimeFormat> = {
  day: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  month: new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }),
  year: new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: "UTC" }),
};

function inWords({ date, precision, role }: Found): string {
  const at = precision === "day" ? "on" : "in";
  return `${role === "at" ? at : role} ${IN_WORDS[precision].format(date)}`;
}
