import { eraseEdge, patchEdge } from "#lib/graph/edit/correct.ts";
import { getEdge as findEdge } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { OK } from "#lib/zep/common.ts";
import { deleteEdge, getEdge, updateEdge } from "#lib/zep/graph-items.ts";
import { presentEdge } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getEdge, async ({ actor, params }) => presentEdge(await findEdge(actor, params.uuid)));

export const PATCH = defineRoute(updateEdge, async ({ actor, params, body }) =>
  presentEdge(await patchEdge(actor, params.uuid, body)),
);

export const DELETE = defineRoute(deleteEdge, async ({ actor, params }) => {
  await eraseEdge(actor, params.uuid);
  return OK;
});
