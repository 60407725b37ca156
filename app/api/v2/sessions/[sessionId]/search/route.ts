import { searchMessages } from "#lib/messages/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { DEFAULT_HITS, presentHit, searchSession } from "#lib/zep/message-search.ts";

export const POST = defineRoute(searchSession, async ({ actor, params, query, body }) => {
  const session = await getSessionRecord(actor, params.sessionId);
  if (!body.text || body.scope !== "messages") return [];
  const hits = await searchMessages(
    actor,
    { sessionUuids: [session.uuid], metadata: body.metadata },
    body.text,
    query.limit ?? DEFAULT_HITS,
  );
  return hits.filter((hit) => hit.score >= body.minScore).map(presentHit);
});
