import type { Tx } from "#lib/db/client.ts";
import { inGraph, inProject, ofGraph } from "#lib/db/scope.ts";
import { listStatedClaims, restateClaims } from "#lib/graph/edit/stated-claims.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { listSlotsOfEpisodes } from "#lib/graph/write/claims.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { deleteUnmentionedNodes } from "#lib/graph/write/mentions.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { startReweaving } from "#lib/graph/write/reweaving.ts";
import { generateUuid } from "#lib/uuid.ts";
import { Prisma, type Retraction } from "#prisma/client/client.ts";

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
  await startReweaving(tx);
  await tx.claim.deleteMany({ where: mentions });
  await tx.nodeEpisode.deleteMany({ where: mentions });
  await tx.embedding.deleteMany({ where: { ...ofGraph(from), kind: "episode", uuid: { in: uuids } } });
  await tx.$executeRaw`
    UPDATE episodes SET graph_uuid = ${to.uuid}::uuid, failed_at = NULL, failure = NULL,
      processed_at = CASE WHEN source NOT IN ('message', 'text', 'json') THEN coalesce(processed_at, now()) END
    WHERE ${inGraph(from)} AND ${ofSession}`;
  // Copies that were made of it before are copies of what is the other's now.
  await tx.$executeRaw`
    UPDATE episodes SET origin_graph = ${to.uuid}::uuid
    WHERE ${inProject(from)} AND origin_graph = ${from.uuid}::uuid AND origin_uuid = ANY(${uuids}::uuid[])`;
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
