import { defineRoute, refuseWithoutModel } from "#lib/route.ts";
import { endSession as end } from "#lib/sessions/mutations.ts";
import { endSession, presentSession } from "#lib/zep/sessions.ts";

export const POST = defineRoute(endSession, async ({ actor, params, body }) => {
  if (body.classify) refuseWithoutModel("classify");
  return { session: presentSession(await end(actor, params.sessionId)) };
});
