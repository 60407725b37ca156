import { eraseGroup, updateGroupFields } from "#lib/groups/mutations.ts";
import { getGroup as findGroup } from "#lib/groups/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteGroup, getGroup, presentGroup, updateGroup } from "#lib/zep/groups.ts";

export const GET = defineRoute(getGroup, async ({ actor, params }) =>
  presentGroup(await findGroup(actor, params.groupId)),
);

export const PATCH = defineRoute(updateGroup, async ({ actor, params, body }) =>
  presentGroup(await updateGroupFields(actor, params.groupId, body)),
);

export const DELETE = defineRoute(deleteGroup, async ({ actor, params }) => {
  await eraseGroup(actor, params.groupId);
  return SUCCESS;
});
