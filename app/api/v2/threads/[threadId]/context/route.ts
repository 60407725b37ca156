import { recallMemory } from "#lib/memory/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { readContextLimits } from "#lib/zep/messages.ts";
import { getThreadContext } from "#lib/zep/threads.ts";

export const GET = defineRoute(getThreadContext, async ({ actor, params, query }) => ({
  context: (await recallMemory(actor, params.threadId, { limits: readContextLimits(query) })).context,
}));
