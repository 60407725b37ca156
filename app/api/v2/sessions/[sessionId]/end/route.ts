import { defineRoute, needsModel } from "#lib/route.ts";
import { endSessions } from "#lib/sessions/mutations.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { endSession, presentSession } from "#lib/zep/sessions.ts";

export const POST = defineRoute(endSession, async ({ actor, params, body }) => {
  if (body.classify) needsModel("classify");
  await endSessions(actor, [params.sessionId]);
  return { session: presentSession(await getSessionRecord(actor, params.sessionId)) };
});
