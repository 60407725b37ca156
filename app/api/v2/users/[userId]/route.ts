import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { updateUserFields } from "#lib/users/mutations.ts";
import { getUserRecord } from "#lib/users/queries.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteUser, getUser, presentUser, updateUser } from "#lib/zep/users.ts";

export const GET = defineRoute(getUser, async ({ actor, params }) =>
  presentUser(await getUserRecord(actor, params.userId)),
);

export const PATCH = defineRoute(updateUser, async ({ actor, params, body }) =>
  presentUser(await updateUserFields(actor, params.userId, body)),
);

export const DELETE = defineRoute(deleteUser, async ({ actor, params }) => {
  await eraseUserById(actor, params.userId);
  return SUCCESS;
});
