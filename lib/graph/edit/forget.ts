import type { Tx } from "#lib/db/client.ts";
import { inGraph, ofGraph, ofProject } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { retell } from "#lib/graph/summary/refresh.ts";
import { slotsOfEpisodes } from "#lib/graph/write/claims.ts";
import { dropUnmentioned } from "#lib/graph/write/mentions.ts";
import { settle } from "#lib/graph/write/settle.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface Forgotten {
  episodes: number;
  facts: number;
  nodes: number;
}

/**
 * Removes these episodes with the facts and nodes that rest on them alone. What others support as well stays, what they
 * had ended runs on, and summaries are told anew.
 */
export async function forgetEpisodes(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<Forgotten> {
  if (episodes.length === 0) return { episodes: 0, facts: 0, nodes: 0 };
  return forget(tx, graph, Prisma.sql`uuid = ANY(${episodes}::uuid[])`);
}

/** Removes what a conversation brought into the graph, as `forgetEpisodes`. */
export async function forgetSession(tx: Tx, graph: LockedGraph, sessionUuid: string): Promise<Forgotten> {
  return forget(tx, graph, Prisma.sql`session_uuid = ${sessionUuid}::uuid`);
}

async function forget(tx: Tx, graph: LockedGraph, which: Prisma.Sql): Promise<Forgotten> {
  const own = inGraph(graph);
  const slots = await slotsOfEpisodes(tx, graph, which);
  const mentioned = await tx.$queryRaw<{ uuid: string }[]>`
    SELECT DISTINCT node_uuid AS uuid FROM node_episodes
    WHERE ${own} AND episode_uuid IN (SELECT uuid FROM episodes WHERE ${own} AND ${which})`;
  const episodes = await tx.$executeRaw`DELETE FROM episodes WHERE ${own} AND ${which}`;
  const settled = await settle(tx, graph, slots);
  const nodes = await dropUnmentioned(
    tx,
    graph,
    mentioned.map(({ uuid }) => uuid),
  );
  await retell(tx, graph, settled);
  return { episodes, facts: settled.gone.length, nodes };
}

/** Removes a graph with all that is in it, leaves first, so that the counts are real. */
export async function eraseGraph(tx: Tx, projectUuid: string, graphUuid: string): Promise<Forgotten> {
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
