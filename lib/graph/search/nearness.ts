import { inGraph } from "#lib/db/scope.ts";
import type { GraphKey, GraphSearch } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** How far from `origins` a find may lie. */
const MOST_STEPS = 3;

/** Parts of a query that tell how near a find is. */
export interface Nearness {
  steps: Prisma.Sql;
  join: (ends: Prisma.Sql) => Prisma.Sql;
  condition: Prisma.Sql | null;
  order: Prisma.Sql;
}

const NOWHERE: Nearness = { steps: Prisma.empty, join: () => Prisma.empty, condition: null, order: Prisma.empty };

/** How many steps along facts a find lies from the centre or the origins, where the search names any. */
export function buildNearness(graph: GraphKey, search: GraphSearch): Nearness {
  const starts = [...(search.centerNode ? [search.centerNode] : []), ...search.origins];
  if (starts.length === 0) return NOWHERE;
  const steps = Prisma.sql`walk (node, step) AS (
      SELECT unnest(${starts}::uuid[]), 0
      UNION
      SELECT CASE WHEN e.source_uuid = walk.node THEN e.target_uuid ELSE e.source_uuid END, walk.step + 1
      FROM walk JOIN edges e ON ${inGraph(graph, "e")} AND walk.node IN (e.source_uuid, e.target_uuid)
      WHERE walk.step < ${MOST_STEPS}
    ), distance AS (SELECT node, min(step) AS step FROM walk GROUP BY node),`;
  return {
    steps,
    join: (ends) =>
      Prisma.sql`LEFT JOIN LATERAL (SELECT min(step) AS steps FROM distance WHERE node IN (${ends})) AS near ON TRUE`,
    condition: search.origins.length > 0 ? Prisma.sql`near.steps IS NOT NULL` : null,
    order: Prisma.sql`near.steps NULLS LAST,`,
  };
}
