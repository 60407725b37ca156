import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { keepDigits, restoreParameters } from "#lib/db/lossless.ts";
import { toRefusal } from "#lib/db/refusals.ts";
import { env } from "#lib/env.ts";
import { markNumbers } from "#lib/json.ts";
import { type Prisma, PrismaClient } from "#prisma/client/client.ts";

interface Database {
  prisma: PrismaClient;
  pool: pg.Pool;
}

declare global {
  var letheDatabase: Database | undefined;
}

/** Kept on the global object because the bundler loads this module once per layer. */
function getDatabase(): Database {
  globalThis.letheDatabase ??= connectDatabase();
  return globalThis.letheDatabase;
}

/** The one PrismaClient of this process. A statement that runs longer than a minute is cancelled by the server. */
export function db(): PrismaClient {
  return getDatabase().prisma;
}

/** Ends the process's connections; the next use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const open = globalThis.letheDatabase;
  globalThis.letheDatabase = undefined;
  await open?.prisma.$disconnect();
  await open?.pool.end();
}

/** Runs a statement on the same connections, past Prisma; bigint comes as BigInt. For rows of a known shape see `rows.ts`. */
export async function runQuery(sql: Prisma.Sql): Promise<unknown[]> {
  const { text, values } = sql;
  const result = await getDatabase().pool.query<object>({
    name: getStatementName({ sql: text }),
    text,
    values: restoreParameters(values),
    types: TYPES,
  });
  return result.rows;
}

const PARSERS: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.INT8]: BigInt,
  [pg.types.builtins.JSON]: (text) => JSON.parse(markNumbers(text)),
  [pg.types.builtins.JSONB]: (text) => JSON.parse(markNumbers(text)),
};

const TYPES = {
  getTypeParser: (oid: number, format?: "text" | "binary") => PARSERS[oid] ?? pg.types.getTypeParser(oid, format),
};

function connectDatabase(): Database {
  const { DATABASE_URL, DATABASE_POOL } = env();
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL,
    connectionTimeoutMillis: 10_000,
    // The adapter reads and writes times without their zone, so every connection has to be in the same one.
    options: "-c timezone=UTC -c statement_timeout=60s",
  });
  // The pool replaces an idle connection that breaks. Without this listener its error would end the process.
  pool.on("error", () => undefined);
  const adapter = keepDigits(new PrismaPg(pool, { statementNameGenerator: getStatementName }));
  return { pool, prisma: new PrismaClient({ adapter, transactionOptions: { maxWait: 50_000, timeout: 30_000 } }) };
}

const NAMES = new Map<string, string>();

/** Names each statement by its text, so that PostgreSQL parses and plans it once per connection. */
function getStatementName({ sql }: { sql: string }): string {
  const known = NAMES.get(sql);
  if (known) return known;
  const name = createHash("sha1").update(sql).digest("base64url");
  if (NAMES.size < MOST_NAMES) NAMES.set(sql, name);
  return name;
}

/** Lists of different lengths give different SQL texts. Above this number new texts are named each time and not kept. */
const MOST_NAMES = 2_000;

/** What a mutation passes to the steps it shares with others. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

const MOST_TRIES = 5;
/** PostgreSQL's codes for two transactions that blocked each other: serialization failure and deadlock. */
const WORTH_ANOTHER_TRY = /\b(40001|40P01)\b/;

/**
 * Runs a mutation in one transaction: all of it takes effect or nothing does. When two transactions block each other, the
 * database ends one of them, and that one runs again.
 */
export async function runInTransaction<T>(work: (tx: Tx) => Promise<T>, timeout = 30_000): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(work, { timeout });
    } catch (error) {
      if (attempt >= MOST_TRIES || !isConflict(error)) throw toRefusal(error);
      // Not both at once again.
      await new Promise((done) => setTimeout(done, Math.random() * 20 * 2 ** attempt));
    }
  }
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "P2034" || (error.code === "P2010" && WORTH_ANOTHER_TRY.test(error.message));
}
