import { chown, cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { readCluster } from "#lib/db/embedded.ts";
import { hasOtherUsers } from "#lib/db/embedded-users.ts";
import { EnvironmentError } from "#lib/env.ts";

/** What belongs to a running server and not to its data: files that are left out, and directories that are left empty
 * (PostgreSQL documentation, 25.3.4). The write-ahead log is copied last. */
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts"]);
const LEFT_EMPTY = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const SLOT = "lethe_backup";

/**
 * Copies the embedded database while it runs, as of the end of the copy. The keys and the journal of erasures are not part of
 * it: whoever gets hold of a backup must not get them as well.
 * @param to a directory that does not exist yet.
 */
export async function backUpEmbedded(ownerUrl: string, dataDir: string, to: string): Promise<void> {
  const { cluster } = await readCluster(dataDir);
  await mkdir(to, { mode: 0o700 }).catch(() => {
    throw new EnvironmentError(`${to} is there already, or cannot be made. Name a directory that is not there yet.`);
  });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Keeps what is written meanwhile until it is copied; gone with this connection.
    await client.query("SELECT pg_create_physical_replication_slot($1, TRUE, TRUE)", [SLOT]);
    await client.query("SELECT pg_backup_start('lethe', TRUE)");
    for (const name of await readdir(cluster)) {
      if (LEFT_OUT.has(name)) continue;
      if (LEFT_EMPTY.has(name)) await mkdir(join(to, name), { mode: 0o700 });
      else await cp(join(cluster, name), join(to, name), { recursive: true, preserveTimestamps: true });
    }
    const { rows } = await client.query("SELECT labelfile FROM pg_backup_stop(FALSE)");
    await writeFile(join(to, "backup_label"), String(rows[0]?.labelfile));
    await cp(join(cluster, "pg_wal"), join(to, "pg_wal"), { recursive: true });
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * Puts a backup in the place of the embedded database, which nobody may be using. What was there stays beside it.
 * @returns where. @throws EnvironmentError when somebody uses it, or the backup is none.
 */
export async function restoreEmbedded(dataDir: string, from: string): Promise<string> {
  const home = resolve(dataDir);
  if (await hasOtherUsers(home)) throw new EnvironmentError("Lethe is running on this data directory. Stop it first.");
  const { cluster, account } = await readCluster(home);
  const files: string[] = await readdir(from).catch(() => []);
  if (!files.includes("backup_label"))
    throw new EnvironmentError(`${from} is no backup that \`npm run backup\` has made.`);
  const aside = `${cluster}.before-${new Date().toISOString().replace(/\W/g, "")}`;
  await rename(cluster, aside);
  await cp(from, cluster, { recursive: true, preserveTimestamps: true });
  if (account) await giveTo(cluster, account);
  return aside;
}

async function giveTo(place: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chown(place, uid, gid);
  for (const entry of await readdir(place, { recursive: true })) await chown(join(place, entry), uid, gid);
}
