import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { eraseFact, eraseMessage, forgetSources } from "#lib/privacy/erasure/parts.ts";
import { eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { importRecords } from "#lib/transfer/mutations.ts";
import { exportUsers } from "#lib/transfer/queries.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { parseLine } from "#lib/transfer/records.ts";
import { makeActor } from "#prisma/factories.ts";
import { describeGraph, type KnownPerson, makeJane, processAll, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

async function exportLines({ actor, uuid }: KnownPerson) {
  const [exported] = await exportUsers(actor, [uuid]);
  return (exported?.lines ?? []).map((text, index) => {
    const parsed = parseLine(text);
    assert.ok("record" in parsed);
    return { line: index + 1, record: parsed.record };
  });
}

async function expectConfirmed(projectUuid: string, scopes: string[]) {
  await provePendingReceipts({ atOnce: true });
  const receipts = await db().receipt.findMany({ where: { projectUuid }, orderBy: { number: "asc" } });
  assert.deepEqual(
    receipts.map(({ scope, status }) => `${scope} ${status}`),
    scopes.map((scope) => `${scope} confirmed`),
  );
}

test("of an erased message nothing is left: not its words, not what rested on it alone, not its copies, and no file brings it back", async () => {
  const actor = await makeActor();
  const { projectUuid } = actor;
  const jane = await makeJane(actor);
  const { session, episodes } = await rememberTurns(jane, ["I live in Ghent.", "I work at Acme."]);
  await cloneGraph(actor, { userId: jane.userId }, { userId: "copy" });
  const before = await exportLines(jane);
  await eraseMessage(actor, { session, message: episodes[0] ?? "" });
  const told = JSON.stringify(await db().edge.findMany({ where: { projectUuid } }), (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  assert.doesNotMatch(told, /Ghent/);
  assert.match(told, /Acme/);
  assert.equal(await db().message.count({ where: { projectUuid } }), 1);
  const { added, refused } = await importRecords(actor, before, new RecordNamer());
  assert.equal(added.messages, 0);
  assert.match(refused.map(({ reason }) => reason).join(), /^was erased since this file was written$/);
  await expectConfirmed(projectUuid, ["message"]);
});

test("a session that was erased is not brought back by a file from before, and what comes later is new", async () => {
  const actor = await makeActor();
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent."]);
  const before = await exportLines(jane);
  const { sessionId } = await db().session.findFirstOrThrow({ where: { userUuid: jane.uuid } });
  await eraseSessionById(actor, sessionId);
  const again = await importRecords(actor, before, new RecordNamer());
  assert.deepEqual([again.added.sessions, again.added.messages, again.refused.length], [0, 0, 2]);
  const createdAt = new Date(Date.now() + 60_000);
  const later = before.map(({ line, record }) => ({ line, record: { ...record, createdAt } }));
  const fresh = await importRecords(actor, later, new RecordNamer());
  assert.deepEqual([fresh.added.sessions, fresh.added.messages], [1, 1]);
  await expectConfirmed(actor.projectUuid, ["session"]);
});

test("a fact and the sources of a fact are erased with receipts that are confirmed, and reading again brings nothing back", async () => {
  const actor = await makeActor();
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent.", "I work at Acme.", "I have a dog called Rex."]);
  const find = (word: string) =>
    db().edge.findFirstOrThrow({ where: { graphUuid: jane.uuid, fact: { contains: word } } });
  await eraseFact(actor, { uuid: (await find("Ghent")).uuid });
  await forgetSources(actor, { uuid: (await find("Acme")).uuid });
  await db().episode.updateMany({ where: { graphUuid: jane.uuid, source: "message" }, data: { processedAt: null } });
  await processAll(jane);
  const { facts, nodes } = await describeGraph(jane);
  const told = JSON.stringify(facts);
  assert.doesNotMatch(told, /Ghent|Acme/);
  // A fact's nodes stay when it goes (wire contract, 4.4); a source's go with it.
  assert.doesNotMatch(JSON.stringify(nodes), /Acme/);
  assert.match(told, /Rex/);
  assert.equal(await db().message.count({ where: { userUuid: jane.uuid } }), 3);
  await expectConfirmed(actor.projectUuid, ["fact", "episode"]);
});
