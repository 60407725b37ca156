import { PgBoss } from "pg-boss";
import type { GraphKey } from "#lib/graph/schema.ts";

/** The queue's own tables live beside the product's, in a schema of their own. */
const SCHEMA = "lethe_queue";
/**
 * One job is one graph with episodes that wait; only the `episodes` table says which ones. A trigger of that table queues
 * the graph in the transaction that stores an episode.
 */
export const GRAPH_QUEUE = "graphs";
/** One job is one graph with texts that an embedding model has not read. */
export const EMBEDDING_QUEUE = "embeddings";

const QUEUES = [
  // What is stored while its graph is worked on must not be overlooked: one more job waits behind the one at work. Workers
  // ask for jobs by themselves, because a notification would make the transactions that store wait for each other.
  { name: GRAPH_QUEUE, policy: "stately", notify: false },
  { name: EMBEDDING_QUEUE, policy: "exclusive", notify: true },
] as const;

/** A worker that is gone for this long has lost its graph to the next one. */
const HEARTBEAT = 10;
const CONNECTIONS = 4;

/** The queue of this database, not yet started. The library makes tables of its own day by day, so it connects as their owner. @param tends whether it looks after jobs whose worker is gone. */
export function makeQueue(url: string, tends: boolean): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    max: CONNECTIONS,
    supervise: tends,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 60,
    schedule: false,
    migrate: true,
    useListenNotify: tends,
  });
  // A lost connection is opened anew by the library; its message may repeat a statement and is not logged.
  boss.on("error", (error) => console.error("[queue]", error.name));
  return boss;
}

/**
 * Makes the queues and their tables, where they are missing or as an earlier version made them. A graph is worked on once at
 * a time, in whatever process; a job that fails is tried again, a little later each time.
 */
export async function installQueue(url: string): Promise<void> {
  const boss = makeQueue(url, false);
  await boss.start();
  const options = { retryLimit: 1_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 };
  const kept = { deleteAfterSeconds: 60, retentionSeconds: 3_600, expireInSeconds: 600, heartbeatSeconds: HEARTBEAT };
  for (const { name, policy, notify } of QUEUES) {
    const found = await boss.getQueue(name);
    if (found?.policy === policy) continue;
    // A policy is given once and for all. What was queued under the other one is found again by who looks for what waits.
    if (found) await boss.deleteQueue(name);
    await boss.createQueue(name, { policy, notify, ...options, ...kept });
  }
  await boss.stop({ graceful: false });
}

/** Queues graphs; one that waits in the queue already stays as it is. */
export async function enqueueGraphs(
  boss: PgBoss,
  queue: typeof GRAPH_QUEUE | typeof EMBEDDING_QUEUE,
  graphs: GraphKey[],
): Promise<void> {
  if (graphs.length === 0) return;
  await boss.insert(
    queue,
    graphs.map((graph) => ({ data: graph, singletonKey: graph.uuid })),
  );
}
