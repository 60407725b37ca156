import { eraseGroup, updateGroupFields } from "#lib/groups/mutations.ts";
import { getGroup as findGroup } from "#lib/groups/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteGraph, getGraph, presentGroup, updateGraph } from "#lib/zep/groups.ts";

export const GET = defineRoute(getGraph, async ({ actor, params }) =>
  presentGroup(await findGroup(actor, params.graphId)),
);

export const PATCH = defineRoute(updateGraph, async ({ actor, params, body }) =>
  presentGroup(await updateGroupFields(actor, params.graphId, body)),
);

export const DELETE = defineRoute(deleteGraph, async ({ actor, params }) => {
  await eraseGroup(actor, params.graphId);
  return SUCCESS;
});
