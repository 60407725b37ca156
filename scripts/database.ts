import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { type RunningDatabase, runEmbeddedDatabase } from "#lib/db/embedded.ts";
import { runInTurn } from "#lib/db/embedded-users.ts";
import { replaceFile } from "#lib/db/machine.ts";
import { applyMigrations } from "#lib/db/migrate.ts";
import { grantToApplication } from "#lib/db/roles.ts";
import { EnvironmentError, env, setEnv } from "#lib/env.ts";
import { installQueue } from "#lib/ingestion/queue.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** Reads `.env` into the environment; what is set already wins. */
export function loadDotEnv(): void {
  const file = join(ROOT, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Where this instance keeps its files. */
export function getDataDirectory(): string {
  return resolve(ROOT, env().LETHE_DATA_DIR);
}

/**
 * Opens the configured database, or the embedded one where none is configured, and brings it up to date.
 * Afterwards `DATABASE_URL`, `LETHE_SECRET` and what erasures need are set for this process.
 */
export async function openDatabase(): Promise<RunningDatabase> {
  const { DATABASE_URL, DATABASE_OWNER_URL, LETHE_SECRET } = env();
  const dataDir = getDataDirectory();
  const secret = LETHE_SECRET ?? (await loadOrMakeSecret(dataDir));
  const database = DATABASE_URL
    ? { url: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL ?? DATABASE_URL, stop: async () => undefined }
    : await runEmbeddedDatabase(dataDir);
  const { url, ownerUrl } = database;
  if (DATABASE_URL) await expectDatabase("DATABASE_URL", DATABASE_URL);
  if (DATABASE_URL && DATABASE_OWNER_URL) await expectDatabase("DATABASE_OWNER_URL", DATABASE_OWNER_URL);
  setEnv({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, LETHE_SECRET: secret });
  try {
    await applyMigrations(ownerUrl);
    await installQueue(ownerUrl);
    if (ownerUrl === url) console.error(ONE_ROLE);
    else await grantToApplication(ownerUrl, decodeURIComponent(new URL(url).username));
    await openErasureKeys(ownerUrl, dataDir);
  } catch (error) {
    await database.stop();
    throw error;
  }
  return database;
}

const ONE_ROLE =
  "The application connects as the owner of its tables: whoever has that password can switch off what keeps the audit trail, receipts and holds as they are. DATABASE_OWNER_URL separates the two; every receipt says which it is.";

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

/**
 * The keys that erasures need, and the journal that outlives the database. What the environment does not give is read from
 * the data directory, and made there once: not for a database that has used other ones, which are to be found again. The
 * journal lies beside the data directory, since whoever loses the one must not lose the other.
 */
async function openErasureKeys(url: string, dataDir: string): Promise<void> {
  const { LETHE_SIGNING_KEY, LETHE_SUPPRESSION_KEY, LETHE_JOURNAL } = env();
  const used = await listUsedKeys(url);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  setEnv({
    LETHE_SIGNING_KEY: LETHE_SIGNING_KEY ?? (await loadOrMakeKey(dataDir, "signing-key", used, makeSigningKey)),
    LETHE_SUPPRESSION_KEY:
      LETHE_SUPPRESSION_KEY ??
      (await loadOrMakeKey(dataDir, "suppression-key", used, () => randomBytes(32).toString("base64url"))),
    LETHE_JOURNAL: LETHE_JOURNAL ?? `${dataDir}-journal/erasures.jws`,
  });
  const { findKeyProblem } = await import("#lib/keys/register.ts");
  const { db } = await import("#lib/db/client.ts");
  const problem = await findKeyProblem(db());
  if (problem) {
    console.error(`${problem} Nobody can be erased, and where people are kept out nobody can be added.`);
    return;
  }
  const { reconcileJournal } = await import("#lib/privacy/journal/reconcile.ts");
  const journal = await reconcileJournal();
  if (journal.problem)
    console.error(`${journal.problem} Nothing is taken in before it is mended and \`npm run erasure:replay\` has run.`);
  if (journal.missing.length > 0)
    console.error(
      `This database is older than its journal of erasures: ${journal.missing.length} people or sessions may be back. Nothing is taken in until \`npm run erasure:replay\` has run.`,
    );
}

async function loadOrMakeKey(
  dataDir: string,
  name: "signing-key" | "suppression-key",
  used: ReadonlySet<string>,
  make: () => string,
): Promise<string | undefined> {
  const file = join(dataDir, name);
  return runInTurn(dataDir, async () => {
    if (existsSync(file)) return readFileSync(file, "utf8").trim();
    if (used.has(name)) return undefined;
    const key = make();
    await replaceFile(file, key);
    return key;
  });
}

function makeSigningKey(): string {
  return generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
}

/** Of which kinds this database has used keys. */
async function listUsedKeys(url: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT DISTINCT kind || '-key' AS name FROM instance_keys");
    return new Set(rows.map(({ name }) => String(name)));
  } finally {
    await client.end();
  }
}

/** Makes sure that the configured database answers. @throws EnvironmentError that names the variable, never its password. */
async function expectDatabase(name: "DATABASE_URL" | "DATABASE_OWNER_URL", url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    throw new EnvironmentError(
      `${name}: the database ${pathname.slice(1)} at ${host} cannot be opened (${WORDS[reason] ?? reason}).`,
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
