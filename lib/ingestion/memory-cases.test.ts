import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeActor } from "#prisma/factories.ts";
import { parseCases, runCase } from "#prisma/memory-cases/run-case.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

for (const file of ["cases.jsonl", "records.jsonl"]) {
  const cases = parseCases(readFileSync(join(import.meta.dirname, "../../prisma/memory-cases", file), "utf8"));
  for (const [place, each] of cases.entries()) {
    const shown = each.turns.map(({ text }) => text).join(" ⏎ ") || JSON.stringify(each.data);
    test(`${file}:${place + 1} ${each.kind}: ${shown.replaceAll("\n", "⏎").slice(0, 100)}`, async () => {
      assert.deepEqual(await runCase(await makeActor(), each), []);
    });
  }
}
