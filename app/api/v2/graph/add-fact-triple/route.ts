import { stateFact } from "#lib/graph/edit/state.ts";
import { defineRoute } from "#lib/route.ts";
import { addFactTriple, presentStatedFact, toStatedFact } from "#lib/zep/graph-data.ts";

export const POST = defineRoute(addFactTriple, async ({ actor, body, idempotencyKey }) =>
  presentStatedFact(await stateFact(actor, body.owner, toStatedFact(body.triple, idempotencyKey))),
);
