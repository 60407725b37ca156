import { listNodes } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listGraphNodes, setCursor } from "#lib/zep/graph-lists.ts";
import { presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(listGraphNodes, async ({ actor, params, body, headers }) => {
  const nodes = await listNodes(actor, { groupId: params.graphId }, body);
  setCursor(headers, nodes, body.limit);
  return nodes.map(presentNode);
});
