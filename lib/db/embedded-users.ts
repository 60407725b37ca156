import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Longer than a first start takes on a slow disk. */
const TURN_MS = 120_000;

/**
 * Does something to a data directory while no other process does. A turn whose holder died is over.
 * @throws Error when another live process keeps its turn for two minutes.
 */
export async function runInTurn<T>(home: string, work: () => Promise<T>): Promise<T> {
  const file = join(home, "turn");
  const deadline = Date.now() + TURN_MS;
  while (!(await takeTurn(file))) {
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    if (holder > 0 && !isProcessAlive(holder)) await rm(file, { force: true });
    else if (Date.now() > deadline) throw new Error(`Process ${holder} is busy with ${home}.`);
    else await pause(50);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeTurn(file: string): Promise<boolean> {
  return writeFile(file, String(process.pid), { flag: "wx", mode: 0o600 }).then(
    () => true,
    () => false,
  );
}

/** Notes that this process uses the database on these files. */
export async function registerProcess(home: string): Promise<void> {
  await mkdir(join(home, "users"), { recursive: true, mode: 0o700 });
  await writeFile(join(home, "users", String(process.pid)), "");
}

export async function unregisterProcess(home: string): Promise<void> {
  await rm(join(home, "users", String(process.pid)), { force: true });
}

/** Whether any other live process uses the database. Notes of dead ones are swept out. */
export async function hasOtherUsers(home: string): Promise<boolean> {
  const pids = (await readdir(join(home, "users")).catch(() => [])).map(Number);
  const dead = pids.filter((pid) => !isProcessAlive(pid));
  await Promise.all(dead.map((pid) => rm(join(home, "users", String(pid)), { force: true })));
  return pids.some((pid) => pid !== process.pid && isProcessAlive(pid));
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
