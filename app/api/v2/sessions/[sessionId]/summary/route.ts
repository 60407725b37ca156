import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { listSummaries } from "#lib/zep/messages.ts";

export const GET = defineRoute(listSummaries, async ({ actor, params }) => {
  await getSessionRecord(actor, params.sessionId);
  return { summaries: [], total_count: 0, row_count: 0 };
});
