import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

const ROOT = resolve(import.meta.dirname, "..");

/** Runs something on an embedded database of its own, in a process of its own, as a person would run one command after another. */
function runProcess(dataDir: string, args: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, LETHE_DATA_DIR: dataDir };
  for (const name of [
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "LETHE_SECRET",
    "LETHE_SIGNING_KEY",
    "LETHE_SUPPRESSION_KEY",
    "LETHE_JOURNAL",
  ])
    delete env[name];
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: ROOT,
    env,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

function runScript(dataDir: string, body: string) {
  const script = `
    import { openDatabase } from "#scripts/database.ts";
    const database = await openDatabase();
    const { closeDatabase, db } = await import("#lib/db/client.ts");
    const { Actor } = await import("#lib/auth/actor.ts");
    const { createUser } = await import("#lib/users/mutations.ts");
    const { eraseUserById } = await import("#lib/privacy/erasure/mutations.ts");
    const make = async (userId) => createUser(await Actor.ofCommandLine("p"), { userId, email: null, firstName: null, lastName: null, metadata: {} });
    try { ${body} } finally { await closeDatabase(); await database.stop(); }
    process.exit(0);`;
  return runProcess(dataDir, ["--input-type=module-typescript", "-e", script]);
}

test("a backup that is restored brings nobody back: nothing is taken in before the replay has erased again", {
  timeout: 120_000,
}, async () => {
  const place = mkdtempSync(join(tmpdir(), "lethe-backup-"));
  const [dataDir, backup] = [join(place, "data"), join(place, "backup")];
  const command = (name: string, ...args: string[]) => runProcess(dataDir, [join(ROOT, `scripts/${name}.ts`), ...args]);
  try {
    const made = runScript(
      dataDir,
      'await db().project.create({ data: { slug: "p", name: "P" } }); await make("stays"); await make("goes");',
    );
    assert.equal(made.status, 0, made.output);
    const copied = command("backup", backup);
    assert.equal(copied.status, 0, copied.output);
    assert.notEqual(command("backup", backup).status, 0);
    const erased = runScript(
      dataDir,
      'await eraseUserById(await Actor.ofCommandLine("p"), "goes"); await make("later");',
    );
    assert.equal(erased.status, 0, erased.output);
    const restored = command("restore", backup);
    assert.equal(restored.status, 0, restored.output);
    const refused = runScript(
      dataDir,
      'console.log(await db().user.count()); await make("new").catch((error) => console.log(error.code));',
    );
    assert.match(refused.output, /older than its journal of erasures: 1 people or sessions may be back/);
    assert.match(refused.output, /^2$[\s\S]*^unavailable$/m);
    const replayed = command("erasure-replay");
    assert.equal(replayed.status, 0, replayed.output);
    assert.match(replayed.output, /Erased again: 1\. Not in the backup: 0\. Held: 0\. Not proved: 0\./);
    const after = runScript(
      dataDir,
      'await make("new"); console.log((await db().user.findMany({ orderBy: { userId: "asc" } })).map((user) => user.userId).join());',
    );
    assert.match(after.output, /^new,stays$/m);
    assert.match(command("audit-verify").output, /Every link holds/);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});
