import { defineRoute } from "#lib/route.ts";
import { endSessions as end } from "#lib/sessions/mutations.ts";
import { endSessions, presentSession } from "#lib/zep/sessions.ts";

export const POST = defineRoute(endSessions, async ({ actor, body }) => ({
  sessions: (await end(actor, body.sessionIds)).map(presentSession),
}));
