import { type ChildProcess, spawn } from "node:child_process";
import { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { childEnvironment, env } from "#lib/env.ts";
import { MessageNames } from "#lib/ingest/message-names.ts";
import { importRecords } from "#lib/ingest/mutations.ts";
import {
  DEFAULT_PROJECT,
  ensureEnvironmentKey,
  ensureOwner,
  type Owner,
  SAMPLE_PROJECT,
} from "#lib/projects/first-run.ts";
import { sampleRecords } from "#prisma/sample.ts";
import { openDatabase } from "#scripts/database.ts";

/** Starts the whole product and keeps it running until a signal ends it: pages first, then the database. */
export async function serve(mode: "start" | "dev"): Promise<never> {
  const database = await openDatabase();
  let pages: ChildProcess | undefined;
  let ending = false;
  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    await stopped(pages);
    await db().$disconnect();
    await database.stop();
    process.exit(code);
  };
  process.on("SIGINT", () => void end(0));
  process.on("SIGTERM", () => void end(0));

  try {
    const owner = await ensureOwner();
    if (owner) await fillSampleProject();
    await ensureEnvironmentKey(await Actor.ofCommandLine(DEFAULT_PROJECT));
    const { HOST, PORT, LETHE_URL } = env();
    const url = LETHE_URL ?? `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
    if (ending) return new Promise(() => undefined);
    pages = spawn("next", [mode, "--hostname", HOST, "--port", String(PORT)], {
      stdio: ["ignore", "ignore", "inherit"],
      detached: true,
      env: childEnvironment({
        NEXTAUTH_URL: url,
        AUTH_TRUST_HOST: LETHE_URL ? "" : "true",
        NODE_ENV: mode === "dev" ? "development" : "production",
      }),
    });
    pages.on("exit", (code) => void end(code ?? 1));
    await ready(`http://${HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${PORT}/api/health`, pages);
    greet(url, owner);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await end(1);
  }
  return new Promise(() => undefined);
}

async function fillSampleProject(): Promise<void> {
  const actor = await Actor.ofCommandLine(SAMPLE_PROJECT);
  const records = sampleRecords(new Date()).map((record, index) => ({ line: index + 1, record }));
  await importRecords(actor, records, new MessageNames());
}

async function ready(url: string, pages: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 60_000 && pages.exitCode === null; waited += 100) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`The pages did not come up. Is something else listening there? Set PORT to use another port.`);
}

function greet(url: string, owner: Owner | null): void {
  console.log(`\nLethe is running at ${url}`);
  if (owner?.password)
    console.log(
      `\n  Sign in as  ${owner.email}\n  Password    ${owner.password}\n\n  The password is shown this once.`,
    );
  else if (owner) console.log(`\n  Sign in as ${owner.email} with the password from LETHE_OWNER_PASSWORD.`);
  console.log("\nCtrl-C stops everything.");
}

async function stopped(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exit;
  clearTimeout(impatience);
}
