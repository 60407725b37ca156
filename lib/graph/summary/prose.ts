import { z } from "zod";
import { MIN_SUMMARY_CONFIDENCE } from "#lib/graph/schema.ts";
import type { Theme } from "#lib/relations/relation.ts";
import { getTheme } from "#lib/relations.ts";

/** A sentence of a summary and the facts it rests on. */
export const sentencesSchema = z.array(z.object({ text: z.string(), facts: z.array(z.string()) }));
export type Sentence = z.infer<typeof sentencesSchema>[number];

/** A fact that holds of the person now. */
export interface SummarySourceFact {
  uuid: string;
  name: string;
  fact: string;
  confidence: number;
  validAt: Date | null;
  /** When it was said last. */
  saidAt: Date;
  /** How many claims it rests on. */
  support: number;
}

/** Themes that are told together, what people ask about first before the rest, and how many facts of them. */
const PARAGRAPHS: { themes: readonly Theme[]; most: number }[] = [
  { themes: ["who", "where", "work"], most: 6 },
  { themes: ["people", "animals"], most: 8 },
  { themes: ["health"], most: 6 },
  { themes: ["likes"], most: 8 },
  { themes: ["things", "plans"], most: 6 },
  { themes: ["account", "other"], most: 5 },
];

/** The most characters of prose: what one reads at a glance. */
const LONGEST = 1_000;
/** The most that one sentence says. */
const TOGETHER = 3;

/**
 * Renders what holds of a person as short prose: themes in a fixed order, well supported and new facts first, a few facts
 * per sentence. Each sentence lists the facts it rests on. The same facts give the same prose.
 */
export function renderSummary(name: string, facts: readonly SummarySourceFact[]): Sentence[] {
  const first = name.split(" ")[0] ?? name;
  const calls = [name, first, ...findFormerNames(facts)];
  const about = facts.filter(
    ({ fact, confidence }) =>
      confidence >= MIN_SUMMARY_CONFIDENCE &&
      calls.some((known) => fact.startsWith(`${known} `) || fact.startsWith(`${known}'s `)),
  );
  const left = new Set(removeRepeatedWords(about.toSorted(compareByWeight)));
  const sentences: Sentence[] = [];
  for (const { themes, most } of PARAGRAPHS) {
    const themed = [...left].filter((fact) => themes.includes(getTheme(fact.name))).slice(0, most);
    for (const fact of themed) left.delete(fact);
    sentences.push(...renderSentences(name, calls, themed));
  }
  let length = 0;
  return sentences.filter(({ text }) => {
    length += text.length + 1;
    return length <= LONGEST;
  });
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

function findLongest(words: string[]): string {
  return words.reduce((most, word) => (word.length > most.length ? word : most), "");
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

/** Facts about the person are joined into sentences with one subject. Other facts stay as they are. */
function renderSentences(name: string, calls: string[], facts: SummarySourceFact[]): Sentence[] {
  const predicates = new Map<string, { words: string; facts: string[] }[]>();
  const others: Sentence[] = [];
  for (const { uuid, fact } of facts) {
    const subject = findLongest(calls.filter((call) => fact.startsWith(call)));
    const words = fact.startsWith(`${subject} `) ? fact.slice(subject.length + 1).replace(/[.!]+$/, "") : "";
    if (!words || /[.!?;] /.test(words)) others.push({ text: /[.!?]$/.test(fact) ? fact : `${fact}.`, facts: [uuid] });
    else {
      const [verb = "", ...rest] = words.split(" ");
      predicates.set(verb, [...(predicates.get(verb) ?? []), { words: rest.join(" "), facts: [uuid] }]);
    }
  }
  const clauses = [...predicates].flatMap(([verb, objects]) =>
    splitIntoChunks(objects, TOGETHER).map((together) => ({
      words: `${verb} ${joinParts(together.map(({ words }) => words))}`.trim(),
      facts: together.flatMap((object) => object.facts),
    })),
  );
  const told = splitIntoChunks(clauses, TOGETHER).map((together) => ({
    text: `${name} ${joinParts(together.map(({ words }) => words))}.`,
    facts: together.flatMap((clause) => clause.facts),
  }));
  return [...told, ...others];
}

function joinParts(parts: string[]): string {
  const words = parts.filter(Boolean);
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  const commas = words.some((part) => /,| and /.test(part));
  return commas ? words.join("; ") : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function splitIntoChunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
