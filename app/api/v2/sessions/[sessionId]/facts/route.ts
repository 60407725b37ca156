import { stateSessionFacts } from "#lib/graph/edit/state.ts";
import { listFactsOfSession } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { addSessionFacts, listSessionFacts, toStatedFacts } from "#lib/zep/facts.ts";
import { presentFact } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(listSessionFacts, async ({ actor, params, query }) => {
  const edges = await listFactsOfSession(actor, await getSessionRecord(actor, params.sessionId));
  const least = query.minRating ?? 0;
  return { facts: edges.filter(({ rating }) => (rating ?? 1) >= least).map(presentFact) };
});

export const POST = defineRoute(addSessionFacts, async ({ actor, params, body, idempotencyKey }) => {
  await stateSessionFacts(actor, params.sessionId, toStatedFacts(body.facts, idempotencyKey));
  return SUCCESS;
});
