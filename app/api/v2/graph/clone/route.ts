import { cloneGraph as clone } from "#lib/graph/edit/copy.ts";
import { defineRoute } from "#lib/route.ts";
import { cloneGraph, presentCopy } from "#lib/zep/graph-data.ts";

/** A target that is not named is given an id of its own. */
export const POST = defineRoute(cloneGraph, async ({ actor, body, idempotencyKey }) => {
  if (body.sourceUser !== undefined) {
    const target = { userId: body.targetUser ?? idempotencyKey };
    await clone(actor, { userId: body.sourceUser }, target);
    return presentCopy(target);
  }
  const target = { groupId: body.targetGroup ?? idempotencyKey };
  await clone(actor, { groupId: body.sourceGroup }, target);
  return presentCopy(target);
});
