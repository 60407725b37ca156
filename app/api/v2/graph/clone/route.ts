import { cloneGraph as clone } from "#lib/graph/edit/copy.ts";
import { defineRoute } from "#lib/route.ts";
import { cloneGraph } from "#lib/zep/graph-data.ts";

/** A target that is not named is given an id of its own. */
export const POST = defineRoute(cloneGraph, async ({ actor, body, idempotencyKey }) => {
  if (body.sourceUser !== undefined) {
    const userId = body.targetUser ?? idempotencyKey;
    await clone(actor, { userId: body.sourceUser }, { userId });
    return { user_id: userId };
  }
  const groupId = body.targetGroup ?? idempotencyKey;
  await clone(actor, { groupId: body.sourceGroup }, { groupId });
  return { group_id: groupId, graph_id: groupId };
});
