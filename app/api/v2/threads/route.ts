import { defineRoute } from "#lib/route.ts";
import { createSession } from "#lib/sessions/mutations.ts";
import { countSessions, listSessionRecords } from "#lib/sessions/queries.ts";
import { sessionsAsked } from "#lib/zep/sessions.ts";
import { createThread, listThreads, presentThread } from "#lib/zep/threads.ts";

export const POST = defineRoute(createThread, async ({ actor, body, seed }) =>
  presentThread(await createSession(actor, { ...body, uuid: seed })),
);

export const GET = defineRoute(listThreads, async ({ actor, query }) => {
  const list = sessionsAsked(query);
  const [threads, total] = await Promise.all([listSessionRecords(actor, list), countSessions(actor, list.filter)]);
  return { threads: threads.map(presentThread), total_count: total, response_count: threads.length };
});
