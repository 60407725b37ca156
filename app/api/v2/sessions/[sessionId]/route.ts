import { defineRoute } from "#lib/route.ts";
import { updateSessionFields } from "#lib/sessions/mutations.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { getSession, presentSession, updateSession } from "#lib/zep/sessions.ts";

export const GET = defineRoute(getSession, async ({ actor, params }) =>
  presentSession(await getSessionRecord(actor, params.sessionId)),
);

export const PATCH = defineRoute(updateSession, async ({ actor, params, body }) =>
  presentSession(await updateSessionFields(actor, params.sessionId, body)),
);
