import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { readCatalogue } from "#lib/privacy/scan/catalogue.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

const url = await openTestDatabase();

async function readTables() {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await readCatalogue(client);
  } finally {
    await client.end();
  }
}

/** Types that cannot hold what somebody said: numbers, times, truth values, our own enums, and lists of them. */
const WORDLESS =
  /^(uuid|uuid\[\]|smallint|integer|integer\[\]|bigint|real|double precision|boolean|timestamp with(out)? time zone|numeric)$/;

test("every table is declared in one store, with every column that can hold text", async () => {
  const tables = await readTables();
  const enums = new Set(
    tables.flatMap(({ columns }) =>
      columns.filter(({ type }) => /^(lethe_queue\.)?[a-z_]+$/.test(type)).map(({ type }) => type),
    ),
  );
  for (const known of ["text", "json", "jsonb", "tsvector", "bytea", "name"]) enums.delete(known);
  const found = Object.fromEntries(
    tables.map(({ root, columns }) => [
      root,
      columns
        .filter(({ type }) => !WORDLESS.test(type) && !enums.has(type))
        .map(({ name }) => name)
        .sort(),
    ]),
  );
  const declared = Object.fromEntries(
    STORED_TABLES.map(({ name, columns }) => [name, Object.values(columns).flat().sort()]),
  );
  assert.deepEqual(found, declared);
});

test("what names its owner by a column has that column", async () => {
  const tables = await readTables();
  for (const { name, owner } of STORED_TABLES) {
    const table = tables.find(({ root }) => root === name);
    if (owner)
      assert.ok(
        table?.columns.some((column) => column.name === owner),
        `${name}.${owner}`,
      );
  }
});

test("a table with a person's rows in it, by its columns, has an owner", async () => {
  const tables = await readTables();
  const personal = tables.filter(({ columns }) =>
    columns.some(({ name }) => ["user_uuid", "graph_uuid", "session_uuid"].includes(name)),
  );
  assert.ok(personal.length > 10);
  const without = personal.filter(({ root }) => !STORED_TABLES.find(({ name }) => name === root)?.owner);
  assert.deepEqual(
    without.map(({ name }) => name),
    [],
  );
});
