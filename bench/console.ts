import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { encode } from "next-auth/jwt";
import type { Actor } from "#lib/auth/actor.ts";
import { getInstanceSecret } from "#lib/auth/secret.ts";
import { findFreePort } from "#lib/db/machine.ts";
import { makeChildEnvironment } from "#lib/env.ts";
import { makeOperator } from "#prisma/factories.ts";

const ROOT = resolve(import.meta.dirname, "..");

interface RunningConsole {
  url: string;
  actor: Actor;
  /** The cookie that a signed-in admin of the project sends. */
  cookie: { name: string; value: string };
  process: ChildProcess;
}

/** Serves the build on a port of its own, with somebody signed in to this project; resolves once it answers. */
export async function startConsole(projectUuid: string): Promise<RunningConsole> {
  const { actor, signIn } = await makeOperator("admin", { projectUuid });
  const value = await encode({ token: { sub: signIn }, secret: getInstanceSecret(), maxAge: 36_000 });
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const web = spawn(process.execPath, ["--max-semi-space-size=64", resolve(ROOT, "scripts/web.ts"), "start"], {
    cwd: ROOT,
    env: makeChildEnvironment({ NODE_ENV: "production", NEXTAUTH_URL: url, PORT: String(port) }),
    stdio: "ignore",
  });
  await waitUntilAnswering(`${url}/api/health`);
  return { url, actor, cookie: { name: "lethe.sign-in", value }, process: web };
}

/** @throws Error after a minute without a good answer. */
export async function waitUntilAnswering(url: string, headers: Record<string, string> = {}): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if ((await fetch(url, { headers }).catch(() => null))?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url} does not answer`);
}
