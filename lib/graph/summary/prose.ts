import { z } from "zod";
import { TOLD_FROM } from "#lib/graph/schema.ts";

/** A sentence of a summary and the facts it rests on. */
export const sentencesSchema = z.array(z.object({ text: z.string(), facts: z.array(z.string()) }));
export type Sentence = z.infer<typeof sentencesSchema>[number];

/** A fact that holds of the person now. */
export interface KnownFact {
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

/** What a person is asked about first comes first; relations that stand nowhere come last, as what happened lately. */
const THEMES: { relations: RegExp; most: number }[] = [
  { relations: /^(WORKS_A[ST]|HAS_ROLE|LIVES_IN|HAS_AGE|IS|STUDIES|STUDIES_AT)$/, most: 6 },
  {
    relations:
      /^HAS_(SPOUSE|PARTNER|CHILD|SON|DAUGHTER|MOTHER|FATHER|PARENT|SISTER|BROTHER|SIBLING|FRIEND|PET|DOG|CAT)/,
    most: 8,
  },
  { relations: /^(ALLERGIC_TO|HAS_CONDITION|HAS_DIET|TAKES|AVOIDS|INTOLERANT)/, most: 6 },
  { relations: /^(LIKES|LOVES|ENJOYS|PREFERS|DISLIKES|HATES|INTERESTED_IN|PLAYS)$/, most: 8 },
  { relations: /^(USES|OWNS|SPEAKS|LEARNS|KNOWS|PLANS|WANTS|EXPECTS|MEMBER_OF)/, most: 6 },
  { relations: /^/, most: 5 },
];

/** The most characters of prose: what one reads at a glance. */
const LONGEST = 1_000;
/** The most that one sentence says. */
const TOGETHER = 3;

/**
 * Tells what holds of a person in short prose: themes in a fixed order, what is well supported and new before the rest,
 * a few facts to a sentence. Each sentence names the facts it rests on. The same facts give the same prose.
 */
export function tell(name: string, facts: readonly KnownFact[]): Sentence[] {
  const first = name.split(" ")[0] ?? name;
  const calls = [name, first, ...formerNames(facts)];
  const about = facts.filter(
    ({ fact, confidence }) =>
      confidence >= TOLD_FROM && calls.some((known) => fact.startsWith(`${known} `) || fact.startsWith(`${known}'s `)),
  );
  const left = new Set(distinctWords(about.toSorted(byWeight)));
  const sentences: Sentence[] = [];
  for (const { relations, most } of THEMES) {
    const themed = [...left].filter((fact) => relations.test(fact.name)).slice(0, most);
    for (const fact of themed) left.delete(fact);
    sentences.push(...phrase(name, calls, themed));
  }
  let length = 0;
  return sentences.filter(({ text }) => {
    length += text.length + 1;
    return length <= LONGEST;
  });
}

/** What the person was called when most of this was said: a rename does not make it unsaid. */
function formerNames(facts: readonly KnownFact[]): string[] {
  const beginnings = Map.groupBy(
    facts,
    ({ fact }) => /^\S+?(?: \p{Lu}\S*?)*?(?=(?:'s)? \p{Ll})/u.exec(fact)?.[0] ?? "",
  );
  return [...beginnings].flatMap(([beginning, some]) =>
    beginning !== "" && some.length * 3 >= facts.length ? [beginning] : [],
  );
}

/** Facts that say the same in other relations are told once. */
function distinctWords(facts: KnownFact[]): KnownFact[] {
  return [...new Map(facts.toReversed().map((fact) => [fact.fact.toLowerCase(), fact])).values()].toReversed();
}

function longest(words: string[]): string {
  return words.reduce((most, word) => (word.length > most.length ? word : most), "");
}

function byWeight(a: KnownFact, b: KnownFact): number {
  return b.confidence + support(b) - a.confidence - support(a) || since(b) - since(a) || (a.fact < b.fact ? -1 : 1);
}

/** Said twice is worth a little more, said ten times hardly more than that. */
function support({ support: count }: KnownFact): number {
  return Math.log1p(count) / 10;
}

function since({ validAt, saidAt }: KnownFact): number {
  return (validAt ?? saidAt).getTime();
}

/** Facts about the person become predicates of one subject; the others stand as they are. */
function phrase(name: string, calls: string[], facts: KnownFact[]): Sentence[] {
  const predicates = new Map<string, { words: string; facts: string[] }[]>();
  const others: Sentence[] = [];
  for (const { uuid, fact } of facts) {
    const subject = longest(calls.filter((call) => fact.startsWith(call)));
    const words = fact.startsWith(`${subject} `) ? fact.slice(subject.length + 1).replace(/[.!]+$/, "") : "";
    if (!words || /[.!?;] /.test(words)) others.push({ text: /[.!?]$/.test(fact) ? fact : `${fact}.`, facts: [uuid] });
    else {
      const [verb = "", ...rest] = words.split(" ");
      predicates.set(verb, [...(predicates.get(verb) ?? []), { words: rest.join(" "), facts: [uuid] }]);
    }
  }
  const clauses = [...predicates].flatMap(([verb, objects]) =>
    chunks(objects, TOGETHER).map((together) => ({
      words: `${verb} ${listed(together.map(({ words }) => words))}`.trim(),
      facts: together.flatMap((object) => object.facts),
    })),
  );
  const told = chunks(clauses, TOGETHER).map((together) => ({
    text: `${name} ${listed(together.map(({ words }) => words))}.`,
    facts: together.flatMap((clause) => clause.facts),
  }));
  return [...told, ...others];
}

function listed(parts: string[]): string {
  const words = parts.filter(Boolean);
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  const commas = words.some((part) => /,| and /.test(part));
  return commas ? words.join("; ") : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
