import type { Tx } from "#lib/db/client.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface Forgotten {
  episodes: number;
  facts: number;
  nodes: number;
}

/** Removes these episodes with the facts and nodes that rest on them alone; what others support as well stays. */
export async function forgetEpisodes(tx: Tx, graph: GraphKey, episodes: string[]): Promise<Forgotten> {
  if (episodes.length === 0) return { episodes: 0, facts: 0, nodes: 0 };
  return forget(tx, graph, Prisma.sql`uuid = ANY(${episodes}::uuid[])`);
}

/** Removes what a conversation brought into the graph, as `forgetEpisodes`. */
export async function forgetSession(tx: Tx, graph: GraphKey, sessionUuid: string): Promise<Forgotten> {
  return forget(tx, graph, Prisma.sql`session_uuid = ${sessionUuid}::uuid`);
}

async function forget(tx: Tx, { projectUuid, uuid }: GraphKey, which: Prisma.Sql): Promise<Forgotten> {
  const own = Prisma.sql`project_uuid = ${projectUuid}::uuid AND graph_uuid = ${uuid}::uuid`;
  const gone = Prisma.sql`(SELECT uuid FROM episodes WHERE ${own} AND ${which})`;
  const facts = await tx.$executeRaw`
    DELETE FROM edges WHERE ${own}
      AND uuid IN (SELECT edge_uuid FROM edge_episodes WHERE ${own} AND episode_uuid IN ${gone})
      AND NOT EXISTS (SELECT FROM edge_episodes other WHERE other.project_uuid = edges.project_uuid
        AND other.graph_uuid = edges.graph_uuid AND other.edge_uuid = edges.uuid AND other.episode_uuid NOT IN ${gone})`;
  // The node in the centre bears the graph's uuid and goes only with the person.
  const nodes = await tx.$executeRaw`
    DELETE FROM nodes WHERE ${own} AND uuid <> graph_uuid
      AND uuid IN (SELECT node_uuid FROM node_episodes WHERE ${own} AND episode_uuid IN ${gone})
      AND NOT EXISTS (SELECT FROM node_episodes other WHERE other.project_uuid = nodes.project_uuid
        AND other.graph_uuid = nodes.graph_uuid AND other.node_uuid = nodes.uuid AND other.episode_uuid NOT IN ${gone})
      AND NOT EXISTS (SELECT FROM edges e WHERE e.project_uuid = nodes.project_uuid AND e.graph_uuid = nodes.graph_uuid
        AND nodes.uuid IN (e.source_uuid, e.target_uuid))`;
  const episodes = await tx.$executeRaw`DELETE FROM episodes WHERE ${own} AND ${which}`;
  return { episodes, facts, nodes };
}

/** Removes a graph with all that is in it, leaves first, so that the counts are real. */
export async function eraseGraph(tx: Tx, projectUuid: string, graphUuid: string): Promise<Forgotten> {
  const where = { projectUuid, graphUuid };
  await tx.edgeEpisode.deleteMany({ where });
  await tx.nodeEpisode.deleteMany({ where });
  const facts = await tx.edge.deleteMany({ where });
  const nodes = await tx.node.deleteMany({ where });
  const episodes = await tx.episode.deleteMany({ where });
  await tx.graph.deleteMany({ where: { projectUuid, uuid: graphUuid } });
  return { episodes: episodes.count, facts: facts.count, nodes: nodes.count };
}

/** Removes a node with the facts it is an end of. */
export async function forgetNode(tx: Tx, { projectUuid, uuid: graphUuid }: GraphKey, uuid: string): Promise<Forgotten> {
  const where = { projectUuid, graphUuid };
  const facts = await tx.edge.deleteMany({ where: { ...where, OR: [{ sourceUuid: uuid }, { targetUuid: uuid }] } });
  const nodes = await tx.node.deleteMany({ where: { ...where, uuid } });
  return { episodes: 0, facts: facts.count, nodes: nodes.count };
}
