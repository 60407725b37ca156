import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import SwaggerParser from "@apidevtools/swagger-parser";
import { generateSource } from "oazapfts";
import { makeKey, openTestApi } from "#e2e/api/server.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const base = await openTestApi();

async function readDocument() {
  const answer = await fetch(`${base}/openapi.json`);
  return answer.json();
}

test("the document is valid OpenAPI 3.1 to a validator: every reference leads somewhere, every id is one word", async () => {
  const document = await readDocument();
  const operations: { operationId: string; parameters: { name: string; schema: { type: string } }[] }[] = Object.values<
    Record<string, never>
  >(document.paths).flatMap((path) => Object.values(path));
  assert.ok(operations.length > 70);
  const ids = operations.map(({ operationId }) => operationId);
  assert.deepEqual(
    ids.filter((id) => !/^[A-Za-z0-9_.]+$/.test(id)),
    [],
  );
  assert.equal(new Set(ids).size, ids.length);
  for (const { parameters } of operations) {
    for (const { name, schema } of parameters) {
      if (/^(pageNumber|page_number|pageSize|page_size|limit|lastn|cursor)$/.test(name))
        assert.equal(schema.type, "integer");
    }
  }
  await SwaggerParser.validate(document);
});

test("a typed client that is generated from the document compiles and runs", async () => {
  const made = resolve(ROOT, ".data/test/clients");
  mkdirSync(made, { recursive: true });
  const folder = mkdtempSync(join(made, "generated-"));
  try {
    const document = join(folder, "openapi.json");
    writeFileSync(document, JSON.stringify(await readDocument()));
    writeFileSync(join(folder, "client.ts"), await generateSource(document));
    const { key } = await makeKey();
    writeFileSync(
      join(folder, "run.ts"),
      `import { defaults, userAdd, userGet, userListOrdered } from "./client.ts";
       defaults.baseUrl = ${JSON.stringify(base)};
       defaults.headers = { authorization: ${JSON.stringify(`Api-Key ${key}`)} };
       const added = await userAdd({ user_id: "jane", first_name: "Jane", metadata: { seats: 3 } });
       if (added.status !== 201) throw new Error(String(added.status));
       const found = await userGet("jane");
       if (found.status !== 200) throw new Error(String(found.status));
       const first: string | undefined = found.data.first_name;
       const list = await userListOrdered({ pageSize: 5, pageNumber: 1 });
       if (list.status !== 200) throw new Error(String(list.status));
       console.log(first, list.data.total_count);`,
    );
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--allowImportingTsExtensions",
    ];
    // Not one after the other in this process: the server that the client calls runs in it as well.
    const run = promisify(execFile);
    await run("tsc", [...options, "--ignoreConfig", join(folder, "run.ts")], { cwd: ROOT });
    const flags = ["--disable-warning=ExperimentalWarning", join(folder, "run.ts")];
    const { stdout } = await run(process.execPath, flags, { cwd: ROOT, timeout: 60_000 });
    assert.equal(stdout, "Jane 1\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
