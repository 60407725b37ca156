import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseEnv } from "#lib/env.ts";
import { formatCount, formatDuration, formatRelativeTime } from "#lib/format.ts";
import { parseMetadataFilter } from "#lib/metadata-filter.ts";
import { openText, sealText } from "#lib/sealed-text.ts";
import { makeActor } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

test("a sealed text opens to itself in its own project only, and shows nothing of what it says", async () => {
  const [actor, stranger] = [await makeActor(), await makeActor()];
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }), (text) => {
      const token = sealText(actor, text);
      assert.match(token, /^[\w-]+$/);
      assert.equal(openText(actor, token), text);
      assert.equal(sealText(actor, text), token);
      assert.equal(openText(stranger, token), null);
      assert.equal(openText(actor, `${token.slice(0, -2)}AA`) === text, token.endsWith("AA"));
    }),
  );
  for (const token of ["", "x", "a".repeat(100)]) assert.equal(openText(actor, token), null);
});

test("a metadata filter is read as key and value or as JSON, and anything else is told", () => {
  assert.deepEqual(parseMetadataFilter("plan=gold"), [{ plan: "gold" }]);
  assert.deepEqual(parseMetadataFilter(" seats = 3 "), [{ seats: "3" }, { seats: 3 }]);
  assert.deepEqual(parseMetadataFilter("address.city=Paris"), [{ address: { city: "Paris" } }]);
  assert.deepEqual(parseMetadataFilter('{"a":[1]}'), [{ a: [1] }]);
  for (const source of ["plan", "=", "{", "{]=1"])
    assert.throws(() => parseMetadataFilter(source), { code: "invalid" });
});

test("the environment is read with a reason for each variable that does not fit, and never repeats a value", () => {
  assert.equal(parseEnv({}).PORT, 3000);
  assert.equal(parseEnv({ DATABASE_URL: "", PORT: "8080" }).PORT, 8080);
  const bad = { PORT: "zero", DATABASE_URL: "mysql://secret@host", LETHE_OWNER_PASSWORD: "short" };
  assert.throws(
    () => parseEnv(bad),
    (error: Error) =>
      ["PORT", "DATABASE_URL", "LETHE_OWNER_PASSWORD"].every((name) => error.message.includes(`${name}:`)) &&
      !error.message.includes("secret"),
  );
});

test("times and counts are told in words", () => {
  const now = new Date("2026-03-31T12:00:00Z");
  const formatAgo = (milliseconds: number) => formatRelativeTime(new Date(now.getTime() - milliseconds), now);
  assert.equal(formatAgo(20_000), "just now");
  assert.equal(formatAgo(5 * 60_000), "5 minutes ago");
  assert.equal(formatAgo(26 * 3_600_000), "yesterday");
  assert.equal(formatAgo(400 * 86_400_000), "last year");
  assert.equal(formatDuration(19 * 3_600_000), "19 hours");
  assert.equal(formatCount(1, "session"), "1 session");
  assert.equal(formatCount(1234, "session"), "1,234 sessions");
});
