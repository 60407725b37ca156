import { defineRoute } from "#lib/route.ts";
import { countSessions, listSessionRecords } from "#lib/sessions/queries.ts";
import { listSessions, presentSessions, toSessionList } from "#lib/zep/sessions.ts";

export const GET = defineRoute(listSessions, async ({ actor, query }) => {
  const list = toSessionList(query);
  const [sessions, total] = await Promise.all([listSessionRecords(actor, list), countSessions(actor, list.filter)]);
  return presentSessions(sessions, total);
});
