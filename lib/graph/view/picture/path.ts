import { readRows, TEXT } from "#lib/db/rows.ts";
import { MOST_STEPS } from "#lib/graph/view/picture/terms.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** Above this number of visited nodes the search stops, because a path through most of the graph explains nothing. */
const MOST_SEEN = 20_000;

/**
 * A shortest way along facts from one node to another, found a step at a time. `own` keeps edges `e` to one graph.
 * @returns both ends and what lies between; empty where there is none within MOST_STEPS.
 */
export async function findPath(own: Prisma.Sql, from: string, to: string): Promise<string[]> {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  let edge = [from];
  for (let step = 0; step < MOST_STEPS && edge.length > 0 && cameFrom.size < MOST_SEEN; step += 1) {
    const next = await readRows({ node: TEXT, via: TEXT })`
      SELECT DISTINCT ON (node) node, via FROM (
        SELECT e.target_uuid AS node, e.source_uuid AS via FROM edges e WHERE ${own} AND e.source_uuid = ANY(${edge}::uuid[])
        UNION ALL
        SELECT e.source_uuid, e.target_uuid FROM edges e WHERE ${own} AND e.target_uuid = ANY(${edge}::uuid[])
      ) reached ORDER BY node, via`;
    edge = [];
    for (const { node, via } of next) {
      if (cameFrom.has(node)) continue;
      cameFrom.set(node, via);
      edge.push(node);
    }
    if (cameFrom.has(to)) return walkBack(cameFrom, to);
  }
  return [];
}

function walkBack(cameFrom: Map<string, string | null>, to: string): string[] {
  const path = [to];
  for (let at = cameFrom.get(to); at; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
