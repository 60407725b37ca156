import { listNeighbours as find } from "#lib/graph/view/neighbourhood.ts";
import { defineRoute } from "#lib/route.ts";
import { DEFAULT_SIZE } from "#lib/zep/common.ts";
import { listNeighbors } from "#lib/zep/graph-items.ts";
import { presentEdge, presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(listNeighbors, async ({ actor, params, body }) => {
  const neighbours = await find(actor, params.nodeUuid, body.limit ?? DEFAULT_SIZE);
  return neighbours.map(({ node, edges }) => ({ node: presentNode(node), edges: edges.map(presentEdge) }));
});
