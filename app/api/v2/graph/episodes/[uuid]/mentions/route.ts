import { getMentions as find } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getMentions } from "#lib/zep/graph-items.ts";
import { presentEdge, presentNode } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getMentions, async ({ actor, params }) => {
  const { nodes, edges } = await find(actor, params.uuid);
  return { nodes: nodes.map(presentNode), edges: edges.map(presentEdge) };
});
