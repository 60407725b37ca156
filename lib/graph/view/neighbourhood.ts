import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { listOf, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph } from "#lib/db/scope.ts";
import { getGraph, listFactsOfNode } from "#lib/graph/queries.ts";
import { listFactsWhere, listNodesWhere } from "#lib/graph/readers.ts";
import type { FactRecord, GraphOwner, NodeRow } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The nodes one fact away from a node, each with the facts between. @throws AppError `not_found`. */
export async function listNeighbours(actor: Actor, nodeUuid: string, limit: number) {
  authorize(actor, "graph:read");
  const edges = await listFactsOfNode(actor, nodeUuid);
  const between = Map.groupBy(edges, (edge) => (edge.sourceUuid === nodeUuid ? edge.targetUuid : edge.sourceUuid));
  between.delete(nodeUuid);
  const nodes = await listNodesWhere(
    actor,
    [Prisma.sql`n.uuid = ANY(${[...between.keys()]}::uuid[])`],
    undefined,
    limit,
  );
  return nodes.map((node) => ({ node, edges: between.get(node.uuid) ?? [] }));
}

/** What lies within so many facts of some nodes of one graph, at most as much as asked for. @throws AppError `not_found`. */
export async function getSubgraph(
  actor: Actor,
  owner: GraphOwner,
  { seeds, depth, mostNodes, mostEdges }: { seeds: string[]; depth: number; mostNodes: number; mostEdges: number },
): Promise<{ nodes: NodeRow[]; edges: FactRecord[]; truncated: boolean }> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  let reached = seeds;
  for (let step = 0; step < depth; step += 1) {
    const [found] = await readRowsIn(db(), { nodes: listOf(TEXT) })`
      SELECT coalesce(array_agg(DISTINCT end_uuid::text), '{}') AS nodes FROM edges, unnest(ARRAY[source_uuid, target_uuid]) AS end_uuid
      WHERE ${inGraph(graph)}
        AND (source_uuid = ANY(${reached}::uuid[]) OR target_uuid = ANY(${reached}::uuid[]))`;
    reached = [...new Set([...seeds, ...reached, ...(found?.nodes ?? [])])].slice(0, mostNodes + 1);
  }
  const nodes = await listNodesWhere(
    actor,
    [Prisma.sql`n.graph_uuid = ${graph.uuid}::uuid AND n.uuid = ANY(${reached}::uuid[])`],
    undefined,
    mostNodes + 1,
  );
  const kept = nodes.slice(0, mostNodes);
  const uuids = kept.map((node) => node.uuid);
  const ends = Prisma.sql`e.graph_uuid = ${graph.uuid}::uuid AND e.source_uuid = ANY(${uuids}::uuid[]) AND e.target_uuid = ANY(${uuids}::uuid[])`;
  const edges = await listFactsWhere(actor, [ends], undefined, mostEdges + 1);
  const truncated = nodes.length > mostNodes || edges.length > mostEdges;
  return { nodes: kept, edges: edges.slice(0, mostEdges), truncated };
}
