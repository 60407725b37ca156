import type { Answer } from "#lib/extraction/model/answer.ts";
import { exactKey } from "#lib/extraction/model/dedupe.ts";
import { type Cast, castOf, tidy } from "#lib/extraction/model/ends.ts";
import { relationName, screaming } from "#lib/extraction/model/kinds.ts";
import { spanOf, timeOf } from "#lib/extraction/model/times.ts";
import type { EpisodeText, FoundFact, KnownFact, Reading, Setting } from "#lib/extraction/schema.ts";
import { isSingle } from "#lib/relations.ts";

/** Above what rules find, below what somebody stated. */
const CONFIDENCE = 0.9;
/** What one text states at most, and how long a sentence is that still states one thing. */
const MOST_FACTS = 100;
const LONGEST_FACT = 1_000;

/**
 * What an answer amounts to in this graph. The model is believed about what the text says and about nothing else: whom it
 * means, what is single and which ids exist is decided here. Of what a machine said, only what concerns the person stays.
 */
export function readingOf(answer: Answer, episode: EpisodeText, setting: Setting): Reading {
  const { nodes, endOf } = castOf(answer, episode, setting);
  const machine = episode.speaker.kind === "machine";
  const concerns = ({ source, target }: Pick<KnownFact, "source" | "target">) =>
    !machine || (setting.person !== null && (source === null || target === null));
  const stated = answer.facts
    .slice(0, MOST_FACTS)
    .flatMap((each) => statedIn(each, endOf, setting))
    .filter(({ fact }) => concerns(fact))
    .map(({ fact, contradicts }) => ({ fact: inKnownWords(fact, answer.repeated, setting), contradicts }));
  const known = (id: number) => {
    const fact = setting.known.facts[id];
    return fact && concerns(fact) ? fact : undefined;
  };
  const facts = [...stated.map(({ fact }) => fact), ...toldOfKnown(answer, stated, episode.saidAt, known)];
  const named = new Set(facts.flatMap(({ source, target }) => [source, target]));
  return {
    extractor: "model",
    nodes: machine ? nodes.filter(({ name }) => named.has(name)) : nodes,
    facts: distinct(facts),
  };
}

/** A fact of the answer, and the known facts that hold no longer because of it. */
interface Stated {
  fact: FoundFact;
  contradicts: number[];
}

/** Nothing where an end is nobody in the answer, two names mean the same one, or the fact is no sentence. */
function statedIn(given: Answer["facts"][number], endOf: Cast["endOf"], { ontology }: Setting): Stated[] {
  const alone = !given.target?.trim() || exactKey(given.target) === exactKey(given.source);
  const source = endOf(given.source);
  const target = alone ? source : endOf(given.target ?? "");
  const fact = tidy(given.fact);
  if (source === undefined || target === undefined || (!alone && source === target)) return [];
  if (fact === "" || fact.length > LONGEST_FACT) return [];
  const name = relationName(tidy(given.relation), ontology);
  const single = isSingle(screaming(name));
  const span = spanOf(given.valid_at, given.invalid_at);
  const found: FoundFact = { kind: "holds", source, target, name, fact, single, ...span, confidence: CONFIDENCE };
  return [{ fact: found, contradicts: given.contradicts }];
}

/**
 * A fact that is known already, told in the words in which it is known, so that it joins. Whether it is the same shows
 * without the model where one holds at a time; of others only when the model says so, and never where words are all there is.
 */
function inKnownWords(found: FoundFact, repeated: number[], { known }: Setting): FoundFact {
  const same = known.facts.find(
    ({ source, target, name, single }, id) =>
      (single || repeated.includes(id)) &&
      source !== target &&
      source === found.source &&
      target === found.target &&
      name === found.name,
  );
  return same ? { ...found, fact: same.fact, single: same.single } : found;
}

/**
 * What the answer says of known facts, in the known facts' own words so that it joins them. What is over by now ends
 * nothing that holds; and of a relation of which one holds at a time, the new fact ends the old one by itself.
 */
function toldOfKnown(
  { ended, repeated }: Answer,
  stated: Stated[],
  saidAt: Date,
  known: (id: number) => KnownFact | undefined,
): FoundFact[] {
  const holding = stated.filter(({ fact }) => fact.invalidAt === null || fact.invalidAt > saidAt);
  const contradicted = holding
    .flatMap(({ fact, contradicts }) => contradicts.map((id) => ({ id, at: fact.validAt ?? saidAt, by: fact })))
    .filter(({ id, at }) => !beginsAfter(known(id), at));
  const over = new Set([...contradicted, ...ended].map(({ id }) => id));
  const again = repeated.filter((id) => !over.has(id));
  return [
    ...again.flatMap((id) => claimOf(known(id), { kind: "holds", validAt: null, invalidAt: null })),
    ...[
      ...contradicted.filter(({ id, by }) => !givesWay(known(id), by)),
      ...ended.map(({ id, at }) => ({ id, at: timeOf(at) ?? saidAt })),
    ].flatMap(({ id, at }) => claimOf(known(id), { kind: "ends", validAt: null, invalidAt: at })),
  ];
}

/** What was so before a fact began does not end it. */
function beginsAfter(known: KnownFact | undefined, at: Date): boolean {
  return known?.validAt != null && known.validAt > at;
}

function givesWay(known: KnownFact | undefined, by: FoundFact): boolean {
  return known?.single === true && by.single && known.name === by.name && known.source === by.source;
}

function claimOf(known: KnownFact | undefined, told: Pick<FoundFact, "kind" | "validAt" | "invalidAt">): FoundFact[] {
  if (!known) return [];
  const { source, target, name, fact, single } = known;
  return [{ source, target, name, fact, single, ...told, confidence: CONFIDENCE }];
}

/** The first of those that say the same. */
function distinct(facts: FoundFact[]): FoundFact[] {
  const keyOf = ({ kind, source, target, name, fact }: FoundFact) =>
    JSON.stringify([kind, source, target, name, exactKey(fact)]);
  return [...new Map(facts.toReversed().map((fact) => [keyOf(fact), fact])).values()].toReversed();
}
