import type { Tx } from "#lib/db/client.ts";
import { addClaims, type NewClaim } from "#lib/graph/claims.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { type Mentioned, nodesNamed } from "#lib/graph/names.ts";
import { derivedUuid } from "#lib/uuid.ts";
import type { Metadata } from "#lib/validation.ts";

/** One end of a fact by its name; null is the person whose graph it is, whatever a text calls them. */
export type End = string | null;

/** A fact that a text states. One that holds of its source alone has it for its target as well. */
export interface FoundFact {
  kind: "holds" | "ends";
  source: End;
  target: End;
  /** The relation, UPPER_SNAKE. */
  name: string;
  /** The fact as a sentence in the third person. */
  fact: string;
  /** Of these, one holds at a time. */
  single: boolean;
  validAt: Date | null;
  invalidAt: Date | null;
  /** 0 to 1. */
  confidence: number;
  attributes?: Metadata;
}

/** What an extractor draws from one episode. */
export interface Reading {
  extractor: "rules" | "model";
  nodes: Mentioned[];
  facts: FoundFact[];
}

/** Most of what one episode may leave in a graph: what is longer is a list that nobody reads as facts. */
const MOST_FACTS = 500;

/**
 * Keeps what was drawn from episodes: who and what they mention, and what they claim. What names nobody (the person in a
 * graph that is nobody's) is left out. @returns the slots to settle.
 */
export async function learn(tx: Tx, graph: LockedGraph, readings: Map<string, Reading>): Promise<string[]> {
  const mentioned = [...readings.values()].flatMap(({ nodes, facts }) => [
    ...nodes,
    ...facts.flatMap(({ source, target }) => [source, target]).flatMap((end) => named(end)),
  ]);
  const uuids = await nodesNamed(tx, graph, mentioned);
  const nodeOf = (end: End) => (end === null ? graph.centre : uuids.get(end));
  const claims: NewClaim[] = [];
  const mentions: { node: string; episode: string }[] = [];
  for (const [episodeUuid, { extractor, nodes, facts }] of readings) {
    const inEpisode = new Set(nodes.flatMap(({ name }) => uuids.get(name) ?? []));
    for (const [index, { source, target, ...fact }] of facts.slice(0, MOST_FACTS).entries()) {
      const sourceUuid = nodeOf(source);
      const targetUuid = nodeOf(target);
      if (!sourceUuid || !targetUuid) continue;
      inEpisode.add(sourceUuid).add(targetUuid);
      claims.push({
        ...fact,
        uuid: derivedUuid(episodeUuid, `claim ${index}`),
        episodeUuid,
        sourceUuid,
        targetUuid,
        extractor,
      });
    }
    mentions.push(...[...inEpisode].map((node) => ({ node, episode: episodeUuid })));
  }
  await addMentions(tx, graph, mentions);
  return addClaims(tx, graph, claims);
}

/** Notes which episodes mention which nodes. */
export async function addMentions(
  tx: Tx,
  { projectUuid, uuid: graphUuid }: LockedGraph,
  mentions: { node: string; episode: string }[],
): Promise<void> {
  if (mentions.length === 0) return;
  await tx.nodeEpisode.createMany({
    skipDuplicates: true,
    data: mentions.map(({ node, episode }) => ({ projectUuid, graphUuid, nodeUuid: node, episodeUuid: episode })),
  });
}

function named(end: End): Mentioned[] {
  return end === null ? [] : [{ name: end, labels: [] }];
}
