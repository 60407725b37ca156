import { defineRoute } from "#lib/route.ts";
import { listUserSessions as listSessions } from "#lib/sessions/queries.ts";
import { listUserSessions, presentSession } from "#lib/zep/sessions.ts";

export const GET = defineRoute(listUserSessions, async ({ actor, params }) =>
  (await listSessions(actor, params.userId)).map(presentSession),
);
