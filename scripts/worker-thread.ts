import { parentPort } from "node:worker_threads";
import { closeDatabase } from "#lib/db/client.ts";
import { startWorker } from "#lib/jobs/worker.ts";

/** The web process's own worker, on a thread of its own so that reading what was said keeps no page waiting. */
const worker = await startWorker();

parentPort?.once("message", async () => {
  await worker.stop();
  await closeDatabase();
  parentPort?.close();
});
