import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { listSummaries, NO_SUMMARIES } from "#lib/zep/messages.ts";

export const GET = defineRoute(listSummaries, async ({ actor, params }) => {
  await getSessionRecord(actor, params.sessionId);
  return NO_SUMMARIES;
});
