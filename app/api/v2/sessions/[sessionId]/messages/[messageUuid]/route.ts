import { updateMessageMetadata } from "#lib/messages/mutations.ts";
import { getMessage as findMessage } from "#lib/messages/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { getMessage, presentMessage, updateMessage } from "#lib/zep/messages.ts";

export const GET = defineRoute(getMessage, async ({ actor, params }) => {
  const session = await getSessionRecord(actor, params.sessionId);
  return presentMessage(await findMessage(actor, params.messageUuid, session.uuid));
});

export const PATCH = defineRoute(updateMessage, async ({ actor, params, body }) =>
  presentMessage(await updateMessageMetadata(actor, params.messageUuid, body.metadata, params.sessionId)),
);
