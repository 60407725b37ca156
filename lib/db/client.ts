import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "#lib/env.ts";
import { PrismaClient } from "#prisma/client/client.ts";

declare global {
  var letheDatabase: PrismaClient | undefined;
}

/**
 * The one PrismaClient of this process. Kept on the global object because the bundler loads this module once per layer.
 * A statement that runs longer than 30 s is cancelled by the server.
 */
export function db(): PrismaClient {
  globalThis.letheDatabase ??= connect();
  return globalThis.letheDatabase;
}

function connect(): PrismaClient {
  const { DATABASE_URL, DATABASE_POOL } = env();
  const adapter = new PrismaPg({ connectionString: DATABASE_URL, max: DATABASE_POOL, statement_timeout: 30_000 });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
}

/** What a mutation passes to the steps it shares with others. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];
