import { defineRoute } from "#lib/route.ts";
import { listUserSessions } from "#lib/sessions/queries.ts";
import { listUserThreads, presentThread } from "#lib/zep/threads.ts";

export const GET = defineRoute(listUserThreads, async ({ actor, params }) =>
  (await listUserSessions(actor, params.userId)).map(presentThread),
);
