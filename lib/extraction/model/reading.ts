import type { Answer } from "#lib/extraction/model/answer.ts";
import { makeExactKey } from "#lib/extraction/model/dedupe.ts";
import { type NameResolution, resolveNames, tidyText } from "#lib/extraction/model/ends.ts";
import { normaliseRelation, toScreamingSnake } from "#lib/extraction/model/kinds.ts";
import { parseSpan, parseTime } from "#lib/extraction/model/times.ts";
import type { EpisodeText, FoundFact, KnownFact, Reading, Setting } from "#lib/extraction/schema.ts";
import { getTemplate, isSingleValued } from "#lib/relations.ts";

/** Above what rules find, below what somebody stated. */
const CONFIDENCE = 0.9;
/** What one text states at most, and how long a sentence is that still states one thing. */
const MOST_FACTS = 100;
const LONGEST_FACT = 1_000;

/**
 * Turns an answer into a reading of this graph. The model decides only what the text says. Which node a name means, which
 * relations are single-valued and which ids exist is decided here. Of what a machine said, only facts about the person are
 * kept.
 */
export function buildReading(answer: Answer, episode: EpisodeText, setting: Setting): Reading {
  const { nodes, endOf } = resolveNames(answer, episode, setting);
  const machine = episode.speaker.kind === "machine";
  const isAboutPerson = ({ source, target }: Pick<KnownFact, "source" | "target">) =>
    !machine || (setting.person !== null && (source === null || target === null));
  const stated = answer.facts
    .slice(0, MOST_FACTS)
    .flatMap((each) => resolveFact(each, endOf, setting))
    .filter(({ fact }) => isAboutPerson(fact))
    .map(({ fact, contradicts }) => ({ fact: useKnownWords(fact, answer.repeated, setting), contradicts }));
  const findKnownFact = (id: number) => {
    const fact = setting.known.facts[id];
    return fact && isAboutPerson(fact) ? fact : undefined;
  };
  const facts = [...stated.map(({ fact }) => fact), ...claimKnownFacts(answer, stated, episode.saidAt, findKnownFact)];
  const named = new Set(facts.flatMap(({ source, target }) => [source, target]));
  return {
    extractor: "model",
    nodes: machine ? nodes.filter(({ name }) => named.has(name)) : nodes,
    facts: removeDuplicates(facts),
  };
}

/** A fact of the answer, and the known facts that hold no longer because of it. */
interface ResolvedFact {
  fact: FoundFact;
  contradicts: number[];
}

/** Nothing where an end is nobody in the answer, two names mean the same one, or the fact is no sentence. */
function resolveFact(
  given: Answer["facts"][number],
  endOf: NameResolution["endOf"],
  { ontology }: Setting,
): ResolvedFact[] {
  const alone = !given.target?.trim() || makeExactKey(given.target) === makeExactKey(given.source);
  const source = endOf(given.source);
  const target = alone ? source : endOf(given.target ?? "");
  const fact = tidyText(given.fact);
  if (source === undefined || target === undefined || (!alone && source === target)) return [];
  if (fact === "" || fact.length > LONGEST_FACT) return [];
  const name = normaliseRelation(tidyText(given.relation), ontology);
  const single = isSingleValued(toScreamingSnake(name));
  const span = parseSpan(given.valid_at, given.invalid_at);
  // Of a relation of the vocabulary the sentence is the vocabulary's, so that it is told with present names.
  const words = (source === target ? null : getTemplate(toScreamingSnake(name))) ?? fact;
  const found: FoundFact = {
    kind: "holds",
    source,
    target,
    name,
    fact: words,
    single,
    ...span,
    confidence: CONFIDENCE,
  };
  return [{ fact: found, contradicts: given.contradicts }];
}

/**
 * A fact that is already known, in its known words, so that both are joined. For a single-valued relation this is decided
 * without the model. For others the model must have listed it as repeated, and the fact must have two different nodes.
 */
function useKnownWords(found: FoundFact, repeated: number[], { known }: Setting): FoundFact {
  const same = known.facts.find(
    ({ source, target, name, single }, id) =>
      (single || repeated.includes(id)) &&
      source !== target &&
      source === found.source &&
      target === found.target &&
      name === found.name,
  );
  return same ? { ...found, fact: same.template ?? same.fact, single: same.single } : found;
}

/**
 * What the answer says about known facts, in their known words so that both are joined. A new fact that is already over ends
 * no known fact. Of a single-valued relation, the new fact ends the old one without a separate claim.
 */
function claimKnownFacts(
  { ended, repeated }: Answer,
  stated: ResolvedFact[],
  saidAt: Date,
  known: (id: number) => KnownFact | undefined,
): FoundFact[] {
  const holding = stated.filter(({ fact }) => fact.invalidAt === null || fact.invalidAt > saidAt);
  const contradicted = holding
    .flatMap(({ fact, contradicts }) => contradicts.map((id) => ({ id, at: fact.validAt ?? saidAt, by: fact })))
    .filter(({ id, at }) => !beginsAfterTime(known(id), at));
  const over = new Set([...contradicted, ...ended].map(({ id }) => id));
  const again = repeated.filter((id) => !over.has(id));
  return [
    ...again.flatMap((id) => makeClaim(known(id), { kind: "holds", validAt: null, invalidAt: null })),
    ...[
      ...contradicted.filter(({ id, by }) => !isReplacedBy(known(id), by)),
      ...ended.map(({ id, at }) => ({ id, at: parseTime(at) ?? saidAt })),
    ].flatMap(({ id, at }) => makeClaim(known(id), { kind: "ends", validAt: null, invalidAt: at })),
  ];
}

/** A fact does not end another one that began after it. */
function beginsAfterTime(known: KnownFact | undefined, at: Date): boolean {
  return known?.validAt != null && known.validAt > at;
}

function isReplacedBy(known: KnownFact | undefined, by: FoundFact): boolean {
  return known?.single === true && by.single && known.name === by.name && known.source === by.source;
}

function makeClaim(known: KnownFact | undefined, told: Pick<FoundFact, "kind" | "validAt" | "invalidAt">): FoundFact[] {
  if (!known) return [];
  const { source, target, name, template, single } = known;
  const fact = template ?? known.fact;
  return [{ source, target, name, fact, single, ...told, confidence: CONFIDENCE }];
}

/** The first of those that say the same. */
function removeDuplicates(facts: FoundFact[]): FoundFact[] {
  const makeKey = ({ kind, source, target, name, fact }: FoundFact) =>
    JSON.stringify([kind, source, target, name, makeExactKey(fact)]);
  return [...new Map(facts.toReversed().map((fact) => [makeKey(fact), fact])).values()].toReversed();
}
