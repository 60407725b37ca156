import { eraseEdge } from "#lib/graph/edit/correct.ts";
import { getEdge } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { OK } from "#lib/zep/common.ts";
import { deleteFact, getFact } from "#lib/zep/facts.ts";
import { presentFact } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getFact, async ({ actor, params }) => ({
  fact: presentFact(await getEdge(actor, params.factUuid)),
}));

export const DELETE = defineRoute(deleteFact, async ({ actor, params }) => {
  await eraseEdge(actor, params.factUuid);
  return OK;
});
