import { addDays, type FoundTime, findByPattern, type Moment, makeDay } from "#lib/extraction/times/moment.ts";
import { SEASON_MONTHS } from "#lib/extraction/times/periods.ts";

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
  `\\b(for|since|in|these|this past|over|within)\\s+(?:the\\s+)?(?:past\\s+|last\\s+)?(?:over\\s+|about\\s+|around\\s+|almost\\s+|nearly\\s+|more than\\s+)?${AMOUNT}\\s+(years?|yrs?|months?|mths?|weeks?|wks?|days?|hours?|minutes?)\\b(?!\\s+(?:ago|back))(?:\\s+now)?`,
  "gi",
);

/** "For eleven years" says when it began of what goes on, and nothing of when of anything else. */
export function findDurations(text: string, { instant }: Moment): FoundTime[] {
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
  const [year, month] = [instant.getUTCFullYear(), instant.getUTCMonth()];
  if (/^y/.test(unit)) return makeDay(year - amount, 0);
  if (/^m/.test(unit)) return makeDay(year, month - amount);
  return addDays(instant, -amount * (/^w/.test(unit) ? 7 : 1));
}

const PRE = "(?:(on|in|since|until|till|by|from|over|during|at)\\s+)?";
const AGO = new RegExp(
  `\\b${PRE}(?:about |around |roughly |almost |over |just )?(?:(a year and a half|half a year)|${AMOUNT}(?: and a half)? (fortnight|decade|year|month|week|day)s?) (?:ago|back)\\b(?: in (january|february|march|april|may|june|july|august|september|october|november|december)\\b)?`,
  "gi",
);
const FORTNIGHT = 14;
const MONTHS = "january february march april may june july august september october november december".split(" ");

/** "A fortnight ago", "two weeks back", "a year and a half ago"; "a few years ago" is no date. */
function findAgo(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, AGO, ([, , halves, amount = "a", unit = "year", named = ""]) => {
    if (/few|several|many/i.test(amount)) return { behind: null, ahead: null };
    const [year, month, day] = [instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()];
    if (halves) return makeDay(year, month - (/^half/i.test(halves) ? 6 : 18));
    const count = /couple/i.test(amount) ? 2 : readAmount(amount);
    const kind = unit.toLowerCase();
    if (kind === "decade") return makeDay(year - 10 * count, 0);
    const inMonth = MONTHS.indexOf(named.toLowerCase());
    if (kind === "year") return inMonth < 0 ? makeDay(year - count, month, day) : makeDay(year - count, inMonth);
    if (kind === "month") return makeDay(year, month - count);
    return addDays(instant, -count * ({ fortnight: FORTNIGHT, week: 7 }[kind] ?? 1));
  });
}

const SEASON =
  /\b(?:(in|since|until|till|by|from|at) )?(?:the (start|beginning|end|middle) of )?(last|this|next|the)\s+(spring|summer|autumn|fall|winter|year|month)\b(?! \d)/gi;

/** "Last summer", "this year", "at the beginning of the year". */
function findSeasons(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, SEASON, ([, , part, which = "", unit = ""]) => {
    if (which.toLowerCase() === "the" && (part === undefined || part === "end")) return null;
    const step = { last: -1, next: 1 }[which.toLowerCase()] ?? 0;
    const date = findSeason(unit.toLowerCase(), step, instant);
    const isLateInYear = unit.toLowerCase() === "year" && part?.toLowerCase() === "end";
    return isLateInYear ? makeDay(date.getUTCFullYear(), 11) : date;
  });
}

function findSeason(unit: string, step: number, instant: Date): Date {
  const [year, month] = [instant.getUTCFullYear(), instant.getUTCMonth()];
  if (unit === "month") return makeDay(year, month + step);
  if (unit === "year") return makeDay(year + step, 0);
  const first = SEASON_MONTHS[unit] ?? 0;
  const passed = first <= month;
  return makeDay(step < 0 && !passed ? year - 1 : step > 0 && passed ? year + 1 : year, first);
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WEEKDAY = "(sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?";
const NAMED_DAY = new RegExp(`\\b${PRE}(last|this past|this coming|next)\\s+${WEEKDAY}\\b`, "gi");

/** "Last Friday" lies in the past, "next Friday" in the week to come. */
function findNamedDays(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, NAMED_DAY, ([, , which = "", name = ""]) => {
    const since = (7 + instant.getUTCDay() - DAYS.indexOf(name.slice(0, 3).toLowerCase())) % 7 || 7;
    if (/last|past/i.test(which)) return addDays(instant, -since);
    const isThisWeek = getDayOfWeek(instant) + (7 - since || 7) < 7;
    return addDays(instant, (7 - since || 7) + (/next/i.test(which) && isThisWeek ? 7 : 0));
  });
}

const BARE_DAY =
  /(?<=[\p{L}\d]{2,} )(?<!\b(?:is|are|was|be|been|called|named|the|an?|my|every|each|any|black|good|cyber|easter|palm|super|ash|holy|happy|girl|man|ruby|freaky|casual|of|on|by|since|until|till|from|last|next|this|love|like|hate) )(monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?=\s*(?:$|[.,;!?)](?!\w)(?!\s*\d)|and\b|but\b|(?:morning|afternoon|evening|night)\b))|(?<=^|[.!?]\s)(monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?= (?:was|is) my\b)/giu;

/** "I moved to Ghent Tuesday", "Friday was my last day": the day without its "on". */
function findBareDays(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, BARE_DAY, ([name]) => {
    const since = (7 + instant.getUTCDay() - DAYS.indexOf(name.slice(0, 3).toLowerCase())) % 7;
    return { behind: addDays(instant, -since), ahead: addDays(instant, 7 - since) };
  });
}

/** Monday is 0. */
function getDayOfWeek(date: Date): number {
  return (date.getUTCDay() + 6) % 7;
}

const WEEKEND = new RegExp(`\\b${PRE}(last|this|this past|the|next) weekend\\b`, "gi");
const SATURDAY = 5;

function findWeekends(text: string, { instant }: Moment): FoundTime[] {
  return findByPattern(text, WEEKEND, ([, , which = ""]) => {
    const today = getDayOfWeek(instant);
    const saturday = addDays(instant, SATURDAY - today);
    const [before, after] = [addDays(saturday, -7), addDays(saturday, 7)];
    if (/last/i.test(which)) return before;
    if (/next/i.test(which)) return today >= SATURDAY ? after : saturday;
    return today >= SATURDAY ? { behind: saturday, ahead: saturday } : { behind: before, ahead: saturday };
  });
}

const WEEK = new RegExp(`\\b${PRE}(?:earlier |later )?(this week|the week before last)\\b`, "gi");
const TODAY = new RegExp(`\\b${PRE}(?:earlier )?(this morning|this afternoon|this evening|tonight)\\b`, "gi");

/** All times that count from now, but for the plain ones that a library knows. */
export function findRelativeTimes(text: string, moment: Moment): FoundTime[] {
  const { instant } = moment;
  return [
    ...findAgo(text, moment),
    ...findSeasons(text, moment),
    ...findNamedDays(text, moment),
    ...findBareDays(text, moment),
    ...findWeekends(text, moment),
    ...findByPattern(text, WEEK, ([, , which = ""]) =>
      addDays(instant, /last/i.test(which) ? -FORTNIGHT : -getDayOfWeek(instant)),
    ),
    ...findByPattern(text, TODAY, () => addDays(instant, 0)),
  ];
}
