import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { Actor } from "#lib/auth/actor.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { isPortFree } from "#lib/db/machine.ts";
import { env, getPublicUrl, makeChildEnvironment } from "#lib/env.ts";
import {
  DEFAULT_PROJECT,
  ensureEnvironmentKey,
  ensureOwner,
  isSampleUntouched,
  SAMPLE_PROJECT,
} from "#lib/projects/first-run.ts";
import { importRecords } from "#lib/transfer/mutations.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { makeSampleRecords } from "#prisma/sample.ts";
import { openDatabase } from "#scripts/database.ts";

const WEB = resolve(import.meta.dirname, "web.ts");

/** Makes a child end when we do, even when we are killed: the pipe to its standard input closes with us. */
const ENDS_WITH_US = "data:text/javascript,process.stdin.resume().on('end',()=>process.exit(0))";

/** A page creates many short-lived objects. A larger young generation makes the garbage collector scan less. */
const YOUNG_SPACE = "--max-semi-space-size=64";

/** Starts the whole product and keeps it running until a signal ends it: pages first, then the database. */
export async function serveProduct(mode: "start" | "dev"): Promise<number> {
  const { HOST, PORT } = env();
  if (!(await isPortFree(HOST, PORT))) {
    console.error(`Something is already listening on ${HOST}:${PORT}. Stop it, or set PORT to use another port.`);
    return 1;
  }
  const ended = waitForSignal();
  const database = await openDatabase();
  let pages: ChildProcess | undefined;
  try {
    await completeFirstRun();
    if (ended.yet) return 0;
    pages = startPages(mode);
    const exited = new Promise<number>((done) => pages?.on("exit", (code) => done(code ?? 1)));
    // Not until these very pages listen: another product on the same port would answer as well.
    const listening = new Promise<boolean>((done) => pages?.once("message", () => done(waitUntilReady())));
    if (await Promise.race([listening, exited.then(() => false), ended.promise.then(() => false)])) printGreeting();
    return await Promise.race([ended.promise.then(() => 0), exited]);
  } finally {
    await stopChild(pages);
    await closeDatabase();
    await database.stop();
  }
}

/** Resolves when someone asks the product to end. */
function waitForSignal() {
  const state = { yet: false, promise: Promise.resolve() };
  state.promise = new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        state.yet = true;
        done();
      });
    }
  });
  return state;
}

/** What only the first start finds missing: an owner, whose password is told at once, and the sample project's people. */
async function completeFirstRun(): Promise<void> {
  const owner = await ensureOwner();
  if (owner?.password) {
    console.log(
      `\n  Sign in as  ${owner.email}\n  Password    ${owner.password}\n\n  The password is shown this once.`,
    );
  } else if (owner) {
    console.log(`\n  Sign in as ${owner.email} with the password from LETHE_OWNER_PASSWORD.`);
  }
  const sample = await Actor.ofCommandLine(SAMPLE_PROJECT);
  if (await isSampleUntouched(sample)) {
    const records = makeSampleRecords(new Date()).map((record, index) => ({ line: index + 1, record }));
    await importRecords(sample, records, new RecordNamer());
  }
  await ensureEnvironmentKey(await Actor.ofCommandLine(DEFAULT_PROJECT));
}

function startPages(mode: "start" | "dev"): ChildProcess {
  const { LETHE_URL } = env();
  return spawn(process.execPath, [YOUNG_SPACE, "--import", ENDS_WITH_US, WEB, mode], {
    cwd: join(import.meta.dirname, ".."),
    stdio: ["pipe", "ignore", "inherit", "ipc"],
    detached: true,
    env: makeChildEnvironment({
      NEXTAUTH_URL: getPublicUrl(),
      AUTH_TRUST_HOST: LETHE_URL ? "" : "true",
      NODE_ENV: mode === "dev" ? "development" : "production",
    }),
  });
}

/** Where this machine reaches it: an address that means "all of them" is answered on loopback. */
function getLoopbackAddress(): string {
  const { HOST, PORT } = env();
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "[::1]" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

/** @returns true once the pages answer, false when they have not within a minute. */
async function waitUntilReady(): Promise<boolean> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if ((await fetch(`${getLoopbackAddress()}/api/health`).catch(() => null))?.ok) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  console.error("The pages do not answer. The messages above may tell why.");
  return false;
}

function printGreeting(): void {
  console.log(`\nLethe is running at ${getPublicUrl()}\nCtrl-C stops everything.`);
}

async function stopChild(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exit;
  clearTimeout(impatience);
}
