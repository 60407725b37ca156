import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db, runQuery } from "#lib/db/client.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { eraseNode } from "#lib/graph/edit/correct.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { eraseUserById, eraseUsers } from "#lib/privacy/erasure/mutations.ts";
import { eraseEpisode, eraseFact, forgetSources } from "#lib/privacy/erasure/parts.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { eraseSession, eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { placeHold, releaseHold } from "#lib/privacy/holds/mutations.ts";
import { createSession } from "#lib/sessions/mutations.ts";
import { createUser } from "#lib/users/mutations.ts";
import { Prisma } from "#prisma/client/client.ts";
import { makeActor, makeUser } from "#prisma/factories.ts";
import { makeJane, processAll, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase, runAsOwner } from "#prisma/test-database.ts";

await openTestDatabase();

const HELD = { code: "held" };

async function makeHold(actor: Actor, userId: string, sessionId = "") {
  await placeHold(actor, { userId, sessionId, matter: "Smith against Acme", reviewAt: "2030-01-31" });
  return db().legalHold.findFirstOrThrow({ where: { projectUuid: actor.projectUuid, releasedAt: null } });
}

test("whoever is held is deleted on no path, raw SQL included, and their release does what was stopped", async () => {
  const actor = await makeActor("admin");
  const { projectUuid } = actor;
  const jane = await makeJane(actor);
  const [session] = [await rememberTurns(jane, ["I live in Ghent.", "I work at Acme."])];
  assert.ok(session);
  const { uuid } = await makeHold(actor, jane.userId);
  const fact = await db().edge.findFirstOrThrow({ where: { projectUuid, graphUuid: jane.uuid } });
  const node = await db().node.findFirstOrThrow({
    where: { projectUuid, graphUuid: jane.uuid, uuid: { not: jane.uuid } },
  });
  const episode = await db().episode.findFirstOrThrow({ where: { projectUuid, graphUuid: jane.uuid } });
  const conversation = await db().session.findFirstOrThrow({ where: { projectUuid } });
  const [plan] = await planErasures(actor, { uuids: [jane.uuid] });
  assert.ok(plan);
  const before = plan.rows;
  await assert.rejects(eraseUserById(actor, jane.userId), HELD);
  await assert.rejects(eraseSessionById(actor, conversation.sessionId), HELD);
  await assert.rejects(eraseSession(actor, { uuid: conversation.uuid, previewedMessages: 2 }), HELD);
  await assert.rejects(eraseEpisode(actor, episode.uuid), HELD);
  await assert.rejects(eraseFact(actor, { uuid: fact.uuid }), HELD);
  await assert.rejects(eraseNode(actor, node.uuid), HELD);
  await assert.rejects(forgetSources(actor, { uuid: fact.uuid }), HELD);
  const planned = { uuid: jane.uuid, previewed: plan.rows, plan: plan.hash, keptOut: false };
  const [outcome] = await eraseUsers(actor, [planned]);
  assert.match(outcome?.message ?? "", /legal hold/);
  for (const table of ["users", "sessions", "messages", "episodes", "nodes", "edges", "graphs"])
    await assert.rejects(
      runQuery(Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE project_uuid = ${projectUuid}::uuid`),
      /legal hold/,
      table,
    );
  for (const table of ["users", "messages"])
    await assert.rejects(runAsOwner(`TRUNCATE ${table} CASCADE`), /legal hold/);
  await assert.rejects(db().legalHold.deleteMany(), /released, not deleted/);
  await assert.rejects(
    db().legalHold.updateMany({ data: { userUuid: (await makeUser(actor)).uuid } }),
    /only ever released/,
  );
  const [after] = await planErasures(actor, { uuids: [jane.uuid] });
  assert.deepEqual({ ...after?.rows, stopped_erasures: 0 }, { ...before, stopped_erasures: 0 });

  const { erased, failed } = await releaseHold(actor, { hold: uuid, reason: "The matter was settled." });
  assert.deepEqual({ erased, failed }, { erased: 2, failed: [] });
  assert.equal(await db().user.count({ where: { projectUuid, userId: jane.userId } }), 0);
  assert.equal(await db().legalHold.count({ where: { projectUuid } }), 0);
  assert.equal(await db().receipt.count({ where: { projectUuid } }), 2);
});

test("what a held person says is still read, corrected facts included, and others are deleted as ever", async () => {
  const actor = await makeActor("admin");
  const [jane, other] = [await makeJane(actor), await makeJane(actor)];
  await makeHold(actor, jane.userId);
  await rememberTurns(jane, ["I live in Ghent."]);
  await rememberTurns(jane, ["I have moved to Bruges."]);
  await processAll(jane);
  assert.ok((await db().edge.count({ where: { graphUuid: jane.uuid } })) > 1);
  await eraseUserById(actor, other.userId);
  assert.equal(await db().stoppedErasure.count({ where: { projectUuid: actor.projectUuid } }), 0);
});

test("a hold of one session keeps that session and the person, and lets other sessions go", async () => {
  const actor = await makeActor("admin");
  const { projectUuid } = actor;
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent."]);
  await rememberTurns(jane, ["I work at Acme."]);
  const [first, second] = await db().session.findMany({ where: { projectUuid } });
  assert.ok(first && second);
  await makeHold(actor, jane.userId, first.sessionId);
  await assert.rejects(eraseSessionById(actor, first.sessionId), HELD);
  await assert.rejects(eraseUserById(actor, jane.userId), HELD);
  await eraseSessionById(actor, second.sessionId);
  assert.equal(await db().session.count({ where: { projectUuid } }), 1);
});

test("a hold names who and why, and what does not fit is told at the field", async () => {
  const actor = await makeActor("privacy");
  const jane = await makeJane(actor);
  const input = { userId: jane.userId, sessionId: "", matter: "Smith against Acme", reviewAt: "" };
  await assert.rejects(placeHold(actor, { ...input, userId: "nobody" }), {
    fields: { userId: "There is no such user." },
  });
  await assert.rejects(placeHold(actor, { ...input, sessionId: "none" }), {
    fields: { sessionId: "This person has no such session." },
  });
  await assert.rejects(placeHold(await makeActor("support"), input), { code: "forbidden" });
});

test("a hold is kept on copies, by whoever holds them, on a session that is given to whom it belongs, and on a session's facts", async () => {
  const actor = await makeActor("admin");
  const { projectUuid } = actor;
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent."]);
  await cloneGraph(actor, { userId: jane.userId }, { userId: "holder" });
  await makeHold(actor, "holder");
  const copy = await db().episode.findFirstOrThrow({ where: { projectUuid, originGraph: jane.uuid } });
  await assert.rejects(eraseEpisode(actor, copy.uuid), HELD);
  await assert.rejects(eraseUserById(actor, jane.userId), HELD);

  const message = {
    role: null,
    roleType: "user",
    content: "I live in Bruges.",
    metadata: {},
    tokenCount: null,
  } as const;
  await addMessages(actor, "unannounced", [{ ...message, createdAt: new Date() }], []);
  await placeHold(actor, {
    userId: "unannounced",
    sessionId: "unannounced",
    matter: "Smith against Acme",
    reviewAt: "",
  });
  const other = await makeJane(actor);
  await createSession(actor, { sessionId: "unannounced", userId: other.userId, metadata: {} });
  await assert.rejects(eraseSessionById(actor, "unannounced"), HELD);
  await assert.rejects(eraseUserById(actor, other.userId), HELD);
  await processAll(other);
  const fact = await db().edge.findFirstOrThrow({ where: { graphUuid: other.uuid, fact: { contains: "Bruges" } } });
  await assert.rejects(eraseFact(actor, { uuid: fact.uuid }), HELD);
});

test("what is held is not overwritten, and what was asked while it was held is done as it was asked last", async () => {
  const actor = await makeActor("admin");
  const { projectUuid } = actor;
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent."]);
  const { uuid } = await makeHold(actor, jane.userId);
  for (const sql of [
    "UPDATE messages SET content = 'gone'",
    "UPDATE episodes SET content = 'gone'",
    "UPDATE episodes SET origin_graph = gen_random_uuid()",
    "DELETE FROM claims",
  ])
    await assert.rejects(
      runQuery(Prisma.sql`${Prisma.raw(sql)} WHERE project_uuid = ${projectUuid}::uuid`),
      /legal hold/,
      sql,
    );
  await assert.rejects(eraseUserById(actor, jane.userId), HELD);
  const [plan] = await planErasures(actor, { uuids: [jane.uuid] });
  await eraseUsers(actor, [{ uuid: jane.uuid, previewed: plan?.rows ?? {}, plan: plan?.hash ?? "", keptOut: true }]);
  await releaseHold(actor, { hold: uuid, reason: "The matter was settled." });
  const again = { userId: jane.userId, email: null, firstName: null, lastName: null, metadata: {} };
  await assert.rejects(createUser(actor, again), { code: "suppressed" });
});
