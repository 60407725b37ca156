import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { test } from "node:test";

test("of a person who is planted in every field nothing is found after their erasure", { timeout: 120_000 }, () => {
  const root = resolve(import.meta.dirname, "..");
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/residue.ts")], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^Residue score: 0\.000$/m);
});
