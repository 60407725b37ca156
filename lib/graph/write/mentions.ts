import type { Tx } from "#lib/db/client.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { startReweaving } from "#lib/graph/write/reweaving.ts";

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

/** Removes those of these nodes that nothing speaks of any more. The node in the centre goes only with the person. */
export async function deleteUnmentionedNodes(tx: Tx, graph: GraphKey, nodes: string[]): Promise<number> {
  if (nodes.length === 0) return 0;
  await startReweaving(tx);
  return tx.$executeRaw`
    DELETE FROM nodes n WHERE ${inGraph(graph)} AND uuid <> graph_uuid
      AND uuid = ANY(${nodes}::uuid[])
      AND NOT EXISTS (SELECT FROM node_episodes m WHERE ${sameGraph("m", "n")}
        AND m.node_uuid = n.uuid)
      AND NOT EXISTS (SELECT FROM edges e WHERE ${sameGraph("e", "n")}
        AND n.uuid IN (e.source_uuid, e.target_uuid))`;
}
