import { getSubgraph as find } from "#lib/graph/view/neighbourhood.ts";
import { defineRoute } from "#lib/route.ts";
import { getSubgraph } from "#lib/zep/graph-search.ts";
import { presentEdge, presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(getSubgraph, async ({ actor, body }) => {
  const { nodes, edges, truncated } = await find(actor, body.owner, body);
  return { nodes: nodes.map(presentNode), edges: edges.map(presentEdge), truncated };
});
