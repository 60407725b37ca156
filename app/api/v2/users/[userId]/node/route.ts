import { getUserNode as findNode } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { presentNode } from "#lib/zep/graph-shapes.ts";
import { getUserNode } from "#lib/zep/users.ts";

export const GET = defineRoute(getUserNode, async ({ actor, params }) => ({
  node: presentNode(await findNode(actor, params.userId)),
}));
