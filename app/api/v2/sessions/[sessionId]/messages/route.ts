import { listMessageStates } from "#lib/messages/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { DEFAULT_SIZE } from "#lib/zep/common.ts";
import { listMessages, presentMessages } from "#lib/zep/messages.ts";

export const GET = defineRoute(listMessages, async ({ actor, params, query }) => {
  const session = await getSessionRecord(actor, params.sessionId);
  const place = { page: query.cursor || 1, size: query.limit ?? DEFAULT_SIZE };
  const messages = await listMessageStates(actor, session, place);
  return presentMessages(messages, session.messageCount);
});
