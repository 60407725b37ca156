import { eraseNode } from "#lib/graph/edit/correct.ts";
import { updateNodeFields } from "#lib/graph/edit/mutations.ts";
import { getNode as findNode } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteNode, getNode, updateNode } from "#lib/zep/graph-items.ts";
import { presentNode } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getNode, async ({ actor, params }) =>
  presentNode(await findNode(actor, params.nodeUuid)),
);

export const PATCH = defineRoute(updateNode, async ({ actor, params, body }) =>
  presentNode(await updateNodeFields(actor, params.nodeUuid, body)),
);

export const DELETE = defineRoute(deleteNode, async ({ actor, params }) => {
  await eraseNode(actor, params.nodeUuid);
  return SUCCESS;
});
