import { runInTransaction } from "#lib/db/client.ts";
import { inGraph } from "#lib/db/scope.ts";
import { embedTexts, MOST_TEXTS } from "#lib/embedding/ask.ts";
import type { EmbeddingLine } from "#lib/embedding/line.ts";
import { makeSketch } from "#lib/embedding/sketch.ts";
import { AppError } from "#lib/errors.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { listUnembedded, selectTexts, type Text } from "#lib/ingestion/unembedded.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A graph gives way to others after this many requests' worth of texts. */
const ROUNDS = 10;

/**
 * Makes the missing vectors of a graph, at most ten requests' worth. The model is asked outside any transaction; what was
 * deleted or reworded meanwhile gets no vector.
 * @returns how many were stored.
 * @throws ModelError as `embedTexts`.
 */
export async function embedGraph(graph: GraphKey, line: EmbeddingLine): Promise<number> {
  let stored = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const texts = await listUnembedded(graph, line.endpoint.model, MOST_TEXTS);
    if (texts.length === 0) break;
    const vectors = await embedTexts(
      texts.map(({ text }) => text),
      line,
    );
    const made = texts.map((text, index) => ({ ...text, vector: vectors[index] ?? [] }));
    const kept = await storeVectors(graph, line.endpoint.model, made);
    // If a whole round could not be stored, the next round would fail for the same reason.
    if (kept === 0) break;
    stored += kept;
  }
  return stored;
}

/** Stores vectors of texts that have not changed since. @returns how many; none when the graph is gone. */
async function storeVectors(graph: GraphKey, model: string, made: (Text & { vector: number[] })[]): Promise<number> {
  const [project, uuid] = [Prisma.sql`${graph.projectUuid}::uuid`, Prisma.sql`${graph.uuid}::uuid`];
  const uuids = made.map((one) => one.uuid);
  const current = selectTexts((alias) => inGraph(graph, alias), uuids);
  const given = JSON.stringify(made.map((one) => ({ ...one, sketch: makeSketch(one.vector) })));
  try {
    return await runInTransaction(async (tx) => {
      // Whoever deletes or changes something in the graph waits for this lock, and then finds the vector to delete.
      await lockGraph(tx, graph);
      return tx.$executeRaw`
        INSERT INTO embeddings (project_uuid, graph_uuid, kind, uuid, model, vector, sketch, digest)
        SELECT ${project}, ${uuid}, t.kind, t.uuid, ${model}, given.vector, given.sketch, t.digest
        FROM json_to_recordset(${given}::json) AS given (kind embedded_kind, uuid uuid, text text, vector real[], sketch varbit)
          JOIN ${current} t ON t.kind = given.kind AND t.uuid = given.uuid AND t.text = given.text
        ON CONFLICT (project_uuid, graph_uuid, kind, uuid) DO UPDATE SET model = excluded.model, vector = excluded.vector,
          sketch = excluded.sketch, digest = excluded.digest`;
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return 0;
    throw error;
  }
}
