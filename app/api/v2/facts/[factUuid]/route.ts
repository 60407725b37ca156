import { getFactRecord } from "#lib/graph/queries.ts";
import { eraseFact } from "#lib/privacy/erasure/parts.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteFact, getFact } from "#lib/zep/facts.ts";
import { presentFact } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getFact, async ({ actor, params }) => ({
  fact: presentFact(await getFactRecord(actor, params.factUuid)),
}));

export const DELETE = defineRoute(deleteFact, async ({ actor, params }) => {
  await eraseFact(actor, { uuid: params.factUuid });
  return SUCCESS;
});
