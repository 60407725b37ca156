import assert from "node:assert/strict";
import { test } from "node:test";
import { db, runInTransaction } from "#lib/db/client.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { addMessages } from "#lib/messages/mutations.ts";
import { makeActor, makeMessage, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

test("what is said while a session changes hands goes to the person who has it then", async () => {
  const actor = await makeActor();
  await addMessages(actor, "talk", [makeMessage("first")], []);
  const session = await db().session.findFirstOrThrow({ where: { ...ofProject(actor), sessionId: "talk" } });
  const { uuid: userUuid } = await makeUser(actor, {});
  const given = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const giving = runInTransaction(async (tx) => {
    await lockPerson(tx, actor.projectUuid, session.userUuid);
    await tx.session.update({ where: byUuid(actor, session.uuid), data: { userUuid } });
    given.resolve();
    await held.promise;
  });
  await given.promise;
  const adding = addMessages(actor, "talk", [makeMessage("second")], []);
  const isWaiting = async () =>
    (await db().$queryRaw<object[]>`SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`).length > 0;
  while (!(await isWaiting())) await new Promise((done) => setTimeout(done, 5));
  held.resolve();
  await Promise.all([giving, adding]);
  const messages = await db().message.findMany({ where: ofProject(actor), orderBy: { position: "asc" } });
  assert.deepEqual(
    messages.map((message) => [message.content, message.userUuid === userUuid]),
    [
      ["first", true],
      ["second", true],
    ],
  );
  const after = await db().session.findFirstOrThrow({ where: { ...ofProject(actor), sessionId: "talk" } });
  assert.ok(after.updatedAt >= after.createdAt);
});
