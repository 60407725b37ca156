import { inTransaction, rows } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import { FIRST_GRAPH, type GraphKey } from "#lib/graph/schema.ts";
import { retell, turnedNodes } from "#lib/graph/summary/refresh.ts";
import { startEmbedding } from "#lib/ingestion/embedding.ts";
import { every, type Worker } from "#lib/ingestion/every.ts";
import { extractorsByProject } from "#lib/ingestion/extractors.ts";
import { enqueue, GRAPHS, queueOf } from "#lib/ingestion/queue.ts";
import { listWaitingGraphs } from "#lib/ingestion/waiting.ts";
import { workOff } from "#lib/ingestion/working.ts";
import { Prisma } from "#prisma/client/client.ts";

/** How often it is looked for what waits. What waits stands in the table, so that nothing that is written can be forgotten. */
const LOOK_EVERY = 200;
const MOST_AT_ONCE = 200;
/** A worker takes several graphs at a time and, while there are more, goes on without a pause. */
const FETCHING = {
  batchSize: 10,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
};
/** How often it is looked for facts that began or ended by themselves. */
const TURN_EVERY = 60_000;

/**
 * Works off episodes for as long as the process runs: graphs side by side, each in its own order, as many at once as
 * `LETHE_WORKERS` says. Any number of processes may do this; the queue gives each graph to one of them at a time.
 */
export async function startWorker(): Promise<Worker> {
  const { DATABASE_URL, LETHE_WORKERS } = env();
  if (!DATABASE_URL) throw new Error("a worker needs a database");
  const extractorOf = await extractorsByProject();
  const boss = queueOf(DATABASE_URL, true);
  await boss.start();
  const embedding = await startEmbedding(boss);
  await boss.work<GraphKey>(GRAPHS, { ...FETCHING, localConcurrency: LETHE_WORKERS }, async (jobs) => {
    for (const { data } of jobs) {
      await workOff(data, extractorOf(data.projectUuid));
      await embedding?.offer(data);
    }
  });
  let last = FIRST_GRAPH;
  const looking = every(LOOK_EVERY, async () => {
    const waiting = await listWaitingGraphs(last, MOST_AT_ONCE);
    // From the beginning again once all have had their turn, so that a graph that fails keeps no other waiting.
    last = (waiting.length === MOST_AT_ONCE && waiting.at(-1)) || FIRST_GRAPH;
    await enqueue(boss, GRAPHS, waiting);
  });
  const turning = every(TURN_EVERY, retellDue);
  return {
    async stop() {
      await Promise.all([looking.stop(), turning.stop(), embedding?.stop()]);
      await boss.stop({ graceful: true, timeout: 20_000 });
    },
  };
}

/** Tells the summaries anew in which something began or ended by itself. */
async function retellDue(): Promise<void> {
  const due = await rows<GraphKey>(Prisma.sql`
    SELECT project_uuid AS "projectUuid", uuid FROM graphs WHERE summary_due_at <= now() ORDER BY summary_due_at LIMIT 200`);
  for (const key of due) {
    await inTransaction(async (tx) => {
      const graph = await lockGraph(tx, key);
      await retell(tx, graph, { nodes: await turnedNodes(tx, graph), gone: [] });
    });
  }
}
