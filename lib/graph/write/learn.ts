import type { Tx } from "#lib/db/client.ts";
import { ofGraph } from "#lib/db/scope.ts";
import type { End, Mentioned, Reading } from "#lib/extraction/schema.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { retell } from "#lib/graph/summary/refresh.ts";
import { addClaims, type NewClaim } from "#lib/graph/write/claims.ts";
import { addMentions, dropUnmentioned } from "#lib/graph/write/mentions.ts";
import { nodesNamed } from "#lib/graph/write/names.ts";
import { settle } from "#lib/graph/write/settle.ts";
import { derivedUuid } from "#lib/uuid.ts";

/** Most of what one episode may leave in a graph: what is longer is a list that nobody reads as facts. */
const MOST_FACTS = 500;

/**
 * Keeps what was drawn from episodes, in place of what was drawn from them before: who and what they mention, and what they
 * claim. What names nobody (the person in a graph that is nobody's) is left out. A fact that is drawn again keeps its uuid.
 */
export async function learn(tx: Tx, graph: LockedGraph, readings: Map<string, Reading>): Promise<void> {
  const before = await unlearn(tx, graph, [...readings.keys()]);
  const slots = await keepReadings(tx, graph, readings, before.facts);
  const settled = await settle(tx, graph, [...new Set([...before.slots, ...slots])]);
  if (before.nodes.length > 0) await dropUnmentioned(tx, graph, before.nodes);
  await retell(tx, graph, settled);
}

/** What episodes said before they are read again. */
interface Before {
  slots: string[];
  nodes: string[];
  /** The uuids of facts by what an episode says of them. */
  facts: Map<string, string>;
}

async function unlearn(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<Before> {
  const where = { ...ofGraph(graph), episodeUuid: { in: episodes } };
  const claims = await tx.claim.findMany({
    where,
    select: { episodeUuid: true, name: true, fact: true, slot: true, edgeUuid: true },
  });
  const mentions = await tx.nodeEpisode.findMany({ where, select: { nodeUuid: true } });
  if (claims.length > 0) await tx.claim.deleteMany({ where });
  if (mentions.length > 0) await tx.nodeEpisode.deleteMany({ where });
  return {
    slots: [...new Set(claims.map(({ slot }) => slot))],
    nodes: [...new Set(mentions.map(({ nodeUuid }) => nodeUuid))],
    facts: new Map(claims.flatMap((claim) => (claim.edgeUuid ? [[saying(claim), claim.edgeUuid] as const] : []))),
  };
}

function saying({ episodeUuid, name, fact }: { episodeUuid: string; name: string; fact: string }): string {
  return `${episodeUuid} ${name} ${fact}`;
}

async function keepReadings(
  tx: Tx,
  graph: LockedGraph,
  readings: Map<string, Reading>,
  known: Map<string, string>,
): Promise<string[]> {
  const cleaned = new Map([...readings].map(([uuid, reading]) => [uuid, storable(reading)]));
  const mentioned = [...cleaned.values()].flatMap(({ nodes, facts }) => [
    ...nodes,
    ...facts.flatMap(({ source, target }) => [source, target]).flatMap((end) => named(end)),
  ]);
  const uuids = await nodesNamed(tx, graph, mentioned);
  const nodeOf = (end: End) => (end === null ? graph.centre : uuids.get(end));
  const claims: NewClaim[] = [];
  const mentions: { node: string; episode: string }[] = [];
  for (const [episodeUuid, { extractor, nodes, facts }] of cleaned) {
    const inEpisode = new Set(nodes.flatMap(({ name }) => uuids.get(name) ?? []));
    for (const [index, { source, target, ...fact }] of facts.slice(0, MOST_FACTS).entries()) {
      const sourceUuid = nodeOf(source);
      const targetUuid = nodeOf(target);
      if (!sourceUuid || !targetUuid) continue;
      const edgeUuid = known.get(saying({ episodeUuid, ...fact }));
      inEpisode.add(sourceUuid).add(targetUuid);
      claims.push({
        ...fact,
        uuid: derivedUuid(episodeUuid, `claim ${index}`),
        episodeUuid,
        sourceUuid,
        targetUuid,
        extractor,
        ...(edgeUuid ? { edgeUuid } : {}),
      });
    }
    mentions.push(...[...inEpisode].map((node) => ({ node, episode: episodeUuid })));
  }
  await addMentions(tx, graph, mentions);
  return addClaims(tx, graph, claims);
}

const LONGEST_NAME = 200;
const LONGEST_FACT = 1_000;
const LAST_YEAR = 9_999;

/** What the database can hold of a reading: whole characters, no NUL, and years of four digits. */
function storable({ extractor, nodes, facts }: Reading): Reading {
  return {
    extractor,
    nodes: nodes
      .map(({ name, labels }) => ({ name: cut(name, LONGEST_NAME), labels }))
      .filter(({ name }) => name !== ""),
    facts: facts
      .map((fact) => ({
        ...fact,
        source: fact.source && cut(fact.source, LONGEST_NAME),
        target: fact.target && cut(fact.target, LONGEST_NAME),
        fact: cut(fact.fact, LONGEST_FACT),
        validAt: inRange(fact.validAt),
        invalidAt: inRange(fact.invalidAt),
      }))
      .filter(({ source, target, fact }) => source !== "" && target !== "" && fact !== ""),
  };
}

function cut(text: string, length: number): string {
  return [
    ...text
      .toWellFormed()
      .replaceAll("\0", " ")
      .slice(0, length * 2),
  ]
    .slice(0, length)
    .join("")
    .toWellFormed()
    .trim();
}

function inRange(date: Date | null): Date | null {
  const year = date?.getUTCFullYear() ?? 0;
  return year >= 1 && year <= LAST_YEAR ? date : null;
}

function named(end: End): Mentioned[] {
  return end === null ? [] : [{ name: end, labels: [] }];
}
