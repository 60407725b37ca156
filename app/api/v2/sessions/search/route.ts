import { searchSessions as search } from "#lib/memory/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { presentFact } from "#lib/zep/graph-shapes.ts";
import { DEFAULT_HITS, presentMessage, searchSessions } from "#lib/zep/messages.ts";

export const POST = defineRoute(searchSessions, async ({ actor, query, body }) => {
  const found = await search(actor, {
    text: body.text,
    userId: body.user_id,
    sessionIds: body.session_ids,
    scope: body.search_scope ?? "facts",
    metadata: body.metadata ?? body.record_filter,
    limit: query.limit ?? DEFAULT_HITS,
    minScore: body.min_score ?? 0,
    minRating: body.min_fact_rating ?? null,
  });
  return {
    results: [
      ...found.facts.map((fact) => ({ fact: presentFact(fact), score: fact.score ?? 0 })),
      ...found.messages.map((hit) => ({ message: presentMessage(hit), score: hit.score, session_id: hit.sessionId })),
    ],
  };
});
