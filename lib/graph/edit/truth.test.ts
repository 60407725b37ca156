import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { db } from "#lib/db/client.ts";
import { cloneGraph } from "#lib/graph/edit/copy.ts";
import { eraseNode, invalidateFact, refuteFact, updateFactFields } from "#lib/graph/edit/correct.ts";
import { mergeNodes } from "#lib/graph/edit/merge.ts";
import { sentencesSchema } from "#lib/graph/summary/schema.ts";
import { rereadGraph } from "#lib/ingestion/mutations.ts";
import { eraseEpisode, eraseFact } from "#lib/privacy/erasure/parts.ts";
import { eraseSession } from "#lib/privacy/erasure/session.ts";
import { adoptSession } from "#lib/sessions/placeholder.ts";
import { updateUser } from "#lib/users/mutations.ts";
import { makeActor } from "#prisma/factories.ts";
import {
  describeGraph,
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
const actor = await makeActor();

async function findFact(person: KnownPerson, words: RegExp) {
  const found = (await listFacts(person)).find(({ fact: text }) => words.test(text));
  assert.ok(found, `a fact like ${words}`);
  return found;
}

async function getNodeSummary({ uuid }: KnownPerson): Promise<string> {
  return (await db().node.findFirstOrThrow({ where: { uuid } })).summary;
}

test("what is said becomes facts about the person, with the time from which they hold, and a summary", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme and I live in Lisbon.", "I love sushi."]);
  const job = await findFact(jane, /works at Acme/);
  assert.deepEqual([job.source, job.name, job.target], ["Jane Smith", "WORKS_AT", "Acme"]);
  assert.equal(job.validAt?.toISOString(), "2026-01-05T10:00:00.000Z");
  assert.match(
    await getNodeSummary(jane),
    /Jane Smith .*works at Acme.*lives in Lisbon|lives in Lisbon.*works at Acme/,
  );
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("a new job ends the old one; deleting the message that told of it lets the old one run on, and the summary follows", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme."]);
  const before = await describeGraph(jane);
  const { episodes } = await rememberTurns(jane, ["I work at Globex."], "2026-03-01T10:00:00Z");
  assert.equal((await findFact(jane, /Acme/)).invalidAt?.toISOString(), "2026-03-01T10:00:00.000Z");
  assert.match(await getNodeSummary(jane), /works at Globex.*, Acme before/);
  await eraseEpisode(actor, episodes[0] ?? "");
  assert.deepEqual(await describeGraph(jane), before);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("deleting a conversation leaves the graph that never had it", async () => {
  const [one, other] = [await makeJane(actor), await makeJane(actor)];
  const said = ["I work at Acme.", "My sister Anna is allergic to peanuts.", "I no longer use Slack."];
  await rememberTurns(one, said);
  const { session } = await rememberTurns(
    one,
    ["I moved to Porto and I use Slack.", "My sister Anna loves jazz."],
    "2026-02-01T10:00:00Z",
  );
  await eraseSession(actor, { uuid: session, previewedMessages: 2 });
  await rememberTurns(other, said);
  assert.deepEqual(await describeGraph(one), await describeGraph(other));
  assert.deepEqual(await findInconsistencies(one), []);
});

test("late episodes give the same graph as ordered ones", async () => {
  const told: [object, string][] = [
    [{ plan: "free" }, "2026-01-01T00:00:00Z"],
    [{ plan: "gold", company: { name: "Acme", city: "Berlin" } }, "2026-02-01T00:00:00Z"],
    [{ plan: "silver" }, "2026-03-01T00:00:00Z"],
  ];
  const [ordered, late] = [await makeJane(actor), await makeJane(actor)];
  for (const [data, at] of told) await rememberData(ordered, data, at);
  for (const index of [2, 0, 1]) await rememberData(late, ...(told[index] ?? [{}, ""]));
  assert.deepEqual(await describeGraph(late), await describeGraph(ordered));
});

test("business data with the person's address is about the person", async () => {
  const jane = await makeJane(actor, { email: "jane@example.org" });
  await rememberData(jane, { invoice: { id: "i-7", customer_email: "JANE@example.org", total: 12 } });
  const facts = await listFacts(jane);
  assert.ok(
    facts.some(
      ({ source, name, target }) => source === "Jane Smith" && name === "HAS_INVOICE" && target === "invoice i-7",
    ),
  );
});

test("corrections are episodes, take the place of what was read, and survive reading everything again", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme.", "I love sushi.", "I use Slack."]);
  await updateFactFields(actor, (await findFact(jane, /Acme/)).uuid, { fact: "Jane works at Acme Labs" });
  await eraseFact(actor, { uuid: (await findFact(jane, /sushi/)).uuid });
  await invalidateFact(actor, (await findFact(jane, /Slack/)).uuid, new Date("2026-02-01T00:00:00Z"));
  const corrected = await listFacts(jane);
  assert.deepEqual(
    corrected.map((one) => [one.fact, one.invalidAt?.toISOString() ?? null]),
    [
      ["Jane Smith uses Slack", "2026-02-01T00:00:00.000Z"],
      ["Jane works at Acme Labs", null],
    ],
  );
  const edits = await db().episode.count({ where: { graphUuid: jane.uuid, source: "correction" } });
  assert.equal(edits, 3);
  await rereadGraph(actor, jane.uuid);
  await processAll(jane);
  assert.deepEqual(
    (await listFacts(jane)).map(({ uuid: _, ...one }) => one),
    corrected.map(({ uuid: _, ...one }) => one),
  );
  await rememberTurns(jane, ["I love sushi."], "2027-01-01T00:00:00Z");
  assert.ok(await findFact(jane, /sushi/), "what is said anew afterwards counts again");
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("a record sent again undoes neither a correction nor a deletion, until it says something else", async () => {
  const jane = await makeJane(actor);
  const sync = (data: object, day: string) => rememberData(jane, data, `2026-02-${day}T03:00:00Z`);
  const listCurrent = async () =>
    (await listFacts(jane)).filter(({ invalidAt }) => !invalidAt).map(({ fact: text }) => text);
  const findPlan = async () => (await listCurrent()).filter((text) => /plan/.test(text)).join();
  await sync({ plan: "Plus", city: "Ghent" }, "01");
  await updateFactFields(actor, (await findFact(jane, /Plus/)).uuid, { fact: "Jane Smith's plan is Gold" });
  await eraseFact(actor, { uuid: (await findFact(jane, /Ghent/)).uuid });
  for (const day of ["02", "03"]) {
    await sync({ plan: "Plus", city: "Ghent" }, day);
    assert.match(await findPlan(), /Gold/);
    assert.doesNotMatch(await findPlan(), /Plus/);
    assert.doesNotMatch((await listCurrent()).join(), /Ghent/);
  }
  await sync({ plan: "Basic", city: "Ghent" }, "04");
  assert.match(await findPlan(), /Basic/);
  await sync({ plan: "Plus", city: "Ghent" }, "05");
  assert.match(await findPlan(), /Plus/);
  assert.doesNotMatch((await listCurrent()).join(), /Ghent/);
  await rememberTurns(jane, ["I live in Ghent."], "2026-03-01T10:00:00Z");
  assert.match((await listCurrent()).join(), /Ghent/);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("deleting the first of two equal records does not undo what was corrected of both", async () => {
  const jane = await makeJane(actor);
  const first = await rememberData(jane, { plan: "Plus", city: "Ghent" }, "2026-02-01T03:00:00Z");
  await updateFactFields(actor, (await findFact(jane, /Plus/)).uuid, { fact: "Jane Smith's plan is Gold" });
  await refuteFact(actor, (await findFact(jane, /Ghent/)).uuid);
  await rememberData(jane, { plan: "Plus", city: "Ghent" }, "2026-02-02T03:00:00Z");
  await rememberData(jane, { plan: "Plus", city: "Ghent" }, "2026-02-03T03:00:00Z");
  const before = await describeGraph(jane);
  await eraseEpisode(actor, first);
  assert.deepEqual((await describeGraph(jane)).facts, before.facts);
  const told = (await listFacts(jane)).map(({ fact: text }) => text).join();
  assert.match(told, /Gold/);
  assert.doesNotMatch(told, /Ghent/);
});

test("a deleted fact leaves no words of it in the graph, its history or its corrections", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I am allergic to penicillin.", "I work at Acme."]);
  await eraseFact(actor, { uuid: (await findFact(jane, /penicillin/)).uuid });
  const left = await db().$queryRaw<object[]>`
    SELECT fact FROM claims WHERE graph_uuid = ${jane.uuid}::uuid AND fact ~ 'penicillin'
    UNION ALL SELECT sentences::text FROM summaries WHERE graph_uuid = ${jane.uuid}::uuid AND sentences::text ~ 'penicillin'
    UNION ALL SELECT summary FROM nodes WHERE graph_uuid = ${jane.uuid}::uuid AND summary ~ 'penicillin'
    UNION ALL SELECT content FROM episodes WHERE graph_uuid = ${jane.uuid}::uuid AND content ~ 'penicillin'`;
  assert.deepEqual(left, []);
});

test("what is read again the same keeps its uuids, and what is read no more leaves nothing", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme.", "I like tea."]);
  const [job, tea] = [await findFact(jane, /works at/), await findFact(jane, /likes/)];
  const where = { userUuid: jane.uuid, content: "I like tea." };
  assert.equal((await db().message.updateMany({ where, data: { content: "Well, well." } })).count, 1);
  await rereadGraph(actor, jane.uuid);
  assert.equal((await listFacts(jane)).length, 2, "until an episode has been read again, what it said is there");
  await processAll(jane);
  assert.deepEqual(await listFacts(jane), [job]);
  assert.equal(await db().node.count({ where: { graphUuid: jane.uuid, name: tea.target } }), 0);
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("merged nodes are one, now and when the other name comes up again", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme.", "I use Acme Corporation."]);
  const [acme, corporation] = [await findFact(jane, /works at/), await findFact(jane, /uses/)];
  const nodes = await db().node.findMany({
    where: { graphUuid: jane.uuid, name: { in: ["Acme", "Acme Corporation"] } },
  });
  const findNodeUuid = (name: string) => nodes.find((node) => node.name === name)?.uuid ?? "";
  await mergeNodes(actor, findNodeUuid(acme.target), findNodeUuid(corporation.target));
  await rereadGraph(actor, jane.uuid);
  await rememberTurns(jane, ["I like Acme Corporation."], "2026-05-01T00:00:00Z");
  const targets = (await listFacts(jane)).map(({ target }) => target);
  assert.deepEqual(targets, ["Acme", "Acme", "Acme"]);
  await assert.rejects(mergeNodes(actor, findNodeUuid(acme.target), jane.uuid), { code: "invalid" });
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("what was corrected or deleted stays so where nodes are made one, in a copy and with another person, read again or not", async () => {
  const jane = await makeJane(actor);
  const said = [
    "I work at Acme.",
    "I use Acme Corporation.",
    "I like Acme Corporation.",
    "I love sushi.",
    "I like Initech.",
  ];
  const { session } = await rememberTurns(jane, said);
  const [acme, corporation] = [await findFact(jane, /works at/), await findFact(jane, /uses/)];
  await updateFactFields(actor, acme.uuid, { fact: "Jane consults for Acme" });
  await eraseFact(actor, { uuid: (await findFact(jane, /likes Acme/)).uuid });
  await rememberTurns(jane, ["Please forget that I love sushi."], "2026-02-01T10:00:00Z");
  const listNodes = async () => db().node.findMany({ where: { graphUuid: jane.uuid } });
  const findNodeUuid = async (name: string) => (await listNodes()).find((node) => node.name === name)?.uuid ?? "";
  await eraseNode(actor, await findNodeUuid("Initech"));
  const listSentences = async (person: KnownPerson) => (await listFacts(person)).map(({ fact }) => fact).toSorted();
  const expectFacts = async (person: KnownPerson, expected: string[]) => {
    assert.deepEqual(await listSentences(person), expected);
    await rereadGraph(actor, person.uuid);
    await processAll(person);
    assert.deepEqual(await listSentences(person), expected);
  };
  const expected = ["Jane Smith uses Acme Corporation", "Jane consults for Acme"];
  await expectFacts(jane, expected);
  await mergeNodes(actor, await findNodeUuid(acme.target), await findNodeUuid(corporation.target));
  const merged = ["Jane Smith uses Acme", "Jane consults for Acme"];
  await expectFacts(jane, merged);
  const copy = await makeJane(actor);
  await cloneGraph(actor, { userId: jane.userId }, { userId: copy.userId });
  await expectFacts(copy, merged);
  const other = await makeJane(actor, { firstName: "Joan" });
  const place = { uuid: session, userUuid: jane.uuid };
  await db().$transaction((tx) => adoptSession(tx, actor, place, other.uuid));
  await processAll(other);
  await expectFacts(other, ["Jane consults for Acme", "Joan Smith uses Acme Corporation"]);
});

test("the person's node follows renames, and each version of the summary says what it rests on", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme."]);
  await rememberTurns(jane, ["I work at Globex."], "2026-03-01T00:00:00Z");
  const versions = await db().summary.findMany({ where: { graphUuid: jane.uuid }, orderBy: { version: "asc" } });
  assert.equal(versions.length, 2);
  const facts = new Set((await listFacts(jane)).map(({ uuid }) => uuid));
  for (const { sentences } of versions)
    for (const sentence of sentencesSchema.parse(sentences))
      assert.ok(sentence.facts.length > 0 && sentence.facts.every((uuid) => facts.has(uuid)));
  await updateUser(actor, {
    uuid: jane.uuid,
    version: 1,
    email: null,
    firstName: "Janet",
    lastName: "Smith",
    metadata: {},
  });
  const node = await db().node.findFirstOrThrow({ where: { uuid: jane.uuid } });
  assert.deepEqual([node.name, node.labels], ["Janet Smith", ["Entity", "User"]]);
});

const step = fc.oneof(
  fc.record({
    kind: fc.constant("hear" as const),
    words: fc.constantFrom(
      "I work at Acme.",
      "I work at Globex.",
      "I quit Acme.",
      "I live in Porto.",
      "My sister Anna loves jazz.",
      "I no longer use Slack.",
      "I use Slack.",
      "I don't eat meat.",
    ),
    day: fc.nat(300),
  }),
  fc.record({ kind: fc.constant("give" as const), plan: fc.constantFrom("free", "gold"), day: fc.nat(300) }),
  fc.record({
    kind: fc.constantFrom(
      "forget" as const,
      "erase" as const,
      "end" as const,
      "correct" as const,
      "merge" as const,
      "drop" as const,
      "reread" as const,
    ),
    pick: fc.nat(20),
  }),
);

test("whatever is added, corrected, merged and deleted in whatever order, nothing in the graph is torn", {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const jane = await makeJane(actor);
      for (const taken of steps) {
        await applyStep(jane, taken);
        assert.deepEqual(await findInconsistencies(jane), [], JSON.stringify(taken));
      }
    }),
    { numRuns: 25 },
  );
});

async function applyStep(
  jane: KnownPerson,
  taken: typeof step extends fc.Arbitrary<infer T> ? T : never,
): Promise<void> {
  if (taken.kind === "hear")
    await rememberTurns(jane, [taken.words], new Date(Date.UTC(2025, 0, 1 + taken.day)).toISOString());
  else if (taken.kind === "give")
    await rememberData(jane, { plan: taken.plan }, new Date(Date.UTC(2025, 0, 1 + taken.day)).toISOString());
  else {
    const pickItem = <T>(items: T[]): T | undefined => items[taken.pick % Math.max(1, items.length)];
    const held = pickItem(await listFacts(jane));
    const nodes = await db().node.findMany({
      where: { graphUuid: jane.uuid, uuid: { not: jane.uuid } },
      orderBy: { uuid: "asc" },
    });
    const episode = pickItem(await db().episode.findMany({ where: { graphUuid: jane.uuid }, orderBy: { seq: "asc" } }));
    const [node, other] = [pickItem(nodes), nodes[0]];
    if (taken.kind === "forget" && episode) await eraseEpisode(actor, episode.uuid);
    if (taken.kind === "erase" && held) await eraseFact(actor, { uuid: held.uuid });
    if (taken.kind === "end" && held) await invalidateFact(actor, held.uuid, new Date("2027-06-01T00:00:00Z"));
    if (taken.kind === "correct" && held) await updateFactFields(actor, held.uuid, { fact: `${held.fact} indeed` });
    if (taken.kind === "merge" && node && other && node.uuid !== other.uuid)
      await mergeNodes(actor, node.uuid, other.uuid);
    if (taken.kind === "drop" && node) await eraseNode(actor, node.uuid);
    if (taken.kind === "reread") {
      await rereadGraph(actor, jane.uuid);
      await processAll(jane);
    }
  }
}

test("a correction leaves what it does not name, the time of disbelief included", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme."]);
  const { uuid } = await findFact(jane, /Acme/);
  const expiredAt = new Date("2022-02-02T00:00:00Z");
  await updateFactFields(actor, uuid, { expiredAt });
  const after = await updateFactFields(actor, uuid, { attributes: { b: 1 } });
  assert.deepEqual([after.expiredAt, after.attributes], [expiredAt, { b: 1 }]);
});
