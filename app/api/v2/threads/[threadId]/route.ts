import { defineRoute } from "#lib/route.ts";
import { eraseSessionById } from "#lib/sessions/erasure.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteThread } from "#lib/zep/threads.ts";

export const DELETE = defineRoute(deleteThread, async ({ actor, params }) => {
  await eraseSessionById(actor, params.threadId);
  return SUCCESS;
});
