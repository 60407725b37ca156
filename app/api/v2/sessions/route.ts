import { defineRoute } from "#lib/route.ts";
import { createSession } from "#lib/sessions/mutations.ts";
import { addSession, presentSession } from "#lib/zep/sessions.ts";

export const POST = defineRoute(addSession, async ({ actor, body, idempotencyKey }) =>
  presentSession(await createSession(actor, { ...body, uuid: idempotencyKey })),
);
