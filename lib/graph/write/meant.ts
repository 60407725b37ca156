import type { Tx } from "#lib/db/client.ts";
import { nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import type { FoundFact, Reading } from "#lib/extraction/schema.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { hasAllWords, listWords } from "#lib/graph/write/thing-words.ts";
import { findRelation, getTemplate } from "#lib/relations.ts";

/**
 * Lets what ends be what is known: "sold the Volvo" means the person's "Volvo V70", where they have no Volvo besides. Of what
 * is not known at all "the Volvo" says nothing. And where one of their two cats is gone, it is not known how many they have.
 * @returns the readings, with the whole names of things in the place of the shorter ones.
 */
export async function completeEnds(
  tx: Tx,
  graph: LockedGraph,
  readings: Map<string, Reading>,
): Promise<Map<string, Reading>> {
  const asked = [...readings.values()].flatMap(({ facts }) => facts.flatMap(listAsked));
  if (asked.length === 0) return readings;
  const known = new Map<string, Set<string>>();
  const learn = (of: Pick<FoundFact, "source" | "name">, target: string) =>
    known.set(getKey(of), (known.get(getKey(of)) ?? new Set()).add(target));
  for (const { target, ...of } of await listTargets(tx, graph, asked)) learn(of, target);
  for (const { target, kind, isOfKnown, ...of } of [...readings.values()].flatMap(({ facts }) => facts))
    if (target !== null && target !== of.source && !isEnd(kind) && !isOfKnown) learn(of, target);
  return new Map(
    [...readings].map(([uuid, reading]) => {
      const isKnown = (fact: FoundFact) =>
        [...(known.get(getKey(fact)) ?? [])].some((one) => isSameName(one, fact.target ?? ""));
      const names = new Map(
        reading.facts.filter(isEndOfThing).flatMap((fact) => {
          const whole = findMeant(fact.target ?? "", [...(known.get(getKey(fact)) ?? [])]);
          return whole === null ? [] : [[fact.target, whole] as const];
        }),
      );
      const named = names.size === 0 ? reading : renameTargets(reading, names);
      const facts = named.facts.filter(
        (fact) => (!fact.isOfKnown || isKnown(fact)) && (!fact.follows || isKnown({ ...fact, ...fact.follows })),
      );
      const each = facts.flatMap((fact) =>
        isOpenEnd(fact) ? endEach(fact, known.get(getKey(fact)), named.facts) : [fact],
      );
      return [uuid, { ...named, facts: [...each, ...each.filter(isKnown).flatMap(endCount)] }];
    }),
  );
}

/** What has to be known for a fact to count, or for its object to be told. */
function listAsked(fact: FoundFact): Pick<FoundFact, "source" | "name">[] {
  const followed = fact.follows ? [{ source: fact.source, name: fact.follows.name }] : [];
  return isEndOfThing(fact) || isOpenEnd(fact) || fact.isOfKnown ? [fact, ...followed] : followed;
}

/** Whose relation it is; the person's own have no source. */
function getKey({ source, name }: Pick<FoundFact, "source" | "name">): string {
  return `${listWords(source ?? "").join(" ")} ${name}`;
}

/** "I graduated" ends whatever they studied: of a relation that has several objects all that are known. */
function isOpenEnd({ kind, source, target, fact, single, name }: FoundFact): boolean {
  return (
    kind === "closes" &&
    (target === null || target === source) &&
    fact.includes("{object}") &&
    !single &&
    findRelation(name) !== undefined
  );
}

/** The ends of all that is known; what the same text says to hold goes on. */
function endEach(fact: FoundFact, known: ReadonlySet<string> | undefined, told: readonly FoundFact[]): FoundFact[] {
  const names = [...(known ?? [])].filter(
    (one) =>
      !told.some(
        ({ kind, target, ...of }) => getKey(of) === getKey(fact) && !isEnd(kind) && isSameName(target ?? "", one),
      ),
  );
  return names.map((target) => ({ ...fact, target }));
}

const COUNTS: Readonly<Record<string, string>> = { HAS_CAT: "HAS_CATS", HAS_DOG: "HAS_DOGS", HAS_PET: "HAS_PETS" };

/** How many they are ends with one of them. */
function endCount(fact: FoundFact): FoundFact[] {
  const name = COUNTS[fact.name];
  if (name === undefined || !isEndOfThing(fact)) return [];
  return [{ ...fact, kind: "closes", name, target: fact.source, fact: getTemplate(name) ?? "" }];
}

function isEnd(kind: FoundFact["kind"]): boolean {
  return kind === "ends" || kind === "closes";
}

function isEndOfThing({ kind, source, target }: FoundFact): boolean {
  return isEnd(kind) && source === null && target !== null;
}

/** What is known by these relations of the person, and of others by any of their names. */
function listTargets(tx: Tx, graph: LockedGraph, asked: readonly Pick<FoundFact, "name">[]) {
  const names = [...new Set(asked.map(({ name }) => name))];
  return readRowsIn(tx, { source: nullable(TEXT), name: TEXT, target: TEXT })`
    SELECT DISTINCT of.source, c.name, called.target FROM claims c JOIN nodes n ON ${sameGraph("n", "c")} AND n.uuid = c.target_uuid
    JOIN nodes s ON ${sameGraph("s", "c")} AND s.uuid = c.source_uuid,
      LATERAL (
        SELECT n.name AS target UNION
        SELECT k.key FROM node_names k WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid
      ) AS called,
      LATERAL (
        SELECT NULL AS source WHERE s.uuid = ${graph.centre ?? null}::uuid UNION
        SELECT s.name WHERE s.uuid IS DISTINCT FROM ${graph.centre ?? null}::uuid UNION
        SELECT k.key FROM node_names k
        WHERE s.uuid IS DISTINCT FROM ${graph.centre ?? null}::uuid AND ${sameGraph("k", "s")} AND k.node_uuid = s.uuid
      ) AS of
    WHERE ${inGraph(graph, "c")} AND c.target_uuid <> c.source_uuid
      AND c.name = ANY(${names}) AND c.kind NOT IN ('ends', 'closes')`;
}

/** The one known name that has all words of a shorter one; null where it is known itself, or several or none have them. */
function findMeant(name: string, known: string[]): string | null {
  const words = listWords(name);
  if (words.length === 0 || known.some((one) => isSameName(one, name))) return null;
  const [found, ...others] = known.filter((one) => hasAllWords(one, words));
  return found !== undefined && others.every((other) => isSameName(other, found)) ? found : null;
}

function isSameName(one: string, other: string): boolean {
  return listWords(one).join(" ") === listWords(other).join(" ");
}

function renameTargets(reading: Reading, names: ReadonlyMap<string | null, string>): Reading {
  const rename = <Of extends Pick<FoundFact, "target">>(of: Of): Of => ({
    ...of,
    target: names.get(of.target) ?? of.target,
  });
  const facts = reading.facts.map((fact) => ({
    ...(isEndOfThing(fact) ? rename(fact) : fact),
    ...(fact.follows ? { follows: rename(fact.follows) } : {}),
  }));
  const spoken = new Set(facts.flatMap(({ source, target }) => [source, target]));
  const nodes = reading.nodes.filter(({ name }) => !names.has(name) || spoken.has(name));
  return { ...reading, facts, nodes };
}
