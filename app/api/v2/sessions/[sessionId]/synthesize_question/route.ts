import { defineRoute, refuseWithoutModel } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { synthesizeQuestion } from "#lib/zep/messages.ts";

export const GET = defineRoute(synthesizeQuestion, async ({ actor, params }) => {
  await getSessionRecord(actor, params.sessionId);
  return refuseWithoutModel("synthesizing a question");
});
