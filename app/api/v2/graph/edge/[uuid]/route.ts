import { updateFactFields } from "#lib/graph/edit/correct.ts";
import { getFactRecord as findEdge } from "#lib/graph/queries.ts";
import { eraseFact } from "#lib/privacy/erasure/parts.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteEdge, getEdge, updateEdge } from "#lib/zep/graph-items.ts";
import { presentEdge } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getEdge, async ({ actor, params }) => presentEdge(await findEdge(actor, params.uuid)));

export const PATCH = defineRoute(updateEdge, async ({ actor, params, body }) =>
  presentEdge(await updateFactFields(actor, params.uuid, body)),
);

export const DELETE = defineRoute(deleteEdge, async ({ actor, params }) => {
  await eraseFact(actor, { uuid: params.uuid });
  return SUCCESS;
});
