import { authorize } from "#lib/auth/permissions.ts";
import { recallMemory } from "#lib/memory/queries.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { listLastMessages, listMessageStates } from "#lib/messages/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { DEFAULT_SIZE } from "#lib/zep/common.ts";
import { completeMessages } from "#lib/zep/messages.ts";
import { addThreadMessages, listThreadMessages, presentAdded, presentThreadMessages } from "#lib/zep/threads.ts";

export const POST = defineRoute(addThreadMessages, async ({ actor, params, body, idempotencyKey }) => {
  if (body.returnContext) authorize(actor, "transcripts:read");
  const messages = completeMessages(body.messages, idempotencyKey);
  await addMessages(actor, params.threadId, messages, body.ignoredRoles);
  const context = body.returnContext ? (await recallMemory(actor, params.threadId)).context : undefined;
  return presentAdded(messages, context);
});

export const GET = defineRoute(listThreadMessages, async ({ actor, params, query }) => {
  const session = await getSessionRecord(actor, params.threadId);
  const place = { page: query.cursor || 1, size: query.limit ?? DEFAULT_SIZE };
  const messages = await (query.lastn
    ? listLastMessages(actor, session, query.lastn)
    : listMessageStates(actor, session, place));
  return presentThreadMessages(session, messages);
});
