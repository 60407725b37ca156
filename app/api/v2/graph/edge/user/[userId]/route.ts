import { listGraphFacts } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listUserEdges, setCursor } from "#lib/zep/graph-lists.ts";
import { presentEdge } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(listUserEdges, async ({ actor, params, body, headers }) => {
  const edges = await listGraphFacts(actor, params, body);
  setCursor(headers, edges, body.limit);
  return edges.map(presentEdge);
});
