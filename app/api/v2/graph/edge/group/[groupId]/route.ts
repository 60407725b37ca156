import { listGraphFacts } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listGroupEdges, setCursor } from "#lib/zep/graph-lists.ts";
import { presentEdge } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(listGroupEdges, async ({ actor, params, body, headers }) => {
  const edges = await listGraphFacts(actor, params, body);
  setCursor(headers, edges, body.limit);
  return edges.map(presentEdge);
});
