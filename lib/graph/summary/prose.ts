import { formatDay } from "#lib/format.ts";
import { MIN_SUMMARY_CONFIDENCE } from "#lib/graph/schema.ts";
import { joinPhrase, joinWords, type Phrase, parsePhrase } from "#lib/graph/summary/phrase.ts";
import type { Sentence } from "#lib/graph/summary/schema.ts";
import type { Theme } from "#lib/relations/relation.ts";
import { getTheme, isSingleValued, RELATIONS } from "#lib/relations.ts";

/** A fact that holds of the person now. */
export interface SummarySourceFact {
  uuid: string;
  name: string;
  fact: string;
  confidence: number;
  validAt: Date | null;
  /** Whether somebody said since when it holds; else `validAt` is only when it was told. */
  isDated: boolean;
  /** The fact that it took the place of, and its uuid. */
  before: string | null;
  beforeUuid: string | null;
  /** When it was said last. */
  saidAt: Date;
  /** How many claims it rests on. */
  support: number;
}

/** Something that somebody said in their own words. */
export interface SummaryQuote {
  uuid: string;
  words: string;
  saidAt: Date;
}

/** What is told in one line, what people ask about first before the rest, and how many facts of it. */
const LINES: readonly { heading: string | null; themes: readonly Theme[]; most: number }[] = [
  { heading: null, themes: ["who"], most: 5 },
  { heading: "Home and work", themes: ["where", "work"], most: 6 },
  { heading: "People and animals", themes: ["people", "animals"], most: 12 },
  { heading: "Health and diet", themes: ["health"], most: 8 },
  { heading: "Likes and plans", themes: ["likes", "plans", "things"], most: 10 },
  { heading: "Account", themes: ["account", "other"], most: 6 },
];

/** The most characters of a summary: what one reads at a glance. */
const LONGEST = 1_000;

/**
 * Renders what holds of a person as an identity card: a line for each group of themes in a fixed order. Each line lists the
 * facts it rests on. The same facts give the same lines.
 */
export function renderKnown(name: string, facts: readonly SummarySourceFact[]): Sentence[] {
  const calls = [name, name.split(" ")[0] ?? name, ...findFormerNames(facts)].toSorted((a, b) => b.length - a.length);
  const items = removeRepeatedWords(facts.toSorted(compareByWeight)).flatMap((fact) => toItem(fact, calls));
  return LINES.flatMap(({ heading, themes, most }): Sentence[] => {
    const themed = items.filter(({ fact }) => themes.includes(getTheme(fact.name)));
    const own = themed.filter((item) => !isToldBefore(item, themed)).slice(0, most);
    if (own.length === 0) return [];
    const phrases = tellTogether(
      own.toSorted((a, b) => getPlace(a, themes) - getPlace(b, themes)),
      calls,
    );
    const text = heading === null ? tellWho(name, phrases) : `${phrases.map(({ words }) => words).join("; ")}.`;
    return [{ heading, text, facts: own.flatMap(({ fact }) => listRested(fact)) }];
  });
}

/** What is known, then what they said of late in their own words, as much as one reads at a glance. */
export function addQuotes(known: readonly Sentence[], quotes: readonly SummaryQuote[]): Sentence[] {
  const lines = [...known];
  if (lines.length === 0 && quotes.length > 0) lines.push({ heading: null, text: "Little is known yet.", facts: [] });
  lines.push(
    ...quotes.map(({ uuid, words, saidAt }) => ({
      heading: `Said on ${formatDay(saidAt)}`,
      text: `“${words}”`,
      facts: [uuid],
    })),
  );
  let length = 0;
  return lines.filter((line) => {
    length += joinLine(line).length + 1;
    return length <= LONGEST;
  });
}

/** A line as it stands in prose. */
export function joinLine({ heading, text }: Sentence): string {
  return heading === null ? text : `${heading}: ${text}`;
}

/** What somebody has and uses is told once. */
function isToldBefore({ fact, phrase }: Item, themed: readonly Item[]): boolean {
  // "Pro, Basic before" tells what the plan was.
  const later = /^HAS_PREVIOUS_(.+)$/.exec(fact.name)?.[1];
  if (later !== undefined)
    return themed.some((other) => other.fact.name === `HAS_${later}` && other.fact.before !== null);
  const first = themed.find((other) => other.phrase.object === phrase.object && getTheme(other.fact.name) === "things");
  // "Has a puppy" beside a dog by name.
  const isOne = COUNTS[fact.name] !== undefined && /^an? /.test(phrase.object);
  if (isOne) return themed.some((other) => other.fact.name === COUNTS[fact.name]);
  return getTheme(fact.name) === "things" && first !== undefined && first.fact !== fact;
}

const COUNTS: Readonly<Record<string, string>> = {
  HAS_DOGS: "HAS_DOG",
  HAS_CATS: "HAS_CAT",
  HAS_PETS: "HAS_PET",
  HAS_SONS: "HAS_SON",
  HAS_DAUGHTERS: "HAS_DAUGHTER",
};

interface Item {
  fact: SummarySourceFact;
  phrase: Phrase;
}

/** A fact that begins with what the person is called. */
function toItem(fact: SummarySourceFact, calls: readonly string[]): Item[] {
  const said = fact.confidence >= MIN_SUMMARY_CONFIDENCE ? cutSubject(fact.fact, calls) : null;
  const phrase = said === null ? null : parsePhrase(fact.name, said);
  return phrase === null || phrase.lead + phrase.object === "" ? [] : [{ fact, phrase }];
}

function cutSubject(fact: string, calls: readonly string[]): string | null {
  const call = calls.find((one) => fact.startsWith(`${one} `) || fact.startsWith(`${one}'s `));
  return call === undefined ? null : fact.slice(call.length).replace(/[.!]+$/, "");
}

const ORDER = Object.keys(RELATIONS);

/** Themes in their order, and in each the vocabulary's; what has no place there comes last. */
function getPlace({ fact }: Item, themes: readonly Theme[]): number {
  const place = ORDER.indexOf(fact.name.replace(/^NOT_/, ""));
  return themes.indexOf(getTheme(fact.name)) * 1_000 + (place < 0 ? 999 : place);
}

/** What is told of a fact, and of the one before it, rests on both. */
function listRested(fact: SummarySourceFact): string[] {
  return mayTellSince(fact) && fact.beforeUuid !== null ? [fact.uuid, fact.beforeUuid] : [fact.uuid];
}

function mayTellSince({ name }: SummarySourceFact): boolean {
  return isSingleValued(name) && /^(?:where|work|health|account)$/.test(getTheme(name));
}

interface Told {
  words: string;
  isQuality: boolean;
}

/** Facts that say the same of several are told together; since when stands behind what one has one of. */
function tellTogether(items: readonly Item[], calls: readonly string[]): Told[] {
  const groups = Map.groupBy(joinPlaces(items), ({ fact, phrase }) =>
    isSingleValued(fact.name) || phrase.lead === "" ? fact.uuid : `${phrase.isRole} ${phrase.lead}`,
  );
  return [...groups.values()].flatMap((together): Told[] => {
    const [first] = together;
    if (!first) return [];
    const words = joinPhrase(
      first.phrase,
      together.map(({ phrase }) => phrase.object),
    );
    const isQuality = first.phrase.lead === "" || /^(?:allergic|married|afraid|interested)\b/.test(first.phrase.lead);
    const told = first.phrase.lead === "called" ? `is ${words}` : words;
    return [{ words: together.length > 1 ? told : told + tellSince(first.fact, calls), isQuality }];
  });
}

/** "Works as a nurse at St Mary's" is one thing to say, and "studies law at Leeds" another. */
function joinPlaces(items: readonly Item[]): Item[] {
  return joinPlace(joinPlace(items, "WORKS_AS", "WORKS_AT"), "STUDIES", "STUDIES_AT");
}

/** Of somebody who does one such thing and in one place. */
function joinPlace(items: readonly Item[], doing: string, where: string): Item[] {
  const [things, places] = [doing, where].map((name) => items.filter(({ fact }) => fact.name === name));
  const [what, at] = [things?.[0], places?.[0]];
  if (!what || !at || things?.length !== 1 || places?.length !== 1) return [...items];
  const fact = what.fact.isDated ? what.fact : { ...at.fact, name: what.fact.name, before: what.fact.before };
  const phrase = { ...what.phrase, object: `${what.phrase.object} at ${at.phrase.object}` };
  return items.flatMap((item) => (item === what ? [{ fact, phrase }] : item === at ? [] : [item]));
}

/** ", since June 2026, Basic before": of what one has one of at a time, where somebody said so. */
function tellSince(fact: SummarySourceFact, calls: readonly string[]): string {
  if (!mayTellSince(fact)) return "";
  const { name, validAt, isDated, before } = fact;
  const since = isDated && validAt ? ` since ${formatSince(validAt)}` : "";
  const said = before === null ? null : cutSubject(before, calls);
  return since + (said === null ? "" : `, ${parsePhrase(name, said).object} before`);
}

/** The first of a month at midnight is what is stored of a month, and the first of January of a year. */
function formatSince(at: Date): string {
  const isFirst = at.getUTCDate() === 1 && at.getTime() % 86_400_000 === 0;
  const day = formatDay(at);
  if (!isFirst) return day;
  return at.getUTCMonth() === 0 ? String(at.getUTCFullYear()) : day.replace(/^1 /, "");
}

/** "Ana is 34 years old and single; comes from Porto." */
function tellWho(name: string, phrases: readonly Told[]): string {
  const qualities = phrases.filter(({ isQuality }) => isQuality).map(({ words }) => words);
  const others = phrases.filter(({ isQuality }) => !isQuality).map(({ words }) => words);
  const parts = [...(qualities.length > 0 ? [`is ${joinWords(qualities)}`] : []), ...others];
  return `${name}${/^(?:is|was|comes)\b/.test(parts[0] ?? "") ? "" : ":"} ${parts.join("; ")}.`;
}

/** The names that most of the facts use for the person. After a rename, older facts still use the old name. */
function findFormerNames(facts: readonly SummarySourceFact[]): string[] {
  const beginnings = Map.groupBy(
    facts,
    ({ fact }) => /^\P{Ll}\S*?(?: \p{Lu}\S*?)*?(?=(?:'s)? \p{Ll})/u.exec(fact)?.[0] ?? "",
  );
  return [...beginnings].flatMap(([beginning, some]) =>
    beginning !== "" && some.length * 3 >= facts.length ? [beginning] : [],
  );
}

/** Facts that say the same in other relations are told once. */
function removeRepeatedWords(facts: SummarySourceFact[]): SummarySourceFact[] {
  return [...new Map(facts.toReversed().map((fact) => [fact.fact.toLowerCase(), fact])).values()].toReversed();
}

function compareByWeight(a: SummarySourceFact, b: SummarySourceFact): number {
  return (
    b.confidence + weighSupport(b) - a.confidence - weighSupport(a) ||
    getStartTime(b) - getStartTime(a) ||
    (a.fact < b.fact ? -1 : 1)
  );
}

/** A fact said twice counts a little more; saying it ten times adds hardly more. */
function weighSupport({ support: count }: SummarySourceFact): number {
  return Math.log1p(count) / 10;
}

function getStartTime({ validAt, saidAt }: SummarySourceFact): number {
  return (validAt ?? saidAt).getTime();
}
