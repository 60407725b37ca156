import { getNode } from "#lib/graph/queries.ts";
import { addNodes as add } from "#lib/graph/stating.ts";
import { defineRoute } from "#lib/route.ts";
import { addNodes } from "#lib/zep/graph-data.ts";
import { presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addNodes, async ({ actor, body, seed }) => {
  const uuids = await add(actor, body.owner, body.nodes, seed);
  return { nodes: await Promise.all(uuids.map(async (uuid) => presentNode(await getNode(actor, uuid)))) };
});
