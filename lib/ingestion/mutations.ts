import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction, type Tx } from "#lib/db/client.ts";
import { slotsOfEpisodes } from "#lib/graph/claims.ts";
import { type LockedGraph, lockGraph } from "#lib/graph/lock.ts";
import { note } from "#lib/graph/note.ts";
import { settle } from "#lib/graph/settle.ts";
import { retell } from "#lib/graph/summary.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Puts back in line what was set aside in a graph. @returns how many episodes. @throws AppError `not_found`. */
export async function retrySetAside(actor: Actor, graphUuid: string): Promise<number> {
  authorize(actor, "graph:write");
  return inTransaction(async (tx) => {
    const graph = await lockGraph(tx, { projectUuid: actor.projectUuid, uuid: graphUuid });
    const { count } = await tx.episode.updateMany({
      where: { projectUuid: actor.projectUuid, graphUuid, failedAt: { not: null } },
      data: { failedAt: null, failure: null },
    });
    if (count > 0) await note(tx, actor, graph, "episodes.retried", { episodes: count });
    return count;
  });
}

/**
 * Has everything in a graph read again, as after a change of extractor or of the kinds it looks for. What was drawn before
 * goes; what people stated, corrected or deleted stays as they left it. @returns how many episodes. @throws AppError `not_found`.
 */
export async function rereadGraph(actor: Actor, graphUuid: string): Promise<number> {
  authorize(actor, "graph:write");
  return inTransaction(async (tx) => {
    const graph = await lockGraph(tx, { projectUuid: actor.projectUuid, uuid: graphUuid });
    const count = await unread(tx, graph);
    await note(tx, actor, graph, "episodes.retried", { episodes: count });
    return count;
  });
}

async function unread(tx: Tx, graph: LockedGraph): Promise<number> {
  const own = Prisma.sql`project_uuid = ${graph.projectUuid}::uuid AND graph_uuid = ${graph.uuid}::uuid`;
  const drawn = Prisma.sql`source IN ('message', 'text', 'json')`;
  const slots = await slotsOfEpisodes(tx, graph, drawn);
  const episodes = Prisma.sql`episode_uuid IN (SELECT uuid FROM episodes WHERE ${own} AND ${drawn})`;
  await tx.$executeRaw`DELETE FROM claims WHERE ${own} AND ${episodes}`;
  await tx.$executeRaw`DELETE FROM node_episodes WHERE ${own} AND ${episodes}`;
  await retell(tx, graph, await settle(tx, graph, slots));
  await tx.$executeRaw`
    DELETE FROM nodes n WHERE ${own} AND uuid <> graph_uuid
      AND NOT EXISTS (SELECT FROM node_episodes m WHERE m.project_uuid = n.project_uuid AND m.graph_uuid = n.graph_uuid AND m.node_uuid = n.uuid)
      AND NOT EXISTS (SELECT FROM edges e WHERE e.project_uuid = n.project_uuid AND e.graph_uuid = n.graph_uuid AND n.uuid IN (e.source_uuid, e.target_uuid))
      AND NOT EXISTS (SELECT FROM node_names a WHERE a.project_uuid = n.project_uuid AND a.graph_uuid = n.graph_uuid AND a.node_uuid = n.uuid
        AND a.key <> lethe_key(n.name))`;
  return tx.$executeRaw`UPDATE episodes SET processed_at = NULL, failed_at = NULL, failure = NULL WHERE ${own} AND ${drawn}`;
}
