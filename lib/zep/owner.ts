import type { z } from "zod";
import { type GraphOwner, groupIdSchema } from "#lib/graph/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { optionalOrBlankSchema } from "#lib/zep/common.ts";

export const ownerFields = {
  user_id: optionalOrBlankSchema(userIdSchema),
  group_id: optionalOrBlankSchema(groupIdSchema),
  graph_id: optionalOrBlankSchema(groupIdSchema),
};

/** Exactly one of a person and a group (wire contract, 4.4); v3 calls the group a graph. */
export function parseOwner(
  body: { user_id?: string; group_id?: string; graph_id?: string },
  context: z.RefinementCtx,
): GraphOwner {
  const groupId = body.group_id ?? body.graph_id;
  if ((body.user_id === undefined) === (groupId === undefined))
    context.addIssue({
      code: "custom",
      path: ["user_id"],
      message: "Give exactly one of user_id and group_id (graph_id).",
    });
  return body.user_id === undefined ? { groupId: groupId ?? "" } : { userId: body.user_id };
}
