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
import { inGraph, ofGraph, sameGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { EXTRACTORS } from "#lib/graph/terms.ts";
import { addClaims, listSlotsOfEpisodes, type NewClaim } from "#lib/graph/write/claims.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { addMentions, deleteUnmentionedNodes } from "#lib/graph/write/mentions.ts";
import { findOrMakeNodes } from "#lib/graph/write/names.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { generateUuid } from "#lib/uuid.ts";
import { Prisma, type Retraction } from "#prisma/client/client.ts";
import { ClaimKind } from "#prisma/client/enums.ts";

/** What somebody stated by hand, with the nodes by name: null is the person whose graph it is. */
interface StatedClaim extends Omit<NewClaim, "sourceUuid" | "targetUuid"> {
  sourceName: string | null;
  targetName: string | null;
}

/**
 * Moves what one conversation brought from one person's graph into another's. What was said is read again there, because
 * what it means depends on whose words it is. What was stated by hand stays, and what was deleted stays deleted.
 */
export async function moveSessionEpisodes(
  tx: Tx,
  from: LockedGraph,
  to: LockedGraph,
  sessionUuid: string,
): Promise<void> {
  const ofSession = Prisma.sql`session_uuid = ${sessionUuid}::uuid`;
  const episodes = await tx.episode.findMany({ where: { ...ofGraph(from), sessionUuid }, select: { uuid: true } });
  const uuids = episodes.map(({ uuid }) => uuid);
  const slots = await listSlotsOfEpisodes(tx, from, ofSession);
  const stated = await listStatedClaims(tx, from, uuids);
  const retractions = await takeRetractions(tx, from, uuids);
  const mentions = { ...ofGraph(from), episodeUuid: { in: uuids } };
  const nodes = await tx.nodeEpisode.findMany({ where: mentions, distinct: ["nodeUuid"], select: { nodeUuid: true } });
  await tx.claim.deleteMany({ where: mentions });
  await tx.nodeEpisode.deleteMany({ where: mentions });
  await tx.embedding.deleteMany({ where: { ...ofGraph(from), kind: "episode", uuid: { in: uuids } } });
  await tx.$executeRaw`
    UPDATE episodes SET graph_uuid = ${to.uuid}::uuid, failed_at = NULL, failure = NULL,
      processed_at = CASE WHEN source NOT IN ('message', 'text', 'json') THEN coalesce(processed_at, now()) END
    WHERE ${inGraph(from)} AND ${ofSession}`;
  const left = await rebuildFacts(tx, from, slots);
  await deleteUnmentionedNodes(
    tx,
    from,
    nodes.map(({ nodeUuid }) => nodeUuid),
  );
  await refreshSummary(tx, from, left);
  await restoreRetractions(tx, to, { retractions, moved: new Set(uuids), sessionUuid });
  await restateClaims(tx, to, stated);
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

function listStatedClaims(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<StatedClaim[]> {
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

/** Retractions tie two episodes of one graph together, so they are taken out before either moves. */
async function takeRetractions(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<Retraction[]> {
  const where = {
    ...ofGraph(graph),
    OR: [{ episodeUuid: { in: episodes } }, { ofEpisode: { in: episodes } }],
  };
  const retractions = await tx.retraction.findMany({ where });
  await tx.retraction.deleteMany({ where });
  return retractions;
}

interface MovedRetractions {
  retractions: Retraction[];
  moved: Set<string>;
  sessionUuid: string;
}

/** What was retracted of the moved episodes stays so; where the correction itself did not move, a new one stands for it. */
async function restoreRetractions(
  tx: Tx,
  graph: LockedGraph,
  { retractions, moved, sessionUuid }: MovedRetractions,
): Promise<void> {
  const kept = retractions.filter(({ ofEpisode }) => moved.has(ofEpisode));
  if (kept.length === 0) return;
  const correction = { uuid: generateUuid(), source: "correction" as const, content: "Facts were corrected." };
  if (kept.some(({ episodeUuid }) => !moved.has(episodeUuid))) {
    const episode = { ...correction, sourceDescription: "edited by hand", createdAt: new Date() };
    await appendEpisodes(tx, graph, [episode], sessionUuid);
  }
  await tx.retraction.createMany({
    skipDuplicates: true,
    data: kept.map((retraction) => ({
      ...retraction,
      ...ofGraph(graph),
      episodeUuid: moved.has(retraction.episodeUuid) ? retraction.episodeUuid : correction.uuid,
    })),
  });
}

async function restateClaims(tx: Tx, graph: LockedGraph, stated: StatedClaim[]): Promise<void> {
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
