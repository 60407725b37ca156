import { listOf, NUMBER, readRows, type Shape, TEXT } from "#lib/db/rows.ts";
import { inGraph } from "#lib/db/scope.ts";
import { getConfiguredEmbedding } from "#lib/embedding/endpoint.ts";
import { makeSketch } from "#lib/embedding/sketch.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What of a graph has vectors. */
type Kind = "edge" | "node" | "episode";

/** Something that means much the same as a question. */
export interface Similar {
  uuid: string;
  /** 0.3 to 1. */
  cosine: number;
}

/** What is less alike than this has little to do with each other, in any model's view. */
const LEAST_COSINE = Prisma.sql`0.3`;
/** Of how many the cosine is worked out: those whose signs differ least. A smaller graph is looked at in full. */
const NEAREST = Prisma.sql`300`;

const SIMILAR_SHAPE: Shape<Similar> = { uuid: TEXT, cosine: NUMBER };

/**
 * What of a graph means much the same as a question, the most alike first. Only vectors of the configured model are
 * compared. @returns null where no model is configured or it cannot be asked now, so that words alone have to find.
 */
export async function findSimilar(graph: GraphKey, kind: Kind, query: string): Promise<Similar[] | null> {
  const endpoint = getConfiguredEmbedding();
  if (!endpoint) return null;
  const { findQueryVector } = await import("#lib/embedding/query-vector.ts");
  const vector = await findQueryVector(endpoint, graph.projectUuid, query);
  if (!vector) return null;
  const sketch = makeSketch(vector);
  return readRows(SIMILAR_SHAPE)`
    WITH nearest AS MATERIALIZED (
      SELECT uuid FROM embeddings v WHERE ${restrictToGraph(graph, kind)} AND model = ${endpoint.model} AND length(sketch) = ${vector.length}
      ORDER BY CASE length(sketch) WHEN ${vector.length} THEN bit_count(sketch # ${sketch}::varbit) END LIMIT ${NEAREST}
    ), compared AS MATERIALIZED (
      SELECT uuid, (SELECT sum(a * b) FROM unnest(v.vector, ${vector}::real[]) AS pair (a, b))::float8 AS cosine
      FROM nearest JOIN embeddings v USING (uuid) WHERE ${restrictToGraph(graph, kind)}
    )
    SELECT uuid, least(cosine, 1) AS cosine FROM compared WHERE cosine >= ${LEAST_COSINE} ORDER BY cosine DESC, uuid`;
}

/** The vectors of these, as far as the configured model has made any; none where there is no model. */
export async function findVectors(graph: GraphKey, kind: Kind, uuids: string[]): Promise<Map<string, number[]>> {
  const endpoint = getConfiguredEmbedding();
  if (!endpoint || uuids.length === 0) return new Map();
  const found = await readRows({ uuid: TEXT, vector: listOf(NUMBER) })`
    SELECT uuid, vector FROM embeddings v
    WHERE ${restrictToGraph(graph, kind)} AND model = ${endpoint.model} AND uuid = ANY(${uuids}::uuid[]) AND cardinality(vector) > 0`;
  return new Map(found.map(({ uuid, vector }) => [uuid, vector]));
}

function restrictToGraph(graph: GraphKey, kind: Kind): Prisma.Sql {
  return Prisma.sql`${inGraph(graph, "v")} AND v.kind = ${kind}::embedded_kind`;
}
