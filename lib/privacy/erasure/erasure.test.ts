import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { mergeNodes } from "#lib/graph/edit/merge.ts";
import { correctFact } from "#lib/graph/edit/mutations.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { certifyUnknown } from "#lib/privacy/erasure/absence.ts";
import { eraseUser, eraseUserById, eraseUsers } from "#lib/privacy/erasure/mutations.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { certifyUnknownSchema } from "#lib/privacy/erasure/schema.ts";
import { proveAgain } from "#lib/privacy/proof/again.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { createSession } from "#lib/sessions/mutations.ts";
import { createUser } from "#lib/users/mutations.ts";
import { getUser } from "#lib/users/queries.ts";
import { addTurns, makeActor, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";
import { makeJane, processAll, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

/** What an operator has in hand after looking at the plan. */
async function planErasure(actor: Actor, uuid: string) {
  const [plan] = await planErasures(actor, { uuids: [uuid] });
  assert.ok(plan);
  return { uuid, previewed: plan.rows, plan: plan.hash, keptOut: false };
}

function listErasures({ projectUuid }: Actor) {
  return db().auditEvent.findMany({ where: { projectUuid, action: "user.erased" } });
}

test("an erasure removes the person, every session and every message, and nothing of anyone else", async () => {
  const actor = await makeActor("privacy");
  const person = await makeUser(actor, { userId: "forget me" });
  const other = await makeSession(actor);
  await addTurns(other, "stays");
  for (const words of [["a", "b"], ["c"], []])
    await addTurns(await makeSession(actor, { userUuid: person.uuid }), ...words);

  const planned = await planErasure(actor, person.uuid);
  const { sessions, messages, episodes, nodes, edges } = planned.previewed;
  assert.deepEqual(
    { sessions, messages, episodes, nodes, edges },
    { sessions: 3, messages: 3, episodes: 3, nodes: 1, edges: 0 },
  );
  const { rows } = await eraseUser(actor, { ...planned, confirmation: "forget me" });
  assert.deepEqual(rows, planned.previewed);

  const where = { projectUuid: actor.projectUuid, userUuid: person.uuid };
  assert.equal(await db().session.count({ where }), 0);
  assert.equal(await db().message.count({ where }), 0);
  await assert.rejects(getUser(actor, person.uuid), { code: "not_found" });
  assert.equal(await db().message.count({ where: { projectUuid: actor.projectUuid } }), 1);
  const [event] = await listErasures(actor);
  assert.equal(event?.subjectRef, person.subjectRef);
  assert.equal(event?.objectUuid, null);
  assert.ok(!JSON.stringify(event, (_, value) => (typeof value === "bigint" ? 0 : value)).includes("forget me"));
});

test("a wrong confirmation or a plan that no longer holds removes nothing", async () => {
  const actor = await makeActor();
  const person = await makeUser(actor, { userId: "careful" });
  const session = await makeSession(actor, { userUuid: person.uuid });
  const planned = await planErasure(actor, person.uuid);
  await assert.rejects(eraseUser(actor, { ...planned, confirmation: "Careful" }), { code: "invalid" });
  await addTurns(session, "one more");
  const grown = { code: "conflict", message: /1 sessions and 1 messages/ };
  await assert.rejects(eraseUser(actor, { ...planned, confirmation: "careful" }), grown);
  const again = await planErasure(actor, person.uuid);
  await db().user.updateMany({ where: { uuid: person.uuid }, data: { email: "other@example.org" } });
  const changed = { code: "conflict", message: /record or their copies changed/ };
  await assert.rejects(eraseUser(actor, { ...again, confirmation: "careful" }), changed);
  assert.equal((await getUser(actor, person.uuid)).messageCount, 1);
  assert.equal((await listErasures(actor)).length, 0);
});

test("messages arriving while a person is erased leave nothing behind, and the counts are those of what went", async () => {
  const actor = await makeActor();
  for (let round = 0; round < 5; round += 1) {
    const person = await makeUser(actor);
    const session = await makeSession(actor, { userUuid: person.uuid });
    await addTurns(session, "first");
    const planned = await planErasure(actor, person.uuid);
    const arrivals = Array.from({ length: 20 }, () =>
      db().$transaction((tx) => appendMessages(tx, session, [makeMessage("late")])),
    );
    const erasure = eraseUser(actor, { ...planned, confirmation: person.userId });
    const [outcome] = await Promise.allSettled([erasure, ...arrivals]);
    const stored = await Promise.allSettled(arrivals);
    const left = await db().message.count({ where: { projectUuid: actor.projectUuid, userUuid: person.uuid } });
    const arrived = stored.filter((arrival) => arrival.status === "fulfilled").length;
    if (outcome.status === "fulfilled") assert.equal(left, 0);
    else assert.equal(left, 1 + arrived);
  }
});

test("erasing several tells each one's outcome, and one failure stops no other", async () => {
  const actor = await makeActor();
  const [a, b] = [await makeUser(actor), await makeUser(actor)];
  const [first, second] = [await planErasure(actor, a.uuid), await planErasure(actor, b.uuid)];
  const outcomes = await eraseUsers(actor, [
    { ...first, previewed: { ...first.previewed, sessions: 9 } },
    second,
    { ...second, uuid: "0198f3c0-0000-7000-8000-000000000000" },
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.message === null),
    [false, true, false],
  );
  assert.equal((await getUser(actor, a.uuid)).userId, a.userId);
});

test("an old receipt is proved again by hashes, or by what is typed, and says who was added since", async () => {
  const actor = await makeActor("privacy");
  const { projectUuid } = actor;
  const person = await makeUser(actor, { userId: "old@example.org", email: "old@example.org" });
  const { receipt } = await eraseUser(actor, {
    ...(await planErasure(actor, person.uuid)),
    confirmation: person.userId,
  });
  await provePendingReceipts();
  const prove = (identifier = "") => proveAgain(actor, { receipt, identifier });
  assert.deepEqual(await prove().then(({ verdict, data }) => [verdict, data.by, data.addedSince]), [
    "confirmed",
    "hashes",
    0,
  ]);
  await makeUser(actor, { userId: "old@example.org" });
  assert.deepEqual(await prove().then(({ verdict, data }) => [verdict, data.addedSince]), ["confirmed", 1]);
  await addTurns(await makeSession(actor), "I wrote to old@example.org.");
  const typed = await prove("OLD@example.org");
  assert.equal(typed.data.by, "typed");
  assert.ok(typed.data.mentions + typed.data.addedSince > 1);
  await assert.rejects(prove("other@example.org"), { fields: { identifier: "This receipt is not about that." } });
  // Somebody who came back past everything, as from a file of the database that was copied in.
  await runAsOwner(
    "INSERT INTO users (project_uuid, uuid, user_id, subject_ref) VALUES ($1, '01900000-0000-7000-8000-000000000001', 'x', gen_random_uuid())",
    [projectUuid],
  );
  await runAsOwner("UPDATE users SET email = 'Old@example.org' WHERE user_id = 'x'");
  const { verdict, data } = await prove();
  assert.deepEqual([verdict, data.left], ["residue", [{ table: "users", rows: 1 }]]);
});

test("what an erasure has left is found by the proof, and the receipt is not signed before it is gone", async () => {
  const actor = await makeActor("privacy");
  const person = await makeUser(actor, { userId: "left-behind-1" });
  const { receipt } = await eraseUser(actor, {
    ...(await planErasure(actor, person.uuid)),
    confirmation: person.userId,
  });
  const place = { projectUuid: actor.projectUuid, uuid: receipt };
  await runAsOwner("UPDATE lethe_queue.queue SET singletons_active = ARRAY[$1]", [person.uuid]);
  await provePendingReceipts();
  assert.equal((await db().receipt.findFirstOrThrow({ where: place })).status, "residue");
  await runAsOwner("UPDATE lethe_queue.queue SET singletons_active = NULL");
  await provePendingReceipts();
  assert.equal((await db().receipt.findFirstOrThrow({ where: place })).status, "residue");
  await provePendingReceipts({ atOnce: true });
  const { status, jws, sealed } = await db().receipt.findFirstOrThrow({ where: place });
  assert.ok(status === "confirmed" && jws && sealed === null);
  await assert.rejects(db().receipt.updateMany({ where: place, data: { status: "pending" } }), /never changed/);
  await assert.rejects(db().receipt.updateMany({ where: place, data: { facts: {} } }), /never changed/);
  await assert.rejects(runAsOwner("DELETE FROM receipts"), /never removed/);
});

test("ids that are parts of others, words of the product, or another project's are confirmed gone", async () => {
  const actor = await makeActor("privacy");
  for (let number = 1; number <= 80; number += 1) await makeUser(actor, { userId: `user-${number}` });
  const ids = [
    "user-7",
    "user",
    "null",
    "true",
    "Ed25519",
    "acme-corp",
    "1",
    "İstanbul-id",
    "ΟΔΟΣ",
    'a"b\\c',
    "x%y_z",
    "100%",
  ];
  const other = await makeActor();
  await db().project.update({ where: { uuid: other.projectUuid }, data: { name: "acme-corp" } });
  for (const userId of ids) {
    await makeUser(other, { userId, firstName: "Same", lastName: "Name" });
    const known = await db().user.findFirst({ where: { projectUuid: actor.projectUuid, userId } });
    const { uuid } = known ?? (await makeUser(actor, { userId, firstName: "Same", lastName: "Name" }));
    await eraseUser(actor, { ...(await planErasure(actor, uuid)), confirmation: userId });
  }
  await runAsOwner("ANALYZE");
  await provePendingReceipts({ atOnce: true });
  const receipts = await db().receipt.findMany({ where: { projectUuid: actor.projectUuid } });
  assert.deepEqual(new Set(receipts.map(({ status }) => status)), new Set(["confirmed"]));
});

test("whoever has a namesake is confirmed gone, and the namesake stays", async () => {
  const actor = await makeActor("privacy");
  const [one, other] = [await makeJane(actor), await makeJane(actor)];
  await rememberTurns(one, ["I live in Ghent."]);
  await rememberTurns(other, ["I live in Bruges."]);
  await cloneGraph(actor, { userId: one.userId }, { userId: "namesake-copy" });
  await runAsOwner("ANALYZE");
  const { receipt } = await eraseUserById(actor, one.userId);
  await provePendingReceipts({ atOnce: true });
  assert.equal((await db().receipt.findFirstOrThrow({ where: { uuid: receipt } })).status, "confirmed");
  assert.equal((await getUser(actor, other.uuid)).messageCount, 1);
});

test("what is left of somebody is found however often others mention them, and in whatever letters", async () => {
  const actor = await makeActor("privacy");
  const { projectUuid } = actor;
  const session = await makeSession(actor);
  const many = Array.from({ length: 5_100 }, () => makeMessage("Ask helpdesk-bot about it."));
  await db().$transaction((tx) => appendMessages(tx, session, many), { timeout: 60_000 });
  const [bot, istanbul] = [
    await makeUser(actor, { userId: "helpdesk-bot" }),
    await makeUser(actor, { userId: "İstanbul-çay" }),
  ];
  const [plan] = await planErasures(actor, { uuids: [bot.uuid] });
  assert.ok((plan?.mentions.rows ?? 0) >= 5_100);
  for (const { uuid, userId } of [bot, istanbul])
    await eraseUser(actor, { ...(await planErasure(actor, uuid)), confirmation: userId });
  await runAsOwner("UPDATE lethe_queue.queue SET singletons_active = ARRAY['İstanbul-çay'] WHERE name = 'graphs'");
  await runAsOwner(
    `INSERT INTO messages (project_uuid, user_uuid, session_uuid, position, uuid, role_type, content)
     VALUES ($1, $2, gen_random_uuid(), 0, gen_random_uuid(), 'user', 'I am helpdesk-bot')`,
    [projectUuid, bot.uuid],
    { asReplica: true },
  );
  await provePendingReceipts({ atOnce: true });
  const receipts = await db().receipt.findMany({ where: { projectUuid } });
  assert.deepEqual(
    receipts.map(({ status }) => status),
    ["residue", "residue"],
  );
  await runAsOwner("UPDATE lethe_queue.queue SET singletons_active = NULL");
  await runAsOwner("DELETE FROM messages WHERE user_uuid = $1", [bot.uuid]);
});

test("nothing of somebody is left where nodes were merged, a placeholder's graph was copied, or a copy was corrected", async () => {
  const actor = await makeActor("admin");
  const { projectUuid } = actor;
  const said = {
    role: null,
    roleType: "user",
    content: "I live in Markerstadt.",
    metadata: {},
    tokenCount: null,
  } as const;
  await addMessages(actor, "first-talk", [{ ...said, createdAt: new Date() }], []);
  const placeholder = await db().user.findFirstOrThrow({ where: { projectUuid, userId: "first-talk" } });
  await processAll({ projectUuid, uuid: placeholder.uuid });
  await cloneGraph(actor, { userId: "first-talk" }, { userId: "copy-of-it" });
  const jane = await makeJane(actor);
  await createSession(actor, { sessionId: "first-talk", userId: jane.userId, metadata: {} });
  await rememberTurns(jane, ["I work at Acme.", "I live in Markervillage now."]);
  const find = (word: string) => db().node.findFirstOrThrow({ where: { graphUuid: jane.uuid, name: word } });
  await mergeNodes(actor, (await find("Acme")).uuid, (await find("Markervillage")).uuid);
  await cloneGraph(actor, { userId: jane.userId }, { userId: "second-copy" });
  const copied = await db().user.findFirstOrThrow({ where: { projectUuid, userId: "second-copy" } });
  const fact = await db().edge.findFirstOrThrow({ where: { graphUuid: copied.uuid, name: "WORKS_AT" } });
  await correctFact(actor, { uuid: fact.uuid, fact: "Jane Smith works at Globex", since: "" });
  await eraseUserById(actor, jane.userId);
  const left = await runAsOwner<{ row: string }>(`
    SELECT t::text AS row FROM episodes t WHERE t::text ~ 'Marker' UNION ALL SELECT t::text FROM edges t WHERE t::text ~ 'Marker'
    UNION ALL SELECT t::text FROM node_merges t WHERE t::text ~ 'Marker' UNION ALL SELECT t::text FROM node_names t WHERE t::text ~* 'marker'
    UNION ALL SELECT t::text FROM summaries t WHERE t::text ~ 'Acme|Marker'`);
  assert.deepEqual(left, []);
});

test("many attempts to bring back somebody who is kept out are all refused, and hold nobody up", async () => {
  const actor = await makeActor("privacy");
  const person = await makeUser(actor, { userId: "kept-out" });
  await eraseUser(actor, { ...(await planErasure(actor, person.uuid)), keptOut: true, confirmation: "kept-out" });
  const input = { userId: "kept-out", email: null, firstName: null, lastName: null, metadata: {} };
  const attempts = await Promise.allSettled(Array.from({ length: 40 }, () => createUser(actor, input)));
  const codes = attempts.map((attempt) => (attempt.status === "rejected" ? attempt.reason.code : "made"));
  assert.deepEqual([...new Set(codes)], ["suppressed"]);
});

test("a person and whoever holds a copy of theirs can be erased at once", async () => {
  const actor = await makeActor("admin");
  for (let round = 0; round < 3; round += 1) {
    const jane = await makeJane(actor);
    await rememberTurns(jane, ["I live in Ghent."]);
    await cloneGraph(actor, { userId: jane.userId }, { userId: `holder-${round}` });
    await Promise.all([eraseUserById(actor, jane.userId), eraseUserById(actor, `holder-${round}`)]);
  }
  assert.equal(await db().user.count({ where: { projectUuid: actor.projectUuid } }), 0);
});

test("for somebody unknown nothing is deleted, and the receipt says so; whoever is known gets none", async () => {
  const actor = await makeActor("privacy");
  const { projectUuid } = actor;
  await makeUser(actor, { userId: "known-1", email: "Known@example.org" });
  await addTurns(await makeSession(actor), "stranger@example.org wrote to me.");
  for (const identifier of ["known-1", "known@example.org"])
    await assert.rejects(certifyUnknown(actor, { identifier, keptOut: false }), { code: "invalid" });
  assert.equal(await db().receipt.count({ where: { projectUuid } }), 0);
  for (const identifier of ["", "a\0b", "a".repeat(501)])
    assert.ok(!certifyUnknownSchema.safeParse({ identifier, keptOut: false }).success);

  const rows = async () => [await db().user.count({ where: { projectUuid } }), await db().message.count()];
  const before = await rows();
  const { receipt: uuid } = await certifyUnknown(actor, { identifier: "stranger@example.org", keptOut: true });
  assert.deepEqual(await rows(), before);
  await provePendingReceipts({ atOnce: true });
  const { status, jws } = await db().receipt.findFirstOrThrow({ where: { projectUuid, uuid } });
  const payload = JSON.parse(Buffer.from(jws?.split(".")[1] ?? "", "base64url").toString());
  assert.deepEqual(
    [status, payload.subject, payload.counts, payload.mentions.kept[0].count > 0],
    ["confirmed", "not known to this instance; nothing was deleted", {}, true],
  );
  assert.ok(!JSON.stringify(payload).includes("stranger"));
  const input = { email: "Stranger@example.org", firstName: null, lastName: null, metadata: {} };
  await assert.rejects(createUser(actor, { ...input, userId: "s-1" }), { code: "suppressed" });
});
