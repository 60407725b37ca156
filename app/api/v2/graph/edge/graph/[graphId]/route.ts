import { listGraphFacts } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listGraphEdges, setCursor } from "#lib/zep/graph-lists.ts";
import { presentEdge } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(listGraphEdges, async ({ actor, params, body, headers }) => {
  const edges = await listGraphFacts(actor, { groupId: params.graphId }, body);
  setCursor(headers, edges, body.limit);
  return edges.map(presentEdge);
});
