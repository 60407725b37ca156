import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { createUser, updateUser } from "#lib/users/mutations.ts";
import { getUser } from "#lib/users/queries.ts";
import { createUserSchema } from "#lib/users/schema.ts";
import { makeActor, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const BLANK = { email: null, firstName: null, lastName: null, metadata: {} };

function listEvents(actor: Actor, action: string) {
  return db().auditEvent.findMany({ where: { projectUuid: actor.projectUuid, action } });
}

test("a new user is stored with its event, and a taken id is refused at the field", async () => {
  const actor = await makeActor("support");
  const { uuid } = await createUser(actor, { ...BLANK, userId: "jane@example.org", firstName: "Jane" });
  assert.equal((await getUser(actor, uuid)).firstName, "Jane");
  assert.equal((await listEvents(actor, "user.created")).length, 1);
  await assert.rejects(createUser(actor, { ...BLANK, userId: "jane@example.org" }), {
    code: "taken",
    fields: { userId: "There already is a user with this id." },
  });
  assert.equal((await listEvents(actor, "user.created")).length, 1);
});

test("ids of every odd shape are accepted, those that break URLs or the database are not", () => {
  const blank = { email: "", firstName: "", lastName: "", metadata: "" };
  for (const userId of ["a/b?c#d%e@f", " spaced ", "🦊", "x".repeat(500), "שלום", "%00", "..."]) {
    assert.ok(createUserSchema.safeParse({ ...blank, userId }).success, userId);
  }
  for (const userId of ["", ".", "..", "x".repeat(501), "a\0b", "\ud800"]) {
    assert.ok(!createUserSchema.safeParse({ ...blank, userId }).success, JSON.stringify(userId));
  }
});

test("metadata that is no JSON object, or cannot be stored, is refused with a reason", () => {
  const blank = { userId: "u", email: "", firstName: "", lastName: "" };
  for (const metadata of ["{", "[1]", "3", '"x"', "null", '{"a":"\\u0000"}', '{"a":["\\ud800"]}']) {
    const parsed = createUserSchema.safeParse({ ...blank, metadata });
    assert.ok(!parsed.success && parsed.error.issues[0]?.path[0] === "metadata", metadata);
  }
  assert.ok(createUserSchema.safeParse({ ...blank, metadata: '{"a":{"b":[1,null,"\\\\u0000"]}}' }).success);
});

test("an edit made from an older version is a conflict and changes nothing", async () => {
  const actor = await makeActor();
  const { uuid } = await makeUser(actor, { firstName: "First" });
  await updateUser(actor, { ...BLANK, uuid, version: 1, firstName: "Second" });
  await assert.rejects(updateUser(actor, { ...BLANK, uuid, version: 1, firstName: "Third" }), { code: "conflict" });
  assert.equal((await getUser(actor, uuid)).firstName, "Second");
  const [event] = await listEvents(actor, "user.updated");
  assert.deepEqual(event?.data, { fields: ["firstName"] });
});

test("of twenty edits made at once from the same version exactly one wins", async () => {
  const actor = await makeActor();
  const { uuid } = await makeUser(actor);
  const edits = Array.from({ length: 20 }, (_, n) =>
    updateUser(actor, { ...BLANK, uuid, version: 1, firstName: `${n}` }),
  );
  const outcomes = await Promise.allSettled(edits);
  assert.equal(outcomes.filter((outcome) => outcome.status === "fulfilled").length, 1);
});
