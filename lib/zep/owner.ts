import { z } from "zod";
import { type GraphOwner, groupIdSchema } from "#lib/graph/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { maybe } from "#lib/zep/common.ts";

export const blank = z.literal("").transform(() => undefined);
export const ownerFields = {
  user_id: maybe(z.union([blank, userIdSchema])),
  group_id: maybe(z.union([blank, groupIdSchema])),
  graph_id: maybe(z.union([blank, groupIdSchema])),
};

/** Exactly one of a person and a group (wire contract, 4.4); v3 calls the group a graph. */
export function ownerOf(
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
