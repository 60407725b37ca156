import { stateFact } from "#lib/graph/edit/state.ts";
import { defineRoute } from "#lib/route.ts";
import { addFactTriple, toStatedFact } from "#lib/zep/graph-data.ts";
import { presentEdge, presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addFactTriple, async ({ actor, body, idempotencyKey }) => {
  const { edge, source, target } = await stateFact(actor, body.owner, toStatedFact(body.triple, idempotencyKey));
  return { edge: presentEdge(edge), source_node: presentNode(source), target_node: presentNode(target) };
});
