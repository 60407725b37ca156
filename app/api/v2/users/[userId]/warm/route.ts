import { defineRoute } from "#lib/route.ts";
import { getUserRecord } from "#lib/users/queries.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { warmUser } from "#lib/zep/users.ts";

export const GET = defineRoute(warmUser, async ({ actor, params }) => {
  await getUserRecord(actor, params.userId);
  return SUCCESS;
});
