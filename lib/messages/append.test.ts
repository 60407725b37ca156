import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { appendMessages, type SessionKey } from "#lib/messages/append.ts";
import { findMessageNumber, listMessages, searchSession } from "#lib/messages/queries.ts";
import type { NewMessage } from "#lib/messages/schema.ts";
import { addTurns, makeActor, makeMessage, makeSession } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

function appendInTransaction(session: SessionKey, messages: NewMessage[]) {
  return db().$transaction((tx) => appendMessages(tx, session, messages));
}

test("twenty writers at once lose nothing, double nothing and keep each batch together in order", async () => {
  const actor = await makeActor();
  const session = await makeSession(actor);
  const batches = Array.from({ length: 20 }, (_, writer) => [0, 1, 2].map((turn) => makeMessage(`${writer}:${turn}`)));
  await Promise.all(batches.map((batch) => appendInTransaction(session, batch)));
  const rows = await listMessages(actor, { session: session.uuid, window: 0 });
  assert.equal(rows.length, 60);
  for (let first = 0; first < 60; first += 3) {
    const [writer] = (rows[first]?.content ?? "").split(":");
    assert.deepEqual(
      rows.slice(first, first + 3).map((row) => row.content),
      [0, 1, 2].map((turn) => `${writer}:${turn}`),
    );
  }
});

test("a replayed batch is stored once, and only what is new is added", async () => {
  const session = await makeSession(await makeActor());
  const batch = ["a", "b"].map((content) => makeMessage(content, { uuid: randomUUID() }));
  assert.equal(await appendInTransaction(session, batch), 2);
  assert.equal(await appendInTransaction(session, [...batch, makeMessage("c", { uuid: randomUUID() })]), 1);
  assert.equal(await appendInTransaction(session, batch), 0);
});

test("a uuid that is taken by a message of another session is refused and nothing is stored", async () => {
  const actor = await makeActor();
  const [one, two] = [await makeSession(actor), await makeSession(actor)];
  const taken = makeMessage("mine", { uuid: randomUUID() });
  await appendInTransaction(one, [taken]);
  await assert.rejects(appendInTransaction(two, [makeMessage("fine"), taken]), { code: "invalid" });
  assert.equal((await listMessages(actor, { session: two.uuid, window: 0 })).length, 0);
});

test("an ended session takes no new messages", async () => {
  const session = await makeSession(await makeActor(), { endedAt: new Date() });
  await assert.rejects(appendInTransaction(session, [makeMessage("too late")]), { code: "conflict" });
});

test("search tells the number of each message that contains the text", async () => {
  const actor = await makeActor();
  const session = await makeSession(actor);
  await addTurns(session, "I moved to Málaga", "Nice", "malaga is warm", "100%?");
  assert.deepEqual(await searchSession(actor, { session: session.uuid, text: "MALAGA" }), {
    numbers: [0, 2],
    total: 2,
  });
  assert.deepEqual(await searchSession(actor, { session: session.uuid, text: "%" }), { numbers: [3], total: 1 });
  const [, nice] = await listMessages(actor, { session: session.uuid, window: 0 });
  assert.equal(await findMessageNumber(actor, session.uuid, nice?.uuid ?? ""), 1);
  assert.equal(await findMessageNumber(actor, session.uuid, randomUUID()), null);
});
