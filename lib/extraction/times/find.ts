import * as chrono from "chrono-node";

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

/**
 * Finds the times that a text names, counted from when it was said. What looks like a time and is none stays out: a month's
 * name that is somebody's, a fraction, times of day, and how long something took.
 */
export function findTimes(text: string, moment: Moment): FoundTime[] {
  const found: FoundTime[] = [];
  const local = { ...moment, instant: new Date(moment.instant.getTime() + moment.offset * 60_000) };
  const findOthers = (left: string) => findByChrono(left, moment);
  for (const find of [findSpans, findEdges, findDurations, findSeasons, findDaysOfMonth, findOthers]) {
    const left = found.reduce(
      (rest, { start, end }) => rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end),
      text,
    );
    found.push(...find(left, local));
  }
  return found.toSorted((a, b) => a.start - b.start);
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const YEAR = "(?:19|20)\\d\\d";
const WHEN = `(?:(?:early|mid|late|the (?:start|end|beginning) of)[ -])?(?:${MONTH}\\.? ${YEAR}|${YEAR}|${MONTH})(?![\\p{L}\\d])`;

const SPAN = new RegExp(
  `\\b(?:from\\s+(${WHEN})\\s+(?:to|until|till|through)\\s+|between\\s+(${WHEN})\\s+and\\s+|(?<=\\b(?:in|during|for|,)\\s|\\()(${YEAR})\\s?[-–]\\s?)(${WHEN})`,
  "giu",
);

function findSpans(text: string, moment: Moment): FoundTime[] {
  return [...text.matchAll(SPAN)].flatMap((match) => {
    const [whole, from, between, bare, to = ""] = match;
    const first = from ?? between ?? bare ?? "";
    const behind = readPeriod(first, moment, /\d{4}/.exec(to)?.[0]);
    const until = readPeriod(to, moment);
    if (!behind || !until || until < behind) return [];
    return [
      { start: match.index, end: match.index + whole.length, role: "span" as const, behind, ahead: behind, until },
    ];
  });
}

const EDGE = new RegExp(`\\b(in|since|from|until|till|through|by|as of|starting|during|back in)\\s+(${WHEN})`, "giu");

function findEdges(text: string, moment: Moment): FoundTime[] {
  return [...text.matchAll(EDGE)].flatMap((match) => {
    const [whole, word = "", when = ""] = match;
    if (!/\d{4}/.test(when)) return [];
    const date = readPeriod(when, moment);
    const role = getRole(word);
    return [{ start: match.index, end: match.index + whole.length, role, behind: date, ahead: date }];
  });
}

function getRole(word: string): "at" | "since" | "until" {
  if (/^(?:since|from|starting|as of)$/i.test(word)) return "since";
  return /^(?:until|till|through)$/i.test(word) ? "until" : "at";
}

/** The first day of "March 2012", "2012" or "March"; a month alone lies in the year given, else in the last twelve months. */
function readPeriod(words: string, { instant }: Moment, inYear?: string): Date | null {
  const named = new RegExp(`(?:^| )(${MONTH})\\b`, "iu").exec(words)?.[1];
  const month = named ? MONTHS.indexOf(named.slice(0, 3).toLowerCase()) : 0;
  const year = new RegExp(YEAR).exec(words)?.[0] ?? inYear;
  if (year) return new Date(Date.UTC(Number(year), month, 1));
  const date = new Date(Date.UTC(instant.getUTCFullYear(), month, 1));
  if (date > instant) date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date;
}

const NUMBERS = [
  "zero",
  "one",
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
const AMOUNT = `(\\d{1,2}|an?|${NUMBERS.slice(1).join("|")}|a few|a couple of|several|many)`;
const DURATION = new RegExp(
  `\\b(for|since|in|these|this past|over|within)\\s+(?:the\\s+)?(?:past\\s+|last\\s+)?(?:over\\s+|about\\s+|around\\s+|almost\\s+|nearly\\s+|more than\\s+)?${AMOUNT}\\s+(years?|months?|weeks?|days?|hours?|minutes?)\\b(?!\\s+ago)(?:\\s+now)?`,
  "gi",
);

/** "For eleven years" says when it began of what goes on, and nothing of when of anything else. */
function findDurations(text: string, { instant }: Moment): FoundTime[] {
  return [...text.matchAll(DURATION)].map((match) => {
    const [whole, word = "", amount = "", unit = ""] = match;
    const vague = /few|couple|several|many/i.test(amount) || /^(?:hour|minute)/i.test(unit);
    const lasts = /^(?:for|since|these|this past|over)$/i.test(word) && !vague;
    const behind = lasts ? goBack(instant, readAmount(amount), unit.toLowerCase()) : null;
    return { start: match.index, end: match.index + whole.length, role: "for" as const, behind, ahead: null };
  });
}

function readAmount(word: string): number {
  const plain = word.toLowerCase();
  return /^\d/.test(plain) ? Number(plain) : Math.max(1, NUMBERS.indexOf(plain));
}

function goBack(instant: Date, amount: number, unit: string): Date {
  const [year, month, day] = [instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()];
  if (unit.startsWith("year")) return new Date(Date.UTC(year - amount, 0, 1));
  if (unit.startsWith("month")) return new Date(Date.UTC(year, month - amount, 1));
  return new Date(Date.UTC(year, month, day - amount * (unit.startsWith("week") ? 7 : 1)));
}

const SEASON =
  /\b(?:(in|since|until|till|by|from) )?(last|this|next)\s+(spring|summer|autumn|fall|winter|year|month)\b/gi;
const SEASON_MONTHS: Readonly<Record<string, number>> = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 };

function findSeasons(text: string, { instant }: Moment): FoundTime[] {
  return [...text.matchAll(SEASON)].map((match) => {
    const [whole, word = "", which = "", unit = ""] = match;
    const step = { last: -1, this: 0, next: 1 }[which.toLowerCase()] ?? 0;
    const date = findSeason(unit.toLowerCase(), step, instant);
    return { start: match.index, end: match.index + whole.length, role: getRole(word), behind: date, ahead: date };
  });
}

function findSeason(unit: string, step: number, instant: Date): Date {
  const [year, month] = [instant.getUTCFullYear(), instant.getUTCMonth()];
  if (unit === "month") return new Date(Date.UTC(year, month + step, 1));
  if (unit === "year") return new Date(Date.UTC(year + step, 0, 1));
  const first = SEASON_MONTHS[unit] ?? 0;
  const passed = first <= month;
  return new Date(Date.UTC(step < 0 && !passed ? year - 1 : step > 0 && passed ? year + 1 : year, first, 1));
}

const DAY_OF_MONTH =
  /\b(?:on\s+|since\s+|until\s+)?the\s+(first|second|third|\d{1,2}(?:st|nd|rd|th))(?=\s*(?:$|[.,;!?)]|of this month|and\b|at\b))/gi;

function findDaysOfMonth(text: string, { instant }: Moment): FoundTime[] {
  return [...text.matchAll(DAY_OF_MONTH)].flatMap((match) => {
    const [whole, words = ""] = match;
    const day = { first: 1, second: 2, third: 3 }[words.toLowerCase()] ?? Number.parseInt(words, 10);
    if (day < 1 || day > 31 || (!/\d/.test(words) && !/^(?:on|since|until)/i.test(whole))) return [];
    const [year, month, today] = [instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()];
    const behind = keepExisting(year, month - (day > today ? 1 : 0), day);
    const ahead = keepExisting(year, month + (day < today ? 1 : 0), day);
    const role = getRole(/^\w+/.exec(whole)?.[0] ?? "");
    return [{ start: match.index, end: match.index + whole.length, role, behind, ahead }];
  });
}

function keepExisting(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCDate() === day ? date : null;
}

/** What a time has to be written like: a day of a month, a date in figures, or a word that counts from now. */
const DATED = new RegExp(
  `\\b(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}|${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?|${MONTH},? ${YEAR}|\\d{4}-\\d\\d?-\\d\\d?|\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}|ago|yesterday|today|tonight|tomorrow|last|next|this (?:morning|afternoon|evening|week|weekend|month|year))\\b`,
  "i",
);
const BARE_NAME = new RegExp(`^(?:${MONTH}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\\.?$`, "i");
const FRACTION = /^\d{1,2}[/.]\d{1,2}$/;
const LEADS =
  /\b(on|in|at|since|from|until|till|through|by|starting|as of|during|this|last|next|late|early|mid|back in)\s*$/i;
const EMPTY =
  /^(?:now|right now|at the moment|currently|the day|day|in the (?:day|morning|evening|night)|at night|\d{1,4})$/i;

function findByChrono(text: string, { instant, offset }: Moment): FoundTime[] {
  const reference = { instant, timezone: offset };
  const ahead = chrono.en.casual.parse(text, reference, { forwardDate: true });
  return ahead.flatMap((result) => {
    const words = result.text.replace(/[\s,.]+$/, "");
    if (/^\.?[\p{L}\d]/u.test(text.slice(result.index + words.length))) return [];
    const lead = LEADS.exec(text.slice(0, result.index));
    const own = /^(?:on|in|since|from|until|till|by|this|last|next)\b/i.exec(words)?.[0];
    const isName = BARE_NAME.test(words.replace(/^(?:on|in|since|from|until|till|by)\s+/i, ""));
    const usable = isName || FRACTION.test(words) ? Boolean(lead ?? own) : DATED.test(words);
    if (!usable || EMPTY.test(words)) return [];
    const start = lead ? lead.index : result.index;
    const role = getRole((lead?.[1] ?? own ?? "").toLowerCase());
    const dates = readDates(result.start, instant, offset, words);
    return [{ start, end: result.index + words.length, role, ...dates }];
  });
}

/** Of a month or weekday alone, the last one and the next; of anything else the one day. Null where there is no such day. */
function readDates(parts: chrono.ParsedComponents, instant: Date, offset: number, words: string) {
  const day =
    parts.isCertain("day") || parts.isCertain("weekday") || !parts.isCertain("month") ? (parts.get("day") ?? 1) : 1;
  const [year, month] = [parts.get("year") ?? 0, (parts.get("month") ?? 1) - 1];
  const date = keepExisting(year, month, day);
  const today = new Date(instant.getTime() + offset * 60_000);
  if (!date || parts.isCertain("year") || /ago|last|next|this|yesterday|to(?:day|night|morrow)/i.test(words)) {
    return { behind: date, ahead: date };
  }
  if (parts.isCertain("weekday") && !parts.isCertain("day")) return moveTo(date, today, 7);
  const yearBefore = keepExisting(year - 1, month, day);
  return date > today
    ? { behind: yearBefore, ahead: date }
    : { behind: date, ahead: keepExisting(year + 1, month, day) };
}

function moveTo(date: Date, today: Date, step: number) {
  const shift = (days: number) => new Date(date.getTime() + days * 86_400_000);
  return date > today ? { behind: shift(-step), ahead: date } : { behind: date, ahead: shift(step) };
}
