import { db } from "#lib/db/client.ts";

/** Asks the database for the newest table of the schema. @throws whatever the driver throws while it cannot answer. */
export async function checkDatabase(): Promise<void> {
  await db().$queryRaw`SELECT FROM projects LIMIT 1`;
}
