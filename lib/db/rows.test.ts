import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import {
  BIGINT,
  BOOLEAN,
  BYTES,
  JSON_VALUE,
  listOf,
  METADATA,
  NUMBER,
  nullable,
  objectOf,
  oneOf,
  optional,
  readRows,
  readRowsIn,
  TEXT,
  TIME,
} from "#lib/db/rows.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const EVERYTHING = {
  text: TEXT,
  number: NUMBER,
  bigint: BIGINT,
  boolean: BOOLEAN,
  time: TIME,
  bytes: BYTES,
  json: JSON_VALUE,
  metadata: METADATA,
  nothing: nullable(TEXT),
  list: listOf(TEXT),
  word: oneOf(["yes", "no"]),
  objects: listOf(objectOf({ name: TEXT, size: nullable(NUMBER) })),
  absent: optional(TEXT),
};

test("each kind of column comes as its type, past Prisma and through it", async () => {
  const expected = {
    text: "x",
    number: 1,
    bigint: 2n,
    boolean: true,
    time: new Date("2026-01-02T03:04:05Z"),
    json: [1],
    metadata: { a: 1 },
    nothing: null,
    list: ["a"],
    word: "yes",
    objects: [{ name: "n", size: null }],
  };
  const both = [readRows(EVERYTHING), readRowsIn(db(), EVERYTHING)];
  for (const read of both) {
    const [row] = await read`
      SELECT 'x' AS text, 1::int AS number, 2::bigint AS bigint, TRUE AS boolean, '2026-01-02T03:04:05Z'::timestamptz AS time,
        '\\x00'::bytea AS bytes, '[1]'::jsonb AS json, '{"a":1}'::jsonb AS metadata, NULL::text AS nothing, ARRAY['a'] AS list,
        'yes' AS word, '[{"name":"n","size":null}]'::json AS objects`;
    const { bytes, ...rest } = row ?? {};
    assert.deepEqual([...(bytes ?? [])], [0]);
    assert.deepEqual(rest, expected);
  }
});

test("a statement and a shape that differ are told apart by the column, without its value", async () => {
  const secret = "a word nobody should read";
  const differing = [
    [{ word: NUMBER }, /word does not hold a number\.$/],
    [{ other: TEXT }, /other does not hold text\.$/],
    [{ word: oneOf(["yes", "no"]) }, /word does not hold one of yes, no\.$/],
    [{ word: nullable(listOf(TIME)) }, /word does not hold a list of a time or null\.$/],
    [{ word: objectOf({ a: TEXT }) }, /word does not hold an object of a\.$/],
  ] as const;
  for (const [shape, message] of differing)
    await assert.rejects(readRows<unknown>(shape)`SELECT ${secret} AS word`, (error: Error) => {
      assert.match(error.message, message);
      return !error.message.includes(secret);
    });
});
