import type { PgBoss } from "pg-boss";
import { getConfiguredEmbedding } from "#lib/embedding/endpoint.ts";
import { openLine } from "#lib/embedding/line.ts";
import { FIRST_GRAPH, type GraphKey } from "#lib/graph/schema.ts";
import { repeatEvery, type Worker } from "#lib/ingestion/every.ts";
import { EMBEDDING_QUEUE, enqueueGraphs } from "#lib/ingestion/queue.ts";
import { listUnembeddedGraphs } from "#lib/ingestion/unembedded.ts";
import { ModelError } from "#lib/llm/failure.ts";

/** How often it is looked for what has no vector, and among how many graphs at a time. */
const LOOK_EVERY = 5_000;
const LOOKED_AT = 200;
/**
 * After a failure the model is not asked for so many milliseconds. No text is lost, because the next check finds it again.
 */
const REST = 10_000;
/** A project without tokens gets none before midnight, unless someone allows it more. */
const BUDGET_REST = 300_000;
const FETCHING = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, localConcurrency: 2 };

interface EmbeddingWorker extends Worker {
  /** Has what is new in a graph read by the model, soon. */
  offer(graph: GraphKey): Promise<void>;
}

/**
 * Has an embedding model read what it has not read, in a queue of its own, so that nobody waits for it: what was just
 * worked off, and by and by every graph, as after a failure or when the model is new. @returns null when none is configured.
 */
export async function startEmbedding(boss: PgBoss): Promise<EmbeddingWorker | null> {
  const endpoint = getConfiguredEmbedding();
  if (!endpoint) return null;
  const { embedGraph } = await import("#lib/ingestion/embed-graph.ts");
  let resting = 0;
  const withoutTokens = new Map<string, number>();
  await boss.work<GraphKey>(EMBEDDING_QUEUE, FETCHING, async (jobs) => {
    for (const { data } of jobs) {
      if (Math.max(resting, withoutTokens.get(data.projectUuid) ?? 0) > Date.now()) continue;
      try {
        await embedGraph(data, openLine(data.projectUuid, endpoint));
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        if (error.code === "model_budget") withoutTokens.set(data.projectUuid, Date.now() + BUDGET_REST);
        else resting = Date.now() + REST;
        console.error("[embeddings]", error.code);
      }
    }
  });
  let after = FIRST_GRAPH;
  const looking = repeatEvery(LOOK_EVERY, async () => {
    if (resting > Date.now()) return;
    const { graphs, last } = await listUnembeddedGraphs(endpoint.model, after, LOOKED_AT);
    await enqueueGraphs(boss, EMBEDDING_QUEUE, graphs);
    after = last ?? FIRST_GRAPH;
  });
  return { offer: (graph) => enqueueGraphs(boss, EMBEDDING_QUEUE, [graph]), stop: looking.stop };
}
