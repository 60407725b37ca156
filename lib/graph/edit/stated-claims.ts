import type { Tx } from "#lib/db/client.ts";
import {
  BOOLEAN,
  METADATA,
  NUMBER,
  nullable,
  oneOf,
  optional,
  readRowsIn,
  type Shape,
  TEXT,
  TIME,
} from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { EXTRACTORS } from "#lib/graph/terms.ts";
import { addClaims, type NewClaim } from "#lib/graph/write/claims.ts";
import { addMentions } from "#lib/graph/write/mentions.ts";
import { findOrMakeNodes } from "#lib/graph/write/names.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { ClaimKind } from "#prisma/client/enums.ts";

/** What somebody stated by hand, with the nodes by name: null is the person whose graph it is. */
export interface StatedClaim extends Omit<NewClaim, "sourceUuid" | "targetUuid"> {
  sourceName: string | null;
  targetName: string | null;
}

const STATED_CLAIM_SHAPE: Shape<StatedClaim> = {
  sourceName: nullable(TEXT),
  targetName: nullable(TEXT),
  uuid: TEXT,
  name: TEXT,
  saidAt: optional(nullable(TIME)),
  fact: TEXT,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  expiredAt: optional(nullable(TIME)),
  confidence: NUMBER,
  extractor: oneOf(EXTRACTORS),
  attributes: optional(METADATA),
  edgeUuid: optional(TEXT),
  kind: oneOf(Object.values(ClaimKind)),
  single: BOOLEAN,
  episodeUuid: TEXT,
};

/** What these episodes state by hand, in its order. */
export function listStatedClaims(tx: Tx, graph: GraphKey, episodes: string[]): Promise<StatedClaim[]> {
  return readRowsIn(tx, STATED_CLAIM_SHAPE)`
    SELECT c.uuid, c.episode_uuid AS "episodeUuid", c.kind::text, c.name, c.fact, c.single, c.valid_at AS "validAt",
      c.invalid_at AS "invalidAt", c.expired_at AS "expiredAt", c.said_at AS "saidAt", c.confidence, c.extractor::text, c.attributes,
      CASE WHEN source.uuid <> c.graph_uuid THEN source.name END AS "sourceName",
      CASE WHEN target.uuid <> c.graph_uuid THEN target.name END AS "targetName"
    FROM claims c
    JOIN nodes source ON ${sameGraph("source", "c")} AND source.uuid = c.source_uuid
    JOIN nodes target ON ${sameGraph("target", "c")} AND target.uuid = c.target_uuid
    WHERE ${inGraph(graph, "c")} AND c.extractor = 'stated' AND c.episode_uuid = ANY(${episodes}::uuid[])
    ORDER BY c.episode_uuid, c.ordinal`;
}

/** States it in another graph, where the nodes are found by their names, or made. */
export async function restateClaims(tx: Tx, graph: LockedGraph, stated: StatedClaim[]): Promise<void> {
  if (stated.length === 0 || !graph.centre) return;
  const { centre } = graph;
  const names = [...new Set(stated.flatMap(({ sourceName, targetName }) => [sourceName, targetName]))];
  const mentioned = names.flatMap((name) => (name === null ? [] : [{ name, labels: [] }]));
  const nodes = await findOrMakeNodes(tx, graph, mentioned);
  const findNode = (name: string | null) => (name === null ? centre : (nodes.get(name) ?? centre));
  const claims = stated.map(({ sourceName, targetName, ...claim }) => ({
    ...claim,
    sourceUuid: findNode(sourceName),
    targetUuid: findNode(targetName),
  }));
  await addMentions(
    tx,
    graph,
    claims.flatMap(({ episodeUuid: episode, sourceUuid, targetUuid }) => [
      { node: sourceUuid, episode },
      { node: targetUuid, episode },
    ]),
  );
  await refreshSummary(tx, graph, await rebuildFacts(tx, graph, await addClaims(tx, graph, claims)));
}
