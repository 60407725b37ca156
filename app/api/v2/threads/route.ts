import { defineRoute } from "#lib/route.ts";
import { createSession } from "#lib/sessions/mutations.ts";
import { countSessions, listSessionRecords } from "#lib/sessions/queries.ts";
import { toSessionList } from "#lib/zep/sessions.ts";
import { createThread, listThreads, presentThread, presentThreads } from "#lib/zep/threads.ts";

export const POST = defineRoute(createThread, async ({ actor, body, idempotencyKey }) =>
  presentThread(await createSession(actor, { ...body, uuid: idempotencyKey })),
);

export const GET = defineRoute(listThreads, async ({ actor, query }) => {
  const list = toSessionList(query);
  const [threads, total] = await Promise.all([listSessionRecords(actor, list), countSessions(actor, list.filter)]);
  return presentThreads(threads, total);
});
