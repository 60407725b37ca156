import { listFactsOfNode as listEdges } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listNodeEdges } from "#lib/zep/graph-items.ts";
import { presentEdge } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(listNodeEdges, async ({ actor, params }) =>
  (await listEdges(actor, params.nodeUuid)).map(presentEdge),
);
