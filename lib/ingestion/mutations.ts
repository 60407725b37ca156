import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { graphOf, ofGraph } from "#lib/db/scope.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";

/** Queues the failed episodes of a graph again. @returns how many episodes. @throws AppError `not_found`. */
export async function retryFailedEpisodes(actor: Actor, graphUuid: string): Promise<number> {
  authorize(actor, "graph:write");
  return runInTransaction(async (tx) => {
    const graph = await lockGraph(tx, { projectUuid: actor.projectUuid, uuid: graphUuid });
    const { count } = await tx.episode.updateMany({
      where: { ...ofGraph(graphOf(actor, graphUuid)), failedAt: { not: null } },
      data: { failedAt: null, failure: null },
    });
    if (count > 0) await recordGraphEvent(tx, actor, graph, "episodes.retried", { episodes: count });
    return count;
  });
}

/** The same for the graph of a person. @throws AppError `not_found`. */
export function retryFailedEpisodesOfUser(actor: Actor, { user }: { user: string }): Promise<number> {
  return retryFailedEpisodes(actor, user);
}

/**
 * Has everything in a graph read again, as after a change of extractor or of the kinds it looks for. What was drawn before
 * stays until its episode has been read; what people stated, corrected or deleted stays as they left it. @returns how many episodes. @throws AppError `not_found`.
 */
export async function rereadGraph(actor: Actor, graphUuid: string): Promise<number> {
  authorize(actor, "graph:write");
  return runInTransaction(async (tx) => {
    const graph = await lockGraph(tx, { projectUuid: actor.projectUuid, uuid: graphUuid });
    const { count } = await tx.episode.updateMany({
      where: { ...ofGraph(graphOf(actor, graphUuid)), source: { in: ["message", "text", "json"] } },
      data: { processedAt: null, failedAt: null, failure: null },
    });
    await recordGraphEvent(tx, actor, graph, "episodes.retried", { episodes: count });
    return count;
  });
}
