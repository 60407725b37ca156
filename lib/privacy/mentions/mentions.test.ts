import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { addEpisodes, correctFact, updateNodeFields } from "#lib/graph/edit/mutations.ts";
import { stateFact } from "#lib/graph/edit/state.ts";
import { rereadGraph } from "#lib/ingestion/mutations.ts";
import { eraseUser, eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { createExport } from "#lib/privacy/exports/mutations.ts";
import { placeHold, releaseHold } from "#lib/privacy/holds/mutations.ts";
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

async function eraseByRule(
  actor: Actor,
  { uuid, userId }: { uuid: string; userId: string },
  mentions: MentionDecision,
) {
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
  const { mentions, told } = await eraseByRule(actor, erica, "redact");
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
  const { mentions } = await eraseByRule(actor, erica, "delete");
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
  const { mentions, told } = await eraseByRule(actor, erica, "keep");
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
  const { mentions } = await eraseByRule(actor, erica, "redact");
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
  await eraseByRule(actor, erica, "redact");
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
  await eraseByRule(actor, erica, "redact");
  const stored = await db().episode.findFirstOrThrow({ where: { uuid } });
  assert.equal(stored.content, '{"members":["[erased]","u-70"],"lead":"[erased]","id":12345678901234567890}');
});

test("only whole words go, however they are written, and no word that only looks like an id", () => {
  const sought = (kind: "name" | "email" | "user_id", value: string) => ({ subject: 0, kind, value });
  const redaction = new Redaction([
    sought("name", "Ann Lee"),
    sought("name", "İrem Kayé"),
    sought("email", "ann@example.org"),
    sought("user_id", "ACME\\ann-1"),
    sought("user_id", "u-7"),
    sought("user_id", "7"),
    sought("user_id", "10012345"),
    sought("user_id", "name"),
  ]);
  const texts: [string, string][] = [
    ["Joann Lee met ANN LEE's friend.", "Joann Lee met [erased]'s friend."],
    ["Mail ann@example.org, not joann@example.org.", "Mail [erased], not joann@example.org."],
    ["Ann\nLee; Ann\u00a0 Lee", "[erased]; [erased]"],
    ['{"to":"x\\nAnn Lee","by":"ACME\\\\ann-1"}', '{"to":"x\\n[erased]","by":"[erased]"}'],
    ["irem kayé, İREM KAYÉ, irem kaye\u0301, irem kay\\u00e9", "[erased], [erased], [erased], [erased]"],
    ["7 days, u-7, my name", "7 days, u-7, my name"],
  ];
  for (const [text, redacted] of texts) assert.equal(redaction.redactText(text), redacted);
  const metadata = { id: "u-7", by: 10012345, days: 7, rating: "7", "Ann Lee": 1, "ann lee": 2, name: "name it" };
  assert.deepEqual(redaction.redactMetadata(metadata), {
    id: "[erased]",
    by: "[erased]",
    days: 7,
    rating: "7",
    "[erased]": 1,
    "[erased] 2": 2,
    name: "name it",
  });
});

test("what speaks of a person without naming them does not bring their name back", async () => {
  const actor = await makeActor();
  const erica = await makeUser(actor, { firstName: "Erica", lastName: "Gone" });
  const jane = await makeJane(actor);
  await rememberTurns(jane, [
    "My sister Erica Gone lives in Ghent.",
    "She works at Acme.",
    "My sister is a doctor.",
    "My sister has a dog called Rex.",
  ]);
  assert.match(await listCurrent(jane), /Erica Gone works at Acme/);
  await eraseByRule(actor, erica, "redact");
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  await processAll(jane);
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  const known = (await listFacts(jane)).filter(({ name }) => name !== "SAID").map(({ fact }) => fact);
  assert.doesNotMatch(known.join(), /erased/);
  assert.match(known.join(), /sister works at Acme.*Rex/);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("a name that people gave by hand goes as well: in a correction, a stated end, a renamed and a merged node", async () => {
  const actor = await makeActor();
  const erica = await makeUser(actor, { firstName: "Erica", lastName: "Gone" });
  const jane = await makeJane(actor);
  await rememberTurns(jane, [
    "My boss is Bob Hill.",
    "My cousin Ann Low lives in Bonn.",
    "My sister Eva Low has a dog.",
  ]);
  const find = (name: string) => db().node.findFirstOrThrow({ where: { graphUuid: jane.uuid, name } });
  const [boss] = await db().edge.findMany({
    where: { graphUuid: jane.uuid, targetUuid: (await find("Bob Hill")).uuid },
  });
  await correctFact(actor, { uuid: boss?.uuid ?? "", fact: "Jane Smith's boss is Erica Gone", since: "" });
  await updateNodeFields(actor, (await find("Ann Low")).uuid, { name: "Erica Gone" });
  await eraseByRule(actor, erica, "redact");
  await processAll(jane);
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  // Nobody has said that the correction was wrong: what it took from Bob stays taken.
  assert.doesNotMatch(await listCurrent(jane), /boss is Bob Hill(?!\.”)/);
  assert.match(await listCurrent(jane), /Eva Low/);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("a namesake's own words are theirs", async () => {
  const actor = await makeActor();
  const erica = await makeUser(actor, { userId: "erica-1", firstName: "Erica", lastName: "Gone" });
  const other = await makeJane(actor, { firstName: "Erica", lastName: "Gone" });
  await rememberTurns(other, ["My name is Erica Gone and I take insulin.", "My friend erica-1 lives in Ghent."]);
  await eraseByRule(actor, erica, "delete");
  const left = await db().message.findMany({ where: { userUuid: other.uuid } });
  assert.deepEqual(
    left.map(({ content }) => content),
    ["My name is Erica Gone and I take insulin."],
  );
});

test("a copy that waits for somebody whose words were changed, or whose graph held a copy, is no longer good", async () => {
  const actor = await makeActor();
  const { erica, jane } = await makeTwo(actor);
  const { token } = await createExport(actor, { user: jane.uuid });
  await eraseByRule(actor, erica, "redact");
  assert.equal(await Actor.ofExportLink(token), null);
  const clone = await db().user.findFirstOrThrow({
    where: { projectUuid: actor.projectUuid, userId: { startsWith: "copy-" } },
  });
  const { token: ofClone } = await createExport(actor, { user: clone.uuid });
  await eraseUserById(actor, jane.userId);
  assert.equal(await Actor.ofExportLink(ofClone), null);
});

test("people who mention each other can be erased at once", async () => {
  const actor = await makeActor();
  const names = ["Anna", "Berta", "Clara", "Dora"];
  const people = await Promise.all(names.map((name) => makeJane(actor, { firstName: name, lastName: "Gone" })));
  for (const person of people)
    await rememberTurns(
      person,
      names.map((name) => `${name} Gone lives in Ghent.`),
    );
  const plans = await planErasures(actor, { uuids: people.map(({ uuid }) => uuid) });
  const outcomes = await Promise.all(
    people.map(({ uuid, userId }) => {
      const plan = plans.find((one) => one.uuid === uuid);
      const seen = { previewed: plan?.rows ?? {}, plan: plan?.hash ?? "", keptOut: false };
      return eraseUser(actor, { uuid, confirmation: userId, ...seen, mentions: "redact" });
    }),
  );
  assert.equal(outcomes.length, 4);
  assert.doesNotMatch(await dumpOthers(actor), /gone/i);
});

test("what a hold had stopped is done with the mentions as they were decided", async () => {
  const actor = await makeActor();
  const { erica, jane } = await makeTwo(actor);
  await placeHold(actor, { userId: erica.userId, sessionId: "", matter: "a matter of ours", reviewAt: "" });
  await assert.rejects(eraseByRule(actor, erica, "redact"), { code: "held" });
  const hold = await db().legalHold.findFirstOrThrow({ where: { userUuid: erica.uuid } });
  await releaseHold(actor, { hold: hold.uuid, reason: "the matter is over" });
  assert.doesNotMatch(await dumpOthers(actor), /erica|gone/i);
  assert.match(await listCurrent(jane), /Acme/);
});
