import { addNodes as add } from "#lib/graph/edit/state.ts";
import { defineRoute } from "#lib/route.ts";
import { addNodes } from "#lib/zep/graph-data.ts";
import { presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addNodes, async ({ actor, body, idempotencyKey }) => ({
  nodes: (await add(actor, body.owner, body.nodes, idempotencyKey)).map(presentNode),
}));
