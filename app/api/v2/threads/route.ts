import { defineRoute } from "#lib/route.ts";
import { createSession } from "#lib/sessions/mutations.ts";
import { countSessions, listSessionRecords } from "#lib/sessions/queries.ts";
import { NO_SESSION_FILTER } from "#lib/sessions/schema.ts";
import { placeOf } from "#lib/zep/common.ts";
import { createThread, listThreads, presentThread } from "#lib/zep/threads.ts";

export const POST = defineRoute(createThread, async ({ actor, body, seed }) =>
  presentThread(await createSession(actor, { ...body, uuid: seed })),
);

export const GET = defineRoute(listThreads, async ({ actor, query }) => {
  const direction = query.asc ? "asc" : "desc";
  const list = { ...placeOf(query), sort: query.order_by ?? "created", direction, filter: NO_SESSION_FILTER } as const;
  const [threads, total] = await Promise.all([
    listSessionRecords(actor, list),
    countSessions(actor, NO_SESSION_FILTER),
  ]);
  return { threads: threads.map(presentThread), total_count: total, response_count: threads.length };
});
