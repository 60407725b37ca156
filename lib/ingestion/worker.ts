import { runInTransaction } from "#lib/db/client.ts";
import { readRows, TEXT } from "#lib/db/rows.ts";
import { env, getOwnerUrl } from "#lib/env.ts";
import type { Extractor } from "#lib/extraction/schema.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import { FIRST_GRAPH, type GraphKey } from "#lib/graph/schema.ts";
import { listNodesWithChanges, refreshSummary } from "#lib/graph/summary/refresh.ts";
import { startEmbedding } from "#lib/ingestion/embedding.ts";
import { repeatEvery, type Worker } from "#lib/ingestion/every.ts";
import { loadExtractors } from "#lib/ingestion/extractors.ts";
import { processWaitingEpisodes, rereadStaleEpisodes } from "#lib/ingestion/process-episodes.ts";
import { enqueueGraphs, GRAPH_QUEUE, makeQueue } from "#lib/ingestion/queue.ts";
import { listGraphsWithBacklog } from "#lib/ingestion/waiting-episodes.ts";

/**
 * How often all graphs are swept for episodes that wait. Each is queued with what is stored in it; the sweep makes sure
 * that none is missed, as when the queue itself was made anew.
 */
const SWEEP_EVERY = 10_000;
const MOST_AT_ONCE = 200;
/** A worker takes several graphs at a time and, while there are more, goes on without a pause. */
const FETCHING = {
  batchSize: 10,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
};
/** How often it is looked for facts that began or ended by themselves. */
const TURN_EVERY = 60_000;

/**
 * Works off episodes for as long as the process runs: graphs side by side, each in its own order, as many at once as
 * `LETHE_WORKERS` says. Any number of processes may do this; the queue gives each graph to one of them at a time.
 */
export async function startIngestion(): Promise<Worker> {
  const { LETHE_WORKERS } = env();
  const { extractorOf, rules } = await loadExtractors();
  const boss = makeQueue(getOwnerUrl(), true);
  await boss.start();
  const embedding = await startEmbedding(boss);
  await boss.work<GraphKey>(GRAPH_QUEUE, { ...FETCHING, localConcurrency: LETHE_WORKERS }, async (jobs) => {
    for (const { data } of jobs) {
      const { more } = await processWaitingEpisodes(data, extractorOf(data.projectUuid));
      if (more) await enqueueGraphs(boss, GRAPH_QUEUE, [data]);
      await embedding?.offer(data);
    }
  });
  let last = FIRST_GRAPH;
  const sweeping = repeatEvery(SWEEP_EVERY, async () => {
    const waiting = await listGraphsWithBacklog("waiting", last, MOST_AT_ONCE);
    // Starts again from the beginning after a full round, so that a graph that fails does not block the others.
    last = (waiting.length === MOST_AT_ONCE && waiting.at(-1)) || FIRST_GRAPH;
    await enqueueGraphs(boss, GRAPH_QUEUE, waiting);
  });
  const turning = repeatEvery(TURN_EVERY, refreshDueSummaries);
  const rereading = repeatEvery(REREAD_EVERY, async () => rereadWhileIdle(rules));
  return {
    async stop() {
      await Promise.all([sweeping.stop(), turning.stop(), rereading.stop(), embedding?.stop()]);
      await boss.stop({ graceful: true, timeout: 20_000 });
    },
  };
}

/** How often it is looked for what an older reader has read, and how much is read again before new messages are looked for. */
const REREAD_EVERY = 5_000;
const GRAPHS_AT_ONCE = 20;

/** Reads again what an older reader has read, a little at a time, for as long as nothing new waits. */
async function rereadWhileIdle(extractor: Extractor): Promise<void> {
  for (;;) {
    const stale = await listGraphsWithBacklog("stale", FIRST_GRAPH, GRAPHS_AT_ONCE);
    if (stale.length === 0) return;
    for (const graph of stale) {
      if ((await listGraphsWithBacklog("waiting", FIRST_GRAPH, 1)).length > 0) return;
      await rereadStaleEpisodes(graph, extractor);
    }
  }
}

/** Refreshes the summaries of graphs in which a fact began or ended with the passing of time. */
async function refreshDueSummaries(): Promise<void> {
  const due = await readRows({ projectUuid: TEXT, uuid: TEXT })`
    SELECT project_uuid AS "projectUuid", uuid FROM graphs WHERE summary_due_at <= now() ORDER BY summary_due_at LIMIT 200`;
  for (const key of due) {
    await runInTransaction(async (tx) => {
      const graph = await lockGraph(tx, key);
      await refreshSummary(tx, graph, { nodes: await listNodesWithChanges(tx, graph), gone: [] });
    });
  }
}
