import { type FoundTime, findByPattern, findYearly, type Moment, makeDay } from "#lib/extraction/times/moment.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
export const YEAR = "(?:19|20)\\d\\d";
const PART = "(?:early|mid|late|(?:the )?(?:very )?(?:start|end|beginning|middle) of)[ -](?:in )?";
const WHEN = `(?:${PART})?(?:${MONTH}\\.?,? (?:of )?${YEAR}|${MONTH} ['’]\\d\\d|${YEAR}|${MONTH})(?![\\p{L}\\d])`;
const LEAD =
  "in|since|from|until|till|through|by|as of|starting|during|back in|around|about|circa|sometime in|some time in|at|up to";

const SPAN = new RegExp(
  `\\b(?:from\\s+(${WHEN})\\s+(?:to|until|till|through)\\s+|between\\s+(${WHEN})\\s+and\\s+|(?<=\\b(?:in|during|for|,)\\s|\\()(${YEAR})\\s?[-–]\\s?)(${WHEN})`,
  "giu",
);

/** "From 2015 to 2018", "between March and June 2020". */
export function findSpans(text: string, moment: Moment): FoundTime[] {
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

const EDGE = new RegExp(`\\b(${LEAD})\\s+(${WHEN})(?!\\s*[-–/]\\s*\\d)`, "giu");
const PART_OF_MONTH = new RegExp(`\\b(?:(${LEAD})\\s+)?(${PART}${MONTH})(?![\\p{L}\\d])(?! \\d)`, "giu");

/** "In March 2012", "since 2019", "in Feb '23", "at the end of March". */
export function findPeriods(text: string, moment: Moment): FoundTime[] {
  const years = findByPattern(text, EDGE, ([, , when = ""]) => (/\d\d/.test(when) ? readPeriod(when, moment) : null));
  const parts = findByPattern(text, PART_OF_MONTH, ([, , when = ""]) =>
    findYearly(moment.instant, findMonth(when) ?? 0, 1),
  );
  return [...years, ...parts.filter((part) => !years.some((year) => year.start < part.end && part.start < year.end))];
}

function findMonth(words: string): number | undefined {
  const named = new RegExp(`(?:^|[ -])(${MONTH})\\b`, "iu").exec(words)?.[1];
  return named ? MONTHS.indexOf(named.slice(0, 3).toLowerCase()) : undefined;
}

/** The first day of "March 2012", "2012" or "March"; a month alone lies in the year given, else in the last twelve months. */
function readPeriod(words: string, { instant }: Moment, inYear?: string): Date | null {
  const month = findMonth(words);
  const short = /['’](\d\d)$/.exec(words)?.[1];
  const year = new RegExp(YEAR).exec(words)?.[0] ?? (short ? expandYear(short, instant) : inYear);
  if (!year) return findYearly(instant, month ?? 0, 1).behind;
  return makeDay(Number(year), month ?? (/\bend of\b/i.test(words) ? 11 : 0));
}

function expandYear(short: string, instant: Date): string {
  return `${Number(short) > instant.getUTCFullYear() % 100 ? 19 : 20}${short}`;
}

const SHORT_YEAR = /\b(in|since|until|till|back in) ['’](\d\d)(?![\d\p{L}])/giu;
const NUMERIC_MONTH = new RegExp(
  `\\b(?:(in|since|until|till|from|as of|back in) )?(${YEAR})[-/](0[1-9]|1[0-2])(?![-/\\d]|\\.\\d)`,
  "gi",
);
const QUARTER = new RegExp(`\\b(?:(in|since|until|till|by) )?q([1-4]) (?:of )?(${YEAR})\\b`, "gi");
const SEASON = new RegExp(
  `\\b(?:(in|since|until|till|during|back in|around) )?(?:the )?(?:(?:early|late|mid)[ -])?(spring|summer|autumn|fall|winter)(?: of)? (${YEAR})\\b`,
  "gi",
);
export const SEASON_MONTHS: Readonly<Record<string, number>> = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 };

/** Months in figures, quarters, seasons of a year and years of two figures. */
export function findWrittenPeriods(text: string, { instant }: Moment): FoundTime[] {
  return [
    ...findByPattern(text, SHORT_YEAR, ([, , year = ""]) => makeDay(Number(expandYear(year, instant)), 0)),
    ...findByPattern(text, NUMERIC_MONTH, ([, , year = "", month = ""]) => makeDay(Number(year), Number(month) - 1)),
    ...findByPattern(text, QUARTER, ([, , quarter = "", year = ""]) =>
      makeDay(Number(year), (Number(quarter) - 1) * 3),
    ),
    ...findByPattern(text, SEASON, ([, , season = "", year = ""]) =>
      makeDay(Number(year), SEASON_MONTHS[season.toLowerCase()] ?? 0),
    ),
  ];
}
