import { listNodes } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listUserNodes, setCursor } from "#lib/zep/graph-lists.ts";
import { presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(listUserNodes, async ({ actor, params, body, headers }) => {
  const nodes = await listNodes(actor, params, body);
  setCursor(headers, nodes, body.limit);
  return nodes.map(presentNode);
});
