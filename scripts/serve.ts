import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { Actor } from "#lib/auth/actor.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { isFree } from "#lib/db/machine.ts";
import { childEnvironment, env } from "#lib/env.ts";
import { MessageNames } from "#lib/imports/message-names.ts";
import { importRecords } from "#lib/imports/mutations.ts";
import {
  DEFAULT_PROJECT,
  ensureEnvironmentKey,
  ensureOwner,
  isSampleUntouched,
  SAMPLE_PROJECT,
} from "#lib/projects/first-run.ts";
import { sampleRecords } from "#prisma/sample.ts";
import { openDatabase } from "#scripts/database.ts";

const WEB = resolve(import.meta.dirname, "web.ts");

/** Makes a child end when we do, even when we are killed: the pipe to its standard input closes with us. */
const ENDS_WITH_US = "data:text/javascript,process.stdin.resume().on('end',()=>process.exit(0))";

/** A page makes much that is short-lived; with more room for it less is looked through. */
const YOUNG_SPACE = "--max-semi-space-size=64";

/** Starts the whole product and keeps it running until a signal ends it: pages first, then the database. */
export async function serve(mode: "start" | "dev"): Promise<number> {
  const { HOST, PORT } = env();
  if (!(await isFree(HOST, PORT))) {
    console.error(`Something is already listening on ${HOST}:${PORT}. Stop it, or set PORT to use another port.`);
    return 1;
  }
  const ended = signalled();
  const database = await openDatabase();
  let pages: ChildProcess | undefined;
  try {
    await firstRun();
    if (ended.yet) return 0;
    pages = startPages(mode);
    const exited = new Promise<number>((done) => pages?.on("exit", (code) => done(code ?? 1)));
    if (await Promise.race([ready(), exited.then(() => false), ended.promise.then(() => false)])) greet();
    return await Promise.race([ended.promise.then(() => 0), exited]);
  } finally {
    await stopped(pages);
    await closeDatabase();
    await database.stop();
  }
}

/** Resolves when someone asks the product to end. */
function signalled() {
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
async function firstRun(): Promise<void> {
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
    const records = sampleRecords(new Date()).map((record, index) => ({ line: index + 1, record }));
    await importRecords(sample, records, new MessageNames());
  }
  await ensureEnvironmentKey(await Actor.ofCommandLine(DEFAULT_PROJECT));
}

function startPages(mode: "start" | "dev"): ChildProcess {
  const { LETHE_URL } = env();
  return spawn(process.execPath, [YOUNG_SPACE, "--import", ENDS_WITH_US, WEB, mode], {
    cwd: join(import.meta.dirname, ".."),
    stdio: ["pipe", "ignore", "inherit"],
    detached: true,
    env: childEnvironment({
      NEXTAUTH_URL: address(),
      AUTH_TRUST_HOST: LETHE_URL ? "" : "true",
      NODE_ENV: mode === "dev" ? "development" : "production",
    }),
  });
}

/** Where people find the console. */
function address(): string {
  const { HOST, PORT, LETHE_URL } = env();
  return LETHE_URL ?? `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
}

/** Where this machine reaches it: an address that means "all of them" is answered on loopback. */
function loopback(): string {
  const { HOST, PORT } = env();
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "[::1]" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

/** @returns true once the pages answer, false when they have not within a minute. */
async function ready(): Promise<boolean> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if ((await fetch(`${loopback()}/api/health`).catch(() => null))?.ok) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  console.error("The pages do not answer. The messages above may tell why.");
  return false;
}

function greet(): void {
  console.log(`\nLethe is running at ${address()}\nCtrl-C stops everything.`);
}

async function stopped(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exit;
  clearTimeout(impatience);
}
