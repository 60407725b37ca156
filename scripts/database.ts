import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type RunningDatabase, runEmbeddedDatabase } from "#lib/db/embedded.ts";
import { runInTurn } from "#lib/db/embedded-users.ts";
import { replaceFile } from "#lib/db/machine.ts";
import { applyMigrations } from "#lib/db/migrate.ts";
import { env, setEnv } from "#lib/env.ts";
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

/** The instance's secret when the environment has none: made once, readable by the owner alone. */
async function loadOrMakeSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "secret");
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return runInTurn(dataDir, async () => {
    if (!existsSync(file)) await replaceFile(file, randomBytes(48).toString("base64url"));
    return readFileSync(file, "utf8");
  });
}
