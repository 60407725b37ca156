import { eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteThread, getThread, presentThread } from "#lib/zep/threads.ts";

export const GET = defineRoute(getThread, async ({ actor, params }) =>
  presentThread(await getSessionRecord(actor, params.threadId)),
);

export const DELETE = defineRoute(deleteThread, async ({ actor, params }) => {
  await eraseSessionById(actor, params.threadId);
  return SUCCESS;
});
