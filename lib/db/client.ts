import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "#lib/env.ts";
import { PrismaClient } from "#prisma/client/client.ts";

declare global {
  var letheDatabase: PrismaClient | undefined;
}

/**
 * The one PrismaClient of this process. Kept on the global object because the bundler loads this module once per layer.
 * A statement that runs longer than a minute is cancelled by the server.
 */
export function db(): PrismaClient {
  globalThis.letheDatabase ??= connect();
  return globalThis.letheDatabase;
}

function connect(): PrismaClient {
  const { DATABASE_URL, DATABASE_POOL } = env();
  const pool = {
    connectionString: DATABASE_URL,
    max: DATABASE_POOL,
    connectionTimeoutMillis: 10_000,
    // The adapter reads and writes times without their zone, so every connection has to be in the same one.
    options: "-c timezone=UTC -c statement_timeout=60s",
  };
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementName });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
}

/** Names each statement by its text, so that PostgreSQL parses and plans it once per connection. */
function statementName({ sql }: { sql: string }): string {
  return createHash("sha1").update(sql).digest("base64url");
}

/** What a mutation passes to the steps it shares with others. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

const MOST_TRIES = 5;
/** What PostgreSQL answers when two transactions stood in each other's way: serialization failure and deadlock. */
const WORTH_ANOTHER_TRY = /\b(40001|40P01)\b/;

/**
 * Runs a mutation's one transaction: all of it takes effect or nothing does. Two that stand in each other's way are told
 * apart by the database, which ends one of them; that one simply runs again.
 */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>, timeout = 30_000): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(work, { timeout });
    } catch (error) {
      if (attempt >= MOST_TRIES || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "P2034" || (error.code === "P2010" && WORTH_ANOTHER_TRY.test(error.message));
}
