import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { waitUntilHydrated } from "#e2e/fixtures.ts";
import { findFreePort } from "#lib/db/machine.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RUN = join(ROOT, "scripts/run.mjs");

/** What another test may have settled for this process; a fresh machine has none of it. */
const SETTLED = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "LETHE_SECRET",
  "LETHE_SIGNING_KEY",
  "LETHE_SUPPRESSION_KEY",
  "LETHE_JOURNAL",
  "LETHE_TEST_SERVER",
];

interface StartedProduct {
  process: ChildProcess;
  output: () => string;
}

/** `npm start` on a data directory of its own, which nobody else may enter (mode 700). */
async function startProduct(dataDir: string, port: number): Promise<StartedProduct> {
  const env: NodeJS.ProcessEnv = { ...process.env, LETHE_DATA_DIR: dataDir, PORT: String(port) };
  for (const name of SETTLED) delete env[name];
  const child = spawn(process.execPath, [RUN, "start"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const hasSettled = () => child.exitCode !== null || output.includes("Ctrl-C stops everything");
  for (let waited = 0; waited < 90_000 && !hasSettled(); waited += 100)
    await new Promise((done) => setTimeout(done, 100));
  return { process: child, output: () => output };
}

async function stopProduct({ process: child }: StartedProduct, signal: NodeJS.Signals): Promise<number | null> {
  const exit = new Promise<number | null>((done) => child.once("exit", done));
  if (signal === "SIGKILL") spawnSync("pkill", ["-KILL", "-P", String(child.pid)]);
  child.kill(signal);
  return exit;
}

async function isDatabaseRunning(dataDir: string): Promise<boolean> {
  const { cluster } = JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8"));
  return stat(join(cluster, "postmaster.pid")).then(
    () => true,
    () => false,
  );
}

test("a first start shows a password and people, Ctrl-C loses nothing, kill -9 is survived", async ({ page }) => {
  test.setTimeout(240_000);
  const dataDir = await mkdtemp(join(tmpdir(), "lethe-start-"));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  try {
    const first = await startProduct(dataDir, port);
    const [, email = "", password = ""] = /Sign in as {2}(\S+)\s+Password {4}(\S+)/.exec(first.output()) ?? [];
    expect(first.output()).toContain(`Lethe is running at ${url}`);
    for (const secret of ["postgres.json", "secret"]) {
      expect((await stat(join(dataDir, secret))).mode & 0o777, secret).toBe(0o600);
    }
    await page.goto(url);
    await waitUntilHydrated(page);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Present password").fill(password);
    await page.getByLabel("New password", { exact: true }).fill("chosen by the owner");
    await page.getByLabel("New password again").fill("chosen by the owner");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("40 users")).toBeVisible();
    await page.getByRole("link", { name: "Léa Rousselot" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Léa Rousselot" })).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText("All 32 episodes read")).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await expect(page.getByText("allergic to celery").first()).toBeVisible();
    await page.goto(url);
    await waitUntilHydrated(page);
    await page.getByRole("button", { name: "New user" }).click();
    await page.getByLabel("User ID").fill("made before the stop");
    await page.getByRole("button", { name: "Create user" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "made before the stop" })).toBeVisible();

    const second = await startProduct(dataDir, port);
    expect(second.output()).toContain("Something is already listening");
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    expect(await stopProduct(first, "SIGINT")).toBe(0);
    expect(await isDatabaseRunning(dataDir)).toBe(false);

    const again = await startProduct(dataDir, port);
    expect(again.output()).toContain("Lethe is running");
    expect(again.output()).not.toContain("Password");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "made before the stop" })).toBeVisible();
    await stopProduct(again, "SIGKILL");
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => "up",
            () => "down",
          ),
        { timeout: 20_000 },
      )
      .toBe("down");

    const afterCrash = await startProduct(dataDir, port);
    expect(afterCrash.output()).toContain("Lethe is running");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "made before the stop" })).toBeVisible();
    expect(await stopProduct(afterCrash, "SIGTERM")).toBe(0);
    expect(await isDatabaseRunning(dataDir)).toBe(false);
  } finally {
    const { cluster } = JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8"));
    if (!cluster.startsWith(dataDir)) await rm(dirname(cluster), { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("a port that is taken is told before anything is made", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "lethe-taken-"));
  const port = await findFreePort();
  const squatter = createServer().listen(port, "127.0.0.1");
  try {
    const refused = await startProduct(dataDir, port);
    expect(refused.output()).toContain(`Something is already listening on 127.0.0.1:${port}`);
    expect(refused.process.exitCode).toBe(1);
    expect(await stat(join(dataDir, "postgres.json")).catch(() => null)).toBeNull();
  } finally {
    squatter.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("configuration that does not fit is told by name, and nothing starts", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "lethe-bad-"));
  const env = { ...process.env, LETHE_DATA_DIR: dataDir, PORT: "many", DATABASE_URL: "mysql://somewhere" };
  const { status, stderr } = spawnSync(process.execPath, [RUN, "start"], { cwd: ROOT, env, encoding: "utf8" });
  await rm(dataDir, { recursive: true, force: true });
  expect(status).toBe(1);
  expect(stderr).toContain("PORT: ");
  expect(stderr).toContain("DATABASE_URL: ");
  expect(stderr).not.toContain("at ");
});

test("a database that is killed comes back, of two starts at once one gives way, and what is damaged is told in a sentence", async ({
  request,
}) => {
  test.setTimeout(240_000);
  const dataDir = await mkdtemp(join(tmpdir(), "lethe-mends-"));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  try {
    const both = await Promise.all([startProduct(dataDir, port), startProduct(dataDir, port)]);
    const greeted = both.filter(({ output }) => output().includes("Lethe is running"));
    expect(greeted).toHaveLength(1);
    const [running] = greeted;
    const other = both.find((started) => started !== running);
    expect(other?.output()).toMatch(/Something is already listening|Nothing can listen/);
    expect(other?.output()).not.toContain("    at ");
    await expect.poll(() => other?.process.exitCode, { timeout: 20_000 }).toBe(1);

    const { cluster } = JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8"));
    const [pid] = (await readFile(join(cluster, "postmaster.pid"), "utf8")).split("\n");
    process.kill(Number(pid), "SIGKILL");
    await expect.poll(async () => (await request.get(`${url}/api/health`)).status(), { timeout: 10_000 }).toBe(503);
    await expect.poll(async () => (await request.get(`${url}/api/health`)).status(), { timeout: 60_000 }).toBe(200);
    expect((await readFile(join(cluster, "postmaster.pid"), "utf8")).split("\n")[0]).not.toBe(pid);
    if (running) expect(await stopProduct(running, "SIGTERM")).toBe(0);

    const secret = await readFile(join(dataDir, "secret"), "utf8");
    const refuses = async (words: RegExp, given: Record<string, string> = {}) => {
      const env: NodeJS.ProcessEnv = { ...process.env, LETHE_DATA_DIR: dataDir, PORT: String(port), ...given };
      for (const name of SETTLED) if (!(name in given)) delete env[name];
      const { status, stderr } = spawnSync(process.execPath, [RUN, "start"], { cwd: ROOT, env, encoding: "utf8" });
      expect(status).toBe(1);
      expect(stderr).toMatch(words);
      expect(stderr).not.toContain("    at ");
      return stderr;
    };
    await writeFile(join(dataDir, "secret"), "");
    await refuses(/\/secret is empty or cut off\. .*LETHE_SECRET/);
    await rm(join(dataDir, "secret"));
    await refuses(/\/secret is missing\. .*LETHE_SECRET/);
    await expect(stat(join(dataDir, "secret"))).rejects.toThrow();
    await writeFile(join(dataDir, "secret"), secret);
    const settings = await readFile(join(dataDir, "postgres.json"), "utf8");
    await writeFile(join(dataDir, "postgres.json"), settings.slice(0, 20));
    await refuses(/postgres\.json is damaged/);
    await writeFile(join(dataDir, "postgres.json"), settings);
    const nowhere = await findFreePort();
    const told = await refuses(
      /DATABASE_URL: the database x at 127\.0\.0\.1:\d+ cannot be opened \(nothing listens there\)/,
      {
        DATABASE_URL: `postgresql://me:hidden@127.0.0.1:${nowhere}/x`,
      },
    );
    expect(told).not.toContain("hidden");
  } finally {
    const { cluster } = JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8"));
    if (!cluster.startsWith(dataDir)) await rm(dirname(cluster), { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
});
