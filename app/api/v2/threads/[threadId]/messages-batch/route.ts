import { authorize } from "#lib/auth/permissions.ts";
import { recallMemory } from "#lib/memory/queries.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { completeMessages } from "#lib/zep/messages.ts";
import { addThreadMessagesBatch, presentAdded } from "#lib/zep/threads.ts";

export const POST = defineRoute(addThreadMessagesBatch, async ({ actor, params, body, idempotencyKey }) => {
  if (body.returnContext) authorize(actor, "transcripts:read");
  const messages = completeMessages(body.messages, idempotencyKey);
  await addMessages(actor, params.threadId, messages, body.ignoredRoles);
  const context = body.returnContext ? (await recallMemory(actor, params.threadId)).context : undefined;
  return presentAdded(messages, context);
});
