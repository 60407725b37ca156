import type { Tx } from "#lib/db/client.ts";

/**
 * Says, until the transaction ends, that facts and nodes go because what they rest on says otherwise now. A legal hold keeps
 * what they rest on, and lets them go; without this it keeps them as well.
 */
export async function startReweaving(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT set_config('lethe.reweaving', 'on', TRUE)`;
}
