import { defineRoute } from "#lib/route.ts";
import { countSessions, listSessionRecords } from "#lib/sessions/queries.ts";
import { NO_SESSION_FILTER } from "#lib/sessions/schema.ts";
import { placeOf } from "#lib/zep/common.ts";
import { listSessions, presentSession } from "#lib/zep/sessions.ts";

export const GET = defineRoute(listSessions, async ({ actor, query }) => {
  const direction = query.asc ? "asc" : "desc";
  const list = { ...placeOf(query), sort: query.order_by ?? "created", direction, filter: NO_SESSION_FILTER } as const;
  const [sessions, total] = await Promise.all([
    listSessionRecords(actor, list),
    countSessions(actor, NO_SESSION_FILTER),
  ]);
  return { sessions: sessions.map(presentSession), total_count: total, response_count: sessions.length };
});
