import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { type RunningDatabase, runEmbeddedDatabase } from "#lib/db/embedded.ts";
import { runInTurn } from "#lib/db/embedded-users.ts";
import { replaceFile } from "#lib/db/machine.ts";
import { applyMigrations } from "#lib/db/migrate.ts";
import { EnvironmentError, env, setEnv } from "#lib/env.ts";
import { installQueue } from "#lib/ingestion/queue.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** Reads `.env` into the environment; what is set already wins. */
export function loadDotEnv(): void {
  const file = join(ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * Opens the configured database, or the embedded one where none is configured, and brings it up to date.
 * Afterwards `DATABASE_URL` and `LETHE_SECRET` are set for this process.
 */
export async function openDatabase(): Promise<RunningDatabase> {
  const { DATABASE_URL, LETHE_DATA_DIR, LETHE_SECRET } = env();
  const dataDir = resolve(ROOT, LETHE_DATA_DIR);
  const secret = LETHE_SECRET ?? (await loadOrMakeSecret(dataDir));
  const database = DATABASE_URL
    ? { url: DATABASE_URL, stop: async () => undefined }
    : await runEmbeddedDatabase(dataDir);
  if (DATABASE_URL) await expectDatabase(DATABASE_URL);
  setEnv({ DATABASE_URL: database.url, LETHE_SECRET: secret });
  try {
    await applyMigrations(database.url);
    await installQueue(database.url);
  } catch (error) {
    await database.stop();
    throw error;
  }
  return database;
}

/**
 * The instance's secret when the environment has none: made once, readable by the owner alone. What it has sealed could not
 * be opened with another one, so beside data that is there already none is made.
 * @throws EnvironmentError that names the file.
 */
async function loadOrMakeSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "secret");
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return runInTurn(dataDir, async () => {
    if (!existsSync(file)) {
      if (existsSync(join(dataDir, "postgres.json"))) throw new EnvironmentError(`${file} is missing. ${REMEDY}`);
      await replaceFile(file, randomBytes(48).toString("base64url"));
    }
    const secret = readFileSync(file, "utf8").trim();
    if (secret.length < SHORTEST_SECRET) throw new EnvironmentError(`${file} is empty or cut off. ${REMEDY}`);
    return secret;
  });
}

const SHORTEST_SECRET = 32;
const REMEDY =
  "There is data that was sealed with it: restore the file from a backup, or set LETHE_SECRET to what it held.";

/** Makes sure that the configured database answers. @throws EnvironmentError that names the variable, never its password. */
async function expectDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    throw new EnvironmentError(
      `DATABASE_URL: the database ${pathname.slice(1)} at ${host} cannot be opened (${WORDS[reason] ?? reason}).`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  "28P01": "the password is wrong",
  "28000": "this user may not sign in",
  "3D000": "there is no such database",
};
