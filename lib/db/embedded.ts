import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, openSync, readFileSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { type ClusterPlace, placeCluster } from "#lib/db/embedded-place.ts";
import {
  hasOtherUsers,
  isProcessAlive,
  registerProcess,
  runInTurn,
  unregisterProcess,
} from "#lib/db/embedded-users.ts";
import { findFreePort, isPortFree, replaceFile } from "#lib/db/machine.ts";
import { EnvironmentError } from "#lib/env.ts";

export interface RunningDatabase {
  /** As the application's role, which owns nothing. */
  url: string;
  /** As the owner of the tables. */
  ownerUrl: string;
  /** Ends this process's use; the last user of the database stops it. */
  stop(): Promise<void>;
}

const settingsSchema = z.object({
  port: z.number(),
  password: z.string(),
  /** Of the application's role; added to what an earlier version has left. */
  applicationPassword: z.string().default(generatePassword),
  cluster: z.string(),
});
type Settings = z.infer<typeof settingsSchema>;

/** The server needs nothing of our environment, least of all its secrets. */
const BARE_ENVIRONMENT: NodeJS.ProcessEnv = { PATH: "/usr/bin:/bin", LC_ALL: "C", NODE_ENV: "production" };

/** Keeps statements, parameters and key values out of the log: they carry personal data. */
const QUIET_LOG = {
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

/**
 * Runs PostgreSQL on the files under `dataDir`, creating the cluster on first use. Listens on loopback alone, with a
 * password kept in `dataDir` (mode 600). Processes that use the same directory share one server, whoever started it and
 * however its starter ended.
 * The server is started again when it ends by itself.
 * @throws EnvironmentError with the last lines of the server's log when it does not come up within 60 s.
 */
export async function runEmbeddedDatabase(dataDir: string): Promise<RunningDatabase> {
  const home = resolve(dataDir);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const settings = await runInTurn(home, () => startCluster(home));
  const watch = watchServer(home, settings);
  const stop = async () => {
    await watch.stop();
    await runInTurn(home, () => leaveDatabase(home, settings));
  };
  return { url: buildUrl(settings, "lethe", APPLICATION), ownerUrl: buildUrl(settings, "lethe"), stop };
}

const WATCH_EVERY_MS = 1_000;

/** Starts the server again, at the same address, whenever it has ended while somebody uses it. */
function watchServer(home: string, settings: Settings): { stop(): Promise<void> } {
  let mending: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (mending || findPostmasterPid(settings.cluster) !== undefined) return;
    console.error("The embedded database has ended by itself; it is started again.");
    mending = runInTurn(home, () => restartServer(home, settings))
      .catch((error: unknown) => console.error(error instanceof EnvironmentError ? error.message : "That failed."))
      .finally(() => {
        mending = undefined;
      });
  }, WATCH_EVERY_MS).unref();
  return {
    async stop() {
      clearInterval(timer);
      await mending;
    },
  };
}

async function restartServer(home: string, settings: Settings): Promise<void> {
  if (findPostmasterPid(settings.cluster) !== undefined) return;
  const place = await placeCluster(home, settings.cluster);
  const log = join(home, "postgres.log");
  // The ended server's own children hold the port for a moment longer.
  for (let waited = 0; waited < 30_000 && !(await isPortFree("127.0.0.1", settings.port)); waited += 100)
    await pause(100);
  await waitUntilReady(buildUrl(settings, "postgres"), startServer(place, settings.port, log), log);
}

async function startCluster(home: string): Promise<Settings> {
  const settingsFile = join(home, "postgres.json");
  const known = existsSync(settingsFile) ? await readSettings(settingsFile) : undefined;
  const place = await placeCluster(home, known?.cluster);
  const settings = known ?? {
    port: await findFreePort(),
    password: generatePassword(),
    applicationPassword: generatePassword(),
    cluster: place.cluster,
  };
  if (!existsSync(join(place.cluster, "PG_VERSION"))) {
    if (known && !existsSync(getDraftPath(place))) {
      throw new EnvironmentError(
        `The database that ${settingsFile} names is gone from ${place.cluster}. Restore it, or remove that file to begin anew.`,
      );
    }
    await createCluster(place, settings, settingsFile);
  }
  let server: ChildProcess | undefined;
  if (findPostmasterPid(place.cluster) === undefined) {
    if (!(await isPortFree("127.0.0.1", settings.port))) settings.port = await findFreePort();
    await replaceFile(settingsFile, JSON.stringify(settings));
    server = startServer(place, settings.port, join(home, "postgres.log"));
  }
  await registerProcess(home);
  try {
    await waitUntilReady(buildUrl(settings, "postgres"), server, join(home, "postgres.log"));
    await replaceFile(settingsFile, JSON.stringify(settings));
    await ensureDatabase(buildUrl(settings, "postgres"), settings.applicationPassword);
  } catch (error) {
    await leaveDatabase(home, settings);
    throw error;
  }
  return settings;
}

/** Where the files of an embedded database are, and whose. @throws EnvironmentError where there is none. */
export async function readCluster(dataDir: string): Promise<Pick<ClusterPlace, "cluster" | "account">> {
  const settingsFile = join(resolve(dataDir), "postgres.json");
  if (!existsSync(settingsFile)) throw new EnvironmentError(`There is no embedded database in ${resolve(dataDir)}.`);
  const { cluster } = await readSettings(settingsFile);
  const { account } = await placeCluster(resolve(dataDir), cluster);
  return { cluster, account };
}

/** @throws EnvironmentError that names the file, when it is damaged. */
async function readSettings(file: string): Promise<Settings> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    throw new EnvironmentError(
      `${file} is damaged, and without it the database beside it cannot be opened. Restore the file from a backup.`,
    );
  }
}

async function leaveDatabase(home: string, settings: Settings): Promise<void> {
  await unregisterProcess(home);
  if (await hasOtherUsers(home)) return;
  const pid = findPostmasterPid(settings.cluster);
  if (pid !== undefined) await stopServer(pid);
}

/** The role that the application connects as. */
const APPLICATION = "lethe_app";

function buildUrl(settings: Settings, database: string, role: "postgres" | typeof APPLICATION = "postgres"): string {
  const password = role === "postgres" ? settings.password : settings.applicationPassword;
  return `postgresql://${role}:${password}@127.0.0.1:${settings.port}/${database}`;
}

function generatePassword(): string {
  return randomBytes(24).toString("base64url");
}

function getDraftPath(place: ClusterPlace): string {
  return `${place.cluster}.new`;
}

/** Builds the cluster beside its place and moves it in when whole, so that an interrupted first start leaves nothing. */
async function createCluster(place: ClusterPlace, settings: Settings, settingsFile: string): Promise<void> {
  const draft = getDraftPath(place);
  const passwordFile = `${place.cluster}.pw`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await replaceFile(passwordFile, settings.password);
  if (place.account) {
    await chown(draft, place.account.uid, place.account.gid);
    await chown(passwordFile, place.account.uid, place.account.gid);
  }
  const flags = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const child = spawn(join(place.binaries, "initdb"), ["-D", draft, ...flags, ...locale], {
    ...place.account,
    cwd: dirname(place.cluster),
    env: BARE_ENVIRONMENT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const code = await new Promise((done) => child.on("close", done).on("error", done));
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new EnvironmentError(`The embedded database could not be created: ${complaint || code}`);
  await replaceFile(settingsFile, JSON.stringify(settings));
  await rename(draft, place.cluster);
}

function startServer(place: ClusterPlace, port: number, logFile: string): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    shared_buffers: "256MB",
    // What was just imported is asked for at once: plans made for empty tables must not outlive it by a minute.
    autovacuum_naptime: "15s",
    max_connections: "120",
    ...QUIET_LOG,
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(join(place.binaries, "postgres"), ["-D", place.cluster, ...flags], {
    ...place.account,
    cwd: dirname(place.cluster),
    env: BARE_ENVIRONMENT,
    stdio: ["ignore", log, log],
    // A group of its own: Ctrl-C reaches those who use the server, and the last of them stops it.
    detached: true,
  });
  child.on("error", () => undefined);
  child.unref();
  return child;
}

async function waitUntilReady(url: string, server: ChildProcess | undefined, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      const refused = error instanceof pg.DatabaseError && error.code?.startsWith("28");
      if (!refused && server?.exitCode == null && Date.now() < deadline) {
        await pause(50);
        continue;
      }
      const log = existsSync(logFile) ? readFileSync(logFile, "utf8").split("\n").slice(-8).join("\n") : "";
      throw new EnvironmentError(`The embedded database did not start. The end of ${logFile}:\n${log}`);
    }
  }
}

async function ensureDatabase(url: string, applicationPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'lethe'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE lethe");
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APPLICATION]);
    if (role.rowCount === 0) await client.query(`CREATE ROLE ${APPLICATION} LOGIN`);
    await client.query(`ALTER ROLE ${APPLICATION} PASSWORD ${client.escapeLiteral(applicationPassword)}`);
  } finally {
    await client.end();
  }
}

/** The server's process, if one runs on these files. After a crash another program may have its number. */
function findPostmasterPid(cluster: string): number | undefined {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  const told = `/proc/${pid}/cmdline`;
  const ours = !existsSync(told) || readFileSync(told, "utf8").includes(cluster);
  return pid > 0 && isProcessAlive(pid) && ours ? pid : undefined;
}

/** SIGINT asks PostgreSQL for a fast shutdown: open transactions roll back, everything committed is on disk. */
async function stopServer(pid: number): Promise<void> {
  if (!isProcessAlive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; isProcessAlive(pid) && waited < 30_000; waited += 50) await pause(50);
}
