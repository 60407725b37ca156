import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { addEpisodes, correctFact } from "#lib/graph/edit/mutations.ts";
import { stateFact } from "#lib/graph/edit/state.ts";
import { rereadGraph } from "#lib/ingestion/mutations.ts";
import { eraseUser } from "#lib/privacy/erasure/mutations.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { placeHold } from "#lib/privacy/holds/mutations.ts";
import { Redaction } from "#lib/privacy/mentions/redact.ts";
import type { MentionDecision } from "#lib/privacy/mentions/terms.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { updateUser } from "#lib/users/mutations.ts";
import { makeActor, makeUser } from "#prisma/factories.ts";
import {
  findInconsistencies,
  type KnownPerson,
  listFacts,
  makeJane,
  processAll,
  rememberData,
  rememberTurns,
} from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const SAID = ["My sister Erica Gone lives in Ghent.", "I work at Acme.", "Write to erica@example.org about it."];

/** Erica, and Jane, who speaks of her in messages, in data, in a stated fact, in her record, and in a copy of all that. */
async function makeTwo(actor: Actor) {
  const erica = await makeUser(actor, {
    userId: `erica-${randomUUID().slice(0, 8)}`,
    email: "erica@example.org",
    firstName: "Erica",
    lastName: "Gone",
  });
  const jane = await makeJane(actor);
  const said = await rememberTurns(jane, SAID);
  await rememberData(jane, { plan: "Gold", contact: { name: "Erica Gone", email: "erica@example.org" } });
  await rememberData(jane, "Erica Gone was in Lisbon with her.");
  await stateFact(
    actor,
    { userId: jane.userId },
    {
      idempotencyKey: randomUUID(),
      name: "TRUSTS",
      fact: "Jane trusts Erica Gone",
      source: { name: "Jane Smith" },
      target: { name: "Erica Gone" },
      validAt: null,
      invalidAt: null,
      expiredAt: null,
      createdAt: new Date("2026-02-01"),
    },
  );
  const { version } = await db().user.findFirstOrThrow({ where: { uuid: jane.uuid } });
  const fields = { email: null, firstName: "Jane", lastName: "Smith" };
  await updateUser(actor, { uuid: jane.uuid, version, ...fields, metadata: { referredBy: erica.userId, age: 41 } });
  await cloneGraph(actor, { userId: jane.userId }, { userId: `copy-${randomUUID()}` });
  return { erica, jane, said };
}

async function erase(actor: Actor, { uuid, userId }: { uuid: string; userId: string }, mentions: MentionDecision) {
  const [plan] = await planErasures(actor, { uuids: [uuid] });
  assert.ok(plan && plan.mentions.rows > 0);
  const seen = { previewed: plan.rows, plan: plan.hash };
  const { receipt } = await eraseUser(actor, { uuid, confirmation: userId, ...seen, keptOut: false, mentions });
  const { facts } = await db().receipt.findFirstOrThrow({ where: { uuid: receipt } });
  await provePendingReceipts({ atOnce: true });
  const proved = await db().receipt.findFirstOrThrow({ where: { uuid: receipt }, include: { proofs: true } });
  assert.equal(proved.status, "confirmed");
  const payload = JSON.parse(Buffer.from(proved.jws?.split(".")[1] ?? "", "base64url").toString());
  return { mentions: receiptFactsSchema.parse(facts).mentions, told: payload.mentions };
}

async function dumpOthers({ projectUuid }: Actor): Promise<string> {
  const where = { projectUuid };
  const rows = await Promise.all([
    db().message.findMany({ where }),
    db().episode.findMany({ where }),
    db().edge.findMany({ where }),
    db().claim.findMany({ where }),
    db().node.findMany({ where }),
    db().nodeName.findMany({ where }),
    db().summary.findMany({ where }),
    db().user.findMany({ where }),
  ]);
  return JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? Number(value) : value));
}

async function listCurrent(person: KnownPerson): Promise<string> {
  return (await listFacts(person)).map(({ fact }) => fact).join("; ");
}

test("redacted, a person is out of what others said and of all that was drawn from it, and the rest of it stays", async () => {
  const actor = await makeActor();
  const { erica, jane, said } = await makeTwo(actor);
  assert.match(await listCurrent(jane), /Erica/);
  const { mentions, told } = await erase(actor, erica, "redact");
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  assert.deepEqual(mentions?.kept, []);
  assert.ok(mentions && mentions.redacted >= 8 && mentions.deleted === 2, JSON.stringify(mentions));
  assert.deepEqual(told, { ...mentions, kept: [] });
  const messages = await db().message.findMany({ where: { userUuid: jane.uuid }, orderBy: { position: "asc" } });
  assert.deepEqual(
    messages.map(({ content }) => content),
    ["My sister [erased] lives in Ghent.", "I work at Acme.", "Write to [erased] about it."],
  );
  const { metadata } = await db().user.findFirstOrThrow({ where: { uuid: jane.uuid } });
  assert.deepEqual(metadata, { referredBy: "[erased]", age: 41 });
  // It is read again as it stands now, and gives the person back neither to the graph nor to the search.
  await processAll(jane);
  await rereadGraph(actor, jane.uuid);
  await processAll(jane);
  assert.match(await listCurrent(jane), /works at Acme/);
  assert.match(await listCurrent(jane), /Gold/);
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  const [first] = await db().$queryRaw<{ terms: string }[]>`
    SELECT terms::text FROM episodes WHERE uuid = ${said.episodes[0]}::uuid`;
  assert.doesNotMatch(first?.terms ?? "", /erica/);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("deleted, what others said of a person goes with what rested on it alone", async () => {
  const actor = await makeActor();
  const { erica, jane } = await makeTwo(actor);
  const { mentions } = await erase(actor, erica, "delete");
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  assert.ok(mentions && mentions.deleted >= 8, JSON.stringify(mentions));
  const messages = await db().message.findMany({ where: { userUuid: jane.uuid } });
  assert.deepEqual(
    messages.map(({ content }) => content),
    ["I work at Acme."],
  );
  assert.match(await listCurrent(jane), /works at Acme/);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("kept, nothing of others changes, and the receipt counts what was not reviewed", async () => {
  const actor = await makeActor();
  const { erica, jane } = await makeTwo(actor);
  const before = await listCurrent(jane);
  const { mentions, told } = await erase(actor, erica, "keep");
  assert.equal(mentions, null);
  assert.equal(told.redacted + told.deleted, 0);
  assert.match(told.kept[0].ground, /not reviewed/);
  assert.equal(await listCurrent(jane), before);
});

test("who is held keeps their words as they are, and the receipt says so", async () => {
  const actor = await makeActor();
  const { erica, jane } = await makeTwo(actor);
  const hold = { userId: jane.userId, sessionId: "", matter: "a matter of ours", reviewAt: "" };
  await placeHold(actor, hold);
  const { mentions } = await erase(actor, erica, "redact");
  assert.match(mentions?.kept.map(({ ground }) => ground).join() ?? "", /^a legal hold$/);
  const [message] = await db().message.findMany({ where: { userUuid: jane.uuid }, orderBy: { position: "asc" } });
  assert.equal(message?.content, SAID[0]);
});

test("what somebody corrected by hand stays corrected when the message behind it is redacted", async () => {
  const actor = await makeActor();
  const erica = await makeUser(actor, { firstName: "Erica", lastName: "Gone" });
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent. Erica Gone knows that."]);
  const [home] = await db().edge.findMany({ where: { graphUuid: jane.uuid, name: "LIVES_IN" } });
  await correctFact(actor, { uuid: home?.uuid ?? "", fact: "Jane Smith lives in Bruges", since: "" });
  await erase(actor, erica, "redact");
  await processAll(jane);
  const current = await listCurrent(jane);
  assert.match(current, /Bruges/);
  assert.doesNotMatch(current, /lives in Ghent/);
});

test("a group's data is redacted as well, in whole fields of JSON and with all digits of its numbers", async () => {
  const actor = await makeActor();
  const erica = await makeUser(actor, { userId: "u-7", firstName: "Erica", lastName: "Gone" });
  const jane = await makeJane(actor);
  const content = '{"members":["u-7","u-70"],"lead":"Erica Gone","id":12345678901234567890}';
  const uuid = randomUUID();
  await addEpisodes(actor, { userId: jane.userId }, [
    { uuid, source: "json", content, sourceDescription: null, createdAt: new Date() },
  ]);
  await erase(actor, erica, "redact");
  const stored = await db().episode.findFirstOrThrow({ where: { uuid } });
  assert.equal(stored.content, '{"members":["[erased]","u-70"],"lead":"[erased]","id":12345678901234567890}');
});

test("only whole words go, in whatever case they stand", () => {
  const name = (value: string) => ({ subject: 0, kind: "name" as const, value });
  const redaction = new Redaction([name("Ann Lee"), name("ann@example.org"), { ...name("7"), kind: "user_id" }]);
  assert.equal(redaction.redactText("Joann Lee met ANN LEE's friend."), "Joann Lee met [erased]'s friend.");
  assert.equal(
    redaction.redactText("Mail ann@example.org, not joann@example.org."),
    "Mail [erased], not joann@example.org.",
  );
  assert.equal(redaction.redactText("7 days"), "7 days");
  assert.deepEqual(redaction.redactMetadata({ id: "7", days: "7 days" }), { id: "[erased]", days: "7 days" });
});
