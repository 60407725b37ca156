import { NUMBER, readRows, TEXT } from "#lib/db/rows.ts";
import { inGraph } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * How well nodes answer a question by the words of their name and summary, 0 to 1, by their uuids: ts_rank without length
 * normalisation, which hurts recall.
 */
export async function scoreNodes(graph: GraphKey, query: string): Promise<Map<string, number>> {
  const terms = Prisma.sql`lethe_terms(n.name || ' ' || n.summary)`;
  const found = await readRows({ uuid: TEXT, score: NUMBER })`
    SELECT n.uuid, ts_rank(${terms}, lethe_any_term(${query}), 32)::float8 AS score FROM nodes n
    WHERE ${inGraph(graph, "n")} AND ${terms} @@ lethe_any_term(${query})`;
  return new Map(found.map(({ uuid, score }) => [uuid, score]));
}
