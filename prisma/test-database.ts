import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import pg from "pg";
import { closeDatabase } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { setEnv } from "#lib/env.ts";

/** Set by `npm test`: a server of its own, with a migrated template to clone. */
export const TEMPLATE = "lethe_template";

function getTestServerUrl(): string {
  const url = process.env.LETHE_TEST_SERVER;
  if (!url) throw new Error("Run tests with `npm test`: it starts the database they need.");
  return url;
}

export async function runOnServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: getTestServerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The role that the product connects as, as on an embedded database; it owns nothing. */
export const APPLICATION_ROLE = "lethe_test_app";

/** A database as the product under test gets it: as the application's role, and as the owner of the tables. */
export function toRoles(ownerUrl: string): { DATABASE_URL: string; DATABASE_OWNER_URL: string } {
  const url = new URL(ownerUrl);
  url.username = APPLICATION_ROLE;
  url.password = APPLICATION_ROLE;
  return { DATABASE_URL: url.href, DATABASE_OWNER_URL: ownerUrl };
}

/** Clones the migrated template. @returns the new database's URL, as its owner. */
export async function cloneDatabase(name = `test_${randomUUID().replaceAll("-", "")}`): Promise<string> {
  await runOnServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
  const url = new URL(getTestServerUrl());
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await runOnServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

/** The secrets of an instance under test; its journal lies in a directory of its own. */
export function makeTestSecrets() {
  const { privateKey } = generateKeyPairSync("ed25519");
  return {
    LETHE_SECRET: "a secret for tests, thirty-two long",
    LETHE_SIGNING_KEY: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
    LETHE_SUPPRESSION_KEY: "a suppression key for tests, made of words".replaceAll(" ", "-"),
    LETHE_JOURNAL: join(mkdtempSync(join(tmpdir(), "lethe-journal-")), "erasures.jsonl"),
  };
}

/** Gives the test file that calls it a real database of its own, gone when the file is done. */
export async function openTestDatabase(): Promise<string> {
  const url = await cloneDatabase();
  setEnv({ ...toRoles(url), ...makeTestSecrets() });
  after(async () => {
    await closeDatabase();
    await dropDatabase(url);
  });
  return url;
}

/** Does what only the owner of the tables may. @param asReplica past triggers and foreign keys, as a forger would. */
export async function runAsOwner<Row extends object>(
  sql: string,
  values: unknown[] = [],
  { asReplica = false } = {},
): Promise<Row[]> {
  return runMaintenance(async (client) => {
    if (asReplica) await client.query("SET session_replication_role = replica");
    return (await client.query<Row>(sql, values)).rows;
  });
}
