import { defineRoute, refuseWithoutModel } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { classifySession } from "#lib/zep/messages.ts";

export const POST = defineRoute(classifySession, async ({ actor, params }) => {
  await getSessionRecord(actor, params.sessionId);
  return refuseWithoutModel("classify");
});
