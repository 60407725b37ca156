import { defineRoute, refuseWithoutModel } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { extractData } from "#lib/zep/messages.ts";

export const POST = defineRoute(extractData, async ({ actor, params }) => {
  await getSessionRecord(actor, params.sessionId);
  return refuseWithoutModel("extract");
});
