import { listGraphFacts } from "#lib/graph/queries.ts";
import { LATEST_FACTS } from "#lib/graph/schema.ts";
import { defineRoute } from "#lib/route.ts";
import { listGroupFacts } from "#lib/zep/facts.ts";
import { presentFact } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(listGroupFacts, async ({ actor, params }) => ({
  facts: (await listGraphFacts(actor, params, LATEST_FACTS)).map(presentFact),
}));
