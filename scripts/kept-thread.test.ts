import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { keepThreadRunning } from "#scripts/kept-thread.ts";

test("a thread that ends by itself is started anew, and one that is asked to end is not", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lethe-thread-"));
  const starts = join(directory, "starts");
  const script = join(directory, "script.mjs");
  await writeFile(starts, "");
  // Fails at its first two starts, as the worker does while its database is away.
  await writeFile(
    script,
    `import { appendFileSync, readFileSync } from "node:fs";
    import { parentPort } from "node:worker_threads";
    appendFileSync(${JSON.stringify(starts)}, "s");
    if (readFileSync(${JSON.stringify(starts)}, "utf8").length < 3) throw new Error("too early");
    appendFileSync(${JSON.stringify(starts)}, "!");
    parentPort.once("message", () => parentPort.close());`,
  );
  const readStarts = () => readFile(starts, "utf8");
  const thread = keepThreadRunning(pathToFileURL(script), 10);
  try {
    while (!(await readStarts()).endsWith("!")) await new Promise((done) => setTimeout(done, 10));
    await thread.stop();
    assert.equal(await readStarts(), "sss!");
  } finally {
    await thread.stop();
    await rm(directory, { recursive: true });
  }
});
