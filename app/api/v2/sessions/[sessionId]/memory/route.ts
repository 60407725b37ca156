import { authorize } from "#lib/auth/permissions.ts";
import { recallMemory } from "#lib/memory/queries.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { addMemory, completeMessages, getMemory, presentMemory, readContextLimits } from "#lib/zep/messages.ts";
import { deleteSession } from "#lib/zep/sessions.ts";

/** How many messages there are when none are asked for (wire contract, 4.3). */
const LAST = 6;

export const POST = defineRoute(addMemory, async ({ actor, params, body, idempotencyKey }) => {
  if (body.returnContext) authorize(actor, "transcripts:read");
  await addMessages(actor, params.sessionId, completeMessages(body.messages, idempotencyKey), body.ignoredRoles);
  return body.returnContext ? { context: (await recallMemory(actor, params.sessionId)).context } : {};
});

export const GET = defineRoute(getMemory, async ({ actor, params, query }) => {
  const { lastn, minRating, ...limits } = query;
  const asked = { last: lastn || LAST, minRating, limits: readContextLimits(limits) };
  return presentMemory(await recallMemory(actor, params.sessionId, asked));
});

export const DELETE = defineRoute(deleteSession, async ({ actor, params }) => {
  await eraseSessionById(actor, params.sessionId);
  return SUCCESS;
});
