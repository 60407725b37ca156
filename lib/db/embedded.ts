import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, openSync, readFileSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { placeCluster } from "#lib/db/embedded-place.ts";

export interface RunningDatabase {
  url: string;
  /** Stops what this process started or adopted; a database that someone else runs is left alone. */
  stop(): Promise<void>;
}

const settingsSchema = z.object({ port: z.number(), password: z.string() });

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
 * password kept in `dataDir` (mode 600). A server already running on these files is joined; one whose owner died is adopted.
 * @throws Error with the last lines of the server's log when it does not come up within 60 s.
 */
export async function runEmbeddedDatabase(dataDir: string): Promise<RunningDatabase> {
  const home = resolve(dataDir);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const place = await placeCluster(home);
  const settingsFile = join(home, "postgres.json");
  const ownerFile = join(home, "owner.pid");

  if (!existsSync(join(place.cluster, "PG_VERSION"))) {
    const password = randomBytes(24).toString("base64url");
    await writeFile(settingsFile, JSON.stringify({ port: await freePort(), password }), { mode: 0o600 });
    await createCluster(place, password);
  }
  const settings = settingsSchema.parse(JSON.parse(await readFile(settingsFile, "utf8")));

  let pid = postmasterPid(place.cluster);
  const owner = existsSync(ownerFile) ? Number(readFileSync(ownerFile, "utf8")) : 0;
  const joined = pid !== undefined && owner > 0 && isAlive(owner);
  let server: ChildProcess | undefined;
  if (pid === undefined) {
    if (!(await isFree(settings.port))) settings.port = await freePort();
    await writeFile(settingsFile, JSON.stringify(settings), { mode: 0o600 });
    server = startServer(place, settings.port, join(home, "postgres.log"));
    pid = server.pid;
  }
  if (!joined) await writeFile(ownerFile, String(process.pid));

  const url = (database: string) => `postgresql://postgres:${settings.password}@127.0.0.1:${settings.port}/${database}`;
  await waitUntilReady(url("postgres"), server, join(home, "postgres.log"));
  await ensureDatabase(url("postgres"));
  return {
    url: url("lethe"),
    stop: async () => {
      if (joined || pid === undefined) return;
      await stopServer(pid);
      await rm(ownerFile, { force: true });
    },
  };
}

type Place = Awaited<ReturnType<typeof placeCluster>>;

/** Builds the cluster beside its place and moves it in when whole, so that an interrupted first start leaves nothing. */
async function createCluster(place: Place, password: string): Promise<void> {
  const draft = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.pw`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
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
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const code = await new Promise((done) => child.on("close", done).on("error", done));
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new Error(`The embedded database could not be created: ${complaint || code}`);
  await rename(draft, place.cluster);
}

function startServer(place: Place, port: number, logFile: string): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    shared_buffers: "256MB",
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
    // A group of its own: Ctrl-C reaches the starter, which stops the server last.
    detached: true,
  });
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
      if (server?.exitCode == null && Date.now() < deadline) {
        await pause(50);
        continue;
      }
      const log = existsSync(logFile) ? readFileSync(logFile, "utf8").split("\n").slice(-8).join("\n") : "";
      throw new Error(`The embedded database did not start.\n${log}`, { cause: error });
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'lethe'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE lethe");
  } finally {
    await client.end();
  }
}

/** The server's process, if one runs on these files. */
function postmasterPid(cluster: string): number | undefined {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return pid > 0 && isAlive(pid) && isPostgres(pid) ? pid : undefined;
}

/** After a crash another program may have the number; where the system tells names, ask it. */
function isPostgres(pid: number): boolean {
  const name = `/proc/${pid}/comm`;
  return !existsSync(name) || readFileSync(name, "utf8").startsWith("postgres");
}

/** SIGINT asks PostgreSQL for a fast shutdown: open transactions roll back, everything committed is on disk. */
async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; isAlive(pid) && waited < 30_000; waited += 50) await pause(50);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer().once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}
