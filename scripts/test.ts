import { spawn } from "node:child_process";
import { globSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import pg from "pg";
import { type RunningDatabase, runEmbeddedDatabase } from "#lib/db/embedded.ts";
import { applyMigrations } from "#lib/db/migrate.ts";
import { grantToApplication } from "#lib/db/roles.ts";
import { makeChildEnvironment } from "#lib/env.ts";
import { installQueue } from "#lib/ingestion/queue.ts";
import { findBrowser } from "#scripts/browser.ts";
import { runChecks, type Tally } from "#scripts/checks.ts";
import { runCommand } from "#scripts/command.ts";
import { buildPages, generateClient } from "#scripts/prepare.ts";

const ROOT = resolve(import.meta.dirname, "..");

/**
 * Everything, in the order of how soon it can fail: checks, then unit and integration tests on a real database, then the
 * browser tests. `npm test -- unit users` or `npm test -- e2e access` runs one part, narrowed by file name; `npm test -- imported`
 * runs the browser tests on conversations that lie beside the checkout (`bench/eval/data.ts`) and not in it.
 */
await runCommand(async () => {
  const [part, pattern = ""] = process.argv.slice(2);
  generateClient();
  const tally: Tally = { passed: 0, failed: 0 };
  if (!part || part === "check") addToTally(tally, runChecks());
  if (part !== "check") {
    const server = await openTestServer();
    try {
      if (!part || part === "unit") addToTally(tally, await runUnitTests(pattern));
      if (!part || part === "e2e") addToTally(tally, await runBrowserTests("e2e", pattern));
      if (part === "imported") addToTally(tally, await runBrowserTests("bench/eval", pattern));
    } finally {
      await server.stop();
    }
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
});

function addToTally(tally: Tally, part: Tally): void {
  tally.passed += part.passed;
  tally.failed += part.failed;
}

/** A PostgreSQL of the tests' own, with a migrated template for every test file to clone. */
async function openTestServer(): Promise<RunningDatabase> {
  const dataDir = resolve(ROOT, ".data/test");
  mkdirSync(dataDir, { recursive: true });
  const server = await runEmbeddedDatabase(dataDir);
  const { APPLICATION_ROLE, TEMPLATE } = await import("#prisma/test-database.ts");
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  const left = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' OR datname = $1", [
    TEMPLATE,
  ]);
  for (const { datname } of left.rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  const known = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APPLICATION_ROLE]);
  if (known.rowCount === 0) await client.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN PASSWORD '${APPLICATION_ROLE}'`);
  await client.end();
  const template = new URL(server.ownerUrl);
  template.pathname = `/${TEMPLATE}`;
  await applyMigrations(template.href);
  await installQueue(template.href);
  await grantToApplication(template.href, APPLICATION_ROLE);
  process.env.LETHE_TEST_SERVER = server.ownerUrl;
  return server;
}

async function runUnitTests(pattern: string): Promise<Tally> {
  const files = globSync("{lib,components,app,prisma,scripts,e2e}/**/*.test.ts", { cwd: ROOT })
    .filter((file) => file.includes(pattern))
    .map((file) => resolve(ROOT, file));
  const tally: Tally = { passed: 0, failed: 0 };
  const stream = run({ files, concurrency: 2, execArgv: ["--disable-warning=ExperimentalWarning"] });
  stream.on("test:pass", (test) => {
    if (test.details.type !== "suite") tally.passed += 1;
  });
  stream.on("test:fail", (test) => {
    if (test.details.type !== "suite") tally.failed += 1;
  });
  const report = stream.compose(spec);
  report.pipe(process.stdout, { end: false });
  await new Promise((done) => report.on("end", done));
  return tally;
}

async function runBrowserTests(directory: string, pattern: string): Promise<Tally> {
  buildPages();
  const browser = findBrowser();
  const env = makeChildEnvironment({ LETHE_BROWSER: browser, LETHE_BROWSER_TESTS: directory });
  const child = spawn("playwright", ["test", ...(pattern ? [pattern] : [])], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  await new Promise((done) => child.on("close", done));
  const countResults = (word: string) => Number(new RegExp(`^\\s+(\\d+) ${word}`, "m").exec(output)?.[1] ?? 0);
  const failed =
    countResults("failed") + countResults("flaky") + countResults("did not run") + countResults("interrupted");
  const passed = countResults("passed");
  return { passed, failed: child.exitCode === 0 ? failed : Math.max(1, failed) };
}
