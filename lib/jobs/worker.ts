import { linkAuditEvents } from "#lib/audit/chain.ts";
import { writeCheckpoints } from "#lib/audit/checkpoints.ts";
import { repeatEvery, type Worker } from "#lib/ingestion/every.ts";
import { startIngestion } from "#lib/ingestion/worker.ts";
import { dropExpiredExports } from "#lib/privacy/exports/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { stampReceipts } from "#lib/privacy/receipts/time-stamp.ts";
import { performDueRequests } from "#lib/privacy/requests/perform.ts";
import { Deliverer, dropOldDeliveries } from "#lib/webhooks/deliver.ts";

/** How soon after an erasure it is looked whether anything is left; the longer a look takes, the longer the pause after it. */
const PROVE_EVERY = 1_000;
const PAUSES = 4;

/** How soon an event of the audit trail gets its place in the chain, and how often it is written down where that ends. */
const LINK_EVERY = 2_000;
const CHECKPOINT_EVERY = 10 * 60_000;

/** How often receipts are looked for that have no time stamp yet, where an authority is configured. */
const STAMP_EVERY = 30_000;

/** How often it is looked for copies of people's data that nobody has had in time, and for events that were sent long ago. */
const EXPIRE_EVERY = 10 * 60_000;

/** How soon a privacy request is taken on once its time has come, or its receipt is confirmed. */
const PERFORM_EVERY = 2_000;

/** How soon an event is sent to the webhooks that want it. */
const DELIVER_EVERY = 1_000;

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
  const linking = repeatEvery(LINK_EVERY, async () => {
    while ((await linkAuditEvents()) > 0);
  });
  const witnessing = repeatEvery(CHECKPOINT_EVERY, async () => {
    await writeCheckpoints();
  });
  const stamping = repeatEvery(STAMP_EVERY, async () => {
    await stampReceipts();
  });
  const expiring = repeatEvery(EXPIRE_EVERY, async () => {
    await dropExpiredExports();
    await dropOldDeliveries();
  });
  const performing = repeatEvery(PERFORM_EVERY, async () => {
    await performDueRequests();
  });
  const deliverer = new Deliverer();
  const delivering = repeatEvery(DELIVER_EVERY, async () => {
    await deliverer.begin();
  });
  const parts = [ingestion, proving, linking, witnessing, stamping, expiring, performing, delivering];
  return {
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
      await deliverer.stop();
    },
  };
}
