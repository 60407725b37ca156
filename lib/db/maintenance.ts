import pg from "pg";
import { getOwnerUrl } from "#lib/env.ts";

/**
 * Runs work that the pages' own connections are not for, as the owner of the tables and without a time limit: what reads
 * every table, and what VACUUM and ANALYZE do outside of transactions.
 */
export async function runMaintenance<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: getOwnerUrl(), options: "-c timezone=UTC" });
  // A connection that breaks fails the statement at work; without a listener it would end the process as well.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Runs maintenance that one process of all does at a time. The lock goes with its connection.
 * @param lock its number: any will do that nothing else uses.
 * @returns what the work returns; undefined, and nothing was done, where another process is at it.
 */
export async function runMaintenanceAlone<T>(
  lock: number,
  work: (client: pg.Client) => Promise<T>,
): Promise<T | undefined> {
  return runMaintenance(async (client) => {
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS free", [lock]);
    return rows[0]?.free ? work(client) : undefined;
  });
}
