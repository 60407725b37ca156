import { recallMemory } from "#lib/memory/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getThreadContext } from "#lib/zep/threads.ts";

export const GET = defineRoute(getThreadContext, async ({ actor, params }) => ({
  context: (await recallMemory(actor, params.threadId)).context,
}));
