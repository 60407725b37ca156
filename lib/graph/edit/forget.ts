import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, ofGraph, ofProject } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { listSlotsOfEpisodes } from "#lib/graph/write/claims.ts";
import { deleteUnmentionedNodes } from "#lib/graph/write/mentions.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface ForgetCounts {
  episodes: number;
  facts: number;
  nodes: number;
}

/**
 * Removes these episodes with the facts and nodes that rest only on them. What other episodes support stays, facts that they
 * had ended hold again, and summaries are refreshed.
 */
export async function forgetEpisodes(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<ForgetCounts> {
  if (episodes.length === 0) return { episodes: 0, facts: 0, nodes: 0 };
  return forgetWhere(tx, graph, Prisma.sql`uuid = ANY(${episodes}::uuid[])`);
}

/** Removes what a conversation brought into the graph, as `forgetEpisodes`. */
export async function forgetSession(tx: Tx, graph: LockedGraph, sessionUuid: string): Promise<ForgetCounts> {
  return forgetWhere(tx, graph, Prisma.sql`session_uuid = ${sessionUuid}::uuid`);
}

async function forgetWhere(tx: Tx, graph: LockedGraph, which: Prisma.Sql): Promise<ForgetCounts> {
  const own = inGraph(graph);
  const slots = await listSlotsOfEpisodes(tx, graph, which);
  const mentioned = await readRowsIn(tx, { uuid: TEXT })`
    SELECT DISTINCT node_uuid AS uuid FROM node_episodes
    WHERE ${own} AND episode_uuid IN (SELECT uuid FROM episodes WHERE ${own} AND ${which})`;
  const episodes = await tx.$executeRaw`DELETE FROM episodes WHERE ${own} AND ${which}`;
  const settled = await rebuildFacts(tx, graph, slots);
  const nodes = await deleteUnmentionedNodes(
    tx,
    graph,
    mentioned.map(({ uuid }) => uuid),
  );
  await refreshSummary(tx, graph, settled);
  return { episodes, facts: settled.gone.length, nodes };
}

/** Removes a graph with all its rows, child tables first, so that the counts are exact. */
export async function eraseGraph(tx: Tx, projectUuid: string, graphUuid: string): Promise<ForgetCounts> {
  const where = ofGraph({ projectUuid, uuid: graphUuid });
  await tx.embedding.deleteMany({ where });
  await tx.summary.deleteMany({ where });
  await tx.retraction.deleteMany({ where });
  await tx.claim.deleteMany({ where });
  await tx.nodeEpisode.deleteMany({ where });
  await tx.nodeName.deleteMany({ where });
  const facts = await tx.edge.deleteMany({ where });
  const nodes = await tx.node.deleteMany({ where });
  const episodes = await tx.episode.deleteMany({ where });
  await tx.graph.deleteMany({ where: { ...ofProject({ projectUuid }), uuid: graphUuid } });
  return { episodes: episodes.count, facts: facts.count, nodes: nodes.count };
}
