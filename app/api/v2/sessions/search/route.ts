import { searchSessions as search } from "#lib/memory/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { DEFAULT_HITS, presentFound, searchSessions } from "#lib/zep/message-search.ts";

export const POST = defineRoute(searchSessions, async ({ actor, query, body }) =>
  presentFound(await search(actor, { ...body, limit: query.limit ?? DEFAULT_HITS })),
);
