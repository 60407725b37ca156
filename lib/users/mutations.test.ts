import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { eraseUser, eraseUsers } from "#lib/users/erasure.ts";
import { createUser, updateUser } from "#lib/users/mutations.ts";
import { getUser, previewErasures } from "#lib/users/queries.ts";
import { createUserSchema } from "#lib/users/schema.ts";
import { addTurns, makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
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

test("an erasure removes the person, every session and every message, and nothing of anyone else", async () => {
  const actor = await makeActor("privacy");
  const person = await makeUser(actor, { userId: "forget me" });
  const other = await makeSession(actor);
  await addTurns(other, "stays");
  for (const words of [["a", "b"], ["c"], []])
    await addTurns(await makeSession(actor, { userUuid: person.uuid }), ...words);

  const [preview] = await previewErasures(actor, { uuids: [person.uuid] });
  assert.deepEqual(preview?.counts, { sessions: 3, messages: 3, episodes: 3, facts: 0, nodes: 1 });
  const input = {
    uuid: person.uuid,
    confirmation: "forget me",
    previewed: { sessions: 3, messages: 3, episodes: 3, facts: 0, nodes: 1 },
  };
  assert.deepEqual(await eraseUser(actor, input), { sessions: 3, messages: 3, episodes: 3, facts: 0, nodes: 1 });

  const where = { projectUuid: actor.projectUuid, userUuid: person.uuid };
  assert.equal(await db().session.count({ where }), 0);
  assert.equal(await db().message.count({ where }), 0);
  await assert.rejects(getUser(actor, person.uuid), { code: "not_found" });
  assert.equal(await db().message.count({ where: { projectUuid: actor.projectUuid } }), 1);
  const [event] = await listEvents(actor, "user.erased");
  assert.equal(event?.subjectRef, person.subjectRef);
  assert.ok(!JSON.stringify(event, (_, value) => (typeof value === "bigint" ? 0 : value)).includes("forget me"));
});

test("a wrong confirmation or a preview that no longer holds removes nothing", async () => {
  const actor = await makeActor();
  const person = await makeUser(actor, { userId: "careful" });
  const session = await makeSession(actor, { userUuid: person.uuid });
  const input = {
    uuid: person.uuid,
    confirmation: "careful",
    previewed: { sessions: 1, messages: 0, episodes: 0, facts: 0, nodes: 1 },
  };
  await assert.rejects(eraseUser(actor, { ...input, confirmation: "Careful" }), { code: "invalid" });
  await addTurns(session, "one more");
  await assert.rejects(eraseUser(actor, input), { code: "conflict", message: /1 sessions and 1 messages/ });
  assert.equal((await getUser(actor, person.uuid)).messageCount, 1);
  assert.equal((await listEvents(actor, "user.erased")).length, 0);
});

test("messages arriving while a person is erased leave nothing behind, and the counts are those of what went", async () => {
  const actor = await makeActor();
  for (let round = 0; round < 5; round += 1) {
    const person = await makeUser(actor);
    const session = await makeSession(actor, { userUuid: person.uuid });
    await addTurns(session, "first");
    const arrivals = Array.from({ length: 10 }, () =>
      db().$transaction((tx) => appendMessages(tx, session, [makeMessage("late")])),
    );
    const previewed = { sessions: 1, messages: 1, episodes: 1, facts: 0, nodes: 1 };
    const erasure = eraseUser(actor, { uuid: person.uuid, confirmation: person.userId, previewed });
    const [outcome] = await Promise.allSettled([erasure, ...arrivals]);
    const left = await db().message.count({ where: { projectUuid: actor.projectUuid, userUuid: person.uuid } });
    const stored = await Promise.allSettled(arrivals);
    const arrived = stored.filter((arrival) => arrival.status === "fulfilled").length;
    if (outcome.status === "fulfilled") assert.equal(left, 0);
    else assert.equal(left, 1 + arrived);
  }
});

test("erasing several tells each one's outcome, and one failure stops no other", async () => {
  const actor = await makeActor();
  const [a, b] = [await makeUser(actor), await makeUser(actor)];
  const nothing = { sessions: 0, messages: 0, episodes: 0, facts: 0, nodes: 1 };
  const outcomes = await eraseUsers(actor, [
    { uuid: a.uuid, previewed: { sessions: 9, messages: 0, episodes: 0, facts: 0, nodes: 1 } },
    { uuid: b.uuid, previewed: nothing },
    { uuid: "0198f3c0-0000-7000-8000-000000000000", previewed: nothing },
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.message === null),
    [false, true, false],
  );
  assert.equal((await getUser(actor, a.uuid)).userId, a.userId);
});
