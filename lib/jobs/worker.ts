import { repeatEvery, type Worker } from "#lib/ingestion/every.ts";
import { startIngestion } from "#lib/ingestion/worker.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";

/** How soon after an erasure it is looked whether anything is left; the longer a look takes, the longer the pause after it. */
const PROVE_EVERY = 1_000;
const PAUSES = 4;

/** Does everything that nobody waits for, for as long as the process runs: reads what was said, proves what was erased. */
export async function startWorker(): Promise<Worker> {
  const ingestion = await startIngestion();
  let nextProofAt = 0;
  const proving = repeatEvery(PROVE_EVERY, async () => {
    const started = Date.now();
    if (started < nextProofAt) return;
    await provePendingReceipts();
    nextProofAt = Date.now() + PAUSES * (Date.now() - started);
  });
  return {
    async stop() {
      await Promise.all([ingestion.stop(), proving.stop()]);
    },
  };
}
