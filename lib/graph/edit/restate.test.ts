import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { correctFact, undoEditByHand } from "#lib/graph/edit/mutations.ts";
import { correctFactSchema } from "#lib/graph/edit/schema.ts";
import { readRestated, replaceValue, showForm } from "#lib/graph/edit/sentence-form.ts";
import { listFactSources } from "#lib/graph/view/sources/queries.ts";
import { forgetSources } from "#lib/privacy/erasure/parts.ts";
import { makeActor } from "#prisma/factories.ts";
import {
  describeGraph,
  findInconsistencies,
  type KnownPerson,
  listFacts,
  makeJane,
  rememberData,
  rememberTurns,
} from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

test("a sentence is read by the form of its fact", () => {
  const works = { template: "{subject} works at {object}", value: null };
  assert.deepEqual(readRestated(works, "Ana works at St. Mary's (Ward 2)."), {
    subject: "Ana",
    object: "St. Mary's (Ward 2)",
  });
  assert.equal(readRestated(works, "Ana left Acme"), null);
  assert.equal(showForm(works, "Ana"), "Ana works at …");
  const plan = { template: "{subject}'s plan is plan 9", value: "plan 9" };
  assert.deepEqual(readRestated(plan, "Ana's plan is Pro"), { subject: "Ana", object: "Pro" });
  assert.equal(replaceValue(plan, "$& Pro"), "{subject}'s plan is $& Pro");
  assert.deepEqual(readRestated({ template: "{subject} is retired", value: null }, "Tom is retired"), {
    subject: "Tom",
    object: null,
  });
});

async function findFact(person: KnownPerson, words: string) {
  const found = (await listFacts(person)).find(
    ({ name, fact }) => (name === "SAID") === words.startsWith("“") && fact.includes(words),
  );
  assert.ok(found, words);
  return found;
}

async function listNodesNamed(person: KnownPerson, name: string) {
  return db().node.findMany({ where: { graphUuid: person.uuid, name }, select: { uuid: true, labels: true } });
}

test("what a correction names is what the fact is of, in the graph as well", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["My brother Tom works at Acme.", "My sister Ann works at Globex."]);
  const before = await describeGraph(jane);
  const { uuid } = await findFact(jane, "Tom works at Acme");
  const { edit } = await correctFact(actor, { uuid, fact: "Ann works at Initech", since: "2026-01-05" });
  const [initech] = await listNodesNamed(jane, "Initech");
  const fact = await findFact(jane, "Ann works at Initech");
  assert.deepEqual([fact.source, fact.target], ["Ann", "Initech"]);
  assert.equal((await listNodesNamed(jane, "Ann")).length, 1);
  assert.deepEqual(initech?.labels, ["Entity", "Organization"]);
  assert.equal(fact.validAt?.toISOString(), "2026-01-05T00:00:00.000Z");
  const sources = await listFactSources(actor, { fact: fact.uuid });
  assert.deepEqual(
    sources.map(({ source, uuid: episode }) => [source, episode === edit]),
    [
      ["message", false],
      ["correction", true],
    ],
  );
  assert.deepEqual(await findInconsistencies(jane), []);
  await undoEditByHand(actor, { edit });
  assert.deepEqual(await describeGraph(jane), before);
  assert.deepEqual(await listNodesNamed(jane, "Initech"), []);
});

test("a value is put right in the sentence and in the fact", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I'm 34 years old."]);
  const { uuid } = await findFact(jane, "34 years old");
  await correctFact(actor, { uuid, fact: "Jane Smith is 43 years old", since: "" });
  const edge = await db().edge.findFirstOrThrow({ where: { graphUuid: jane.uuid, name: "HAS_AGE" } });
  assert.deepEqual([edge.fact, edge.attributes], ["Jane Smith is 43 years old", { value: "43" }]);
});

test("a quotation stays as it was said", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I moved to Ghent because my grandmother left me her old house there."]);
  const { uuid } = await findFact(jane, "“I moved to Ghent");
  await assert.rejects(correctFact(actor, { uuid, fact: "Jane Smith said nothing", since: "" }), { code: "invalid" });
});

test("another kind of sentence is refused and changes nothing", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Ghent."]);
  const before = await describeGraph(jane);
  const { uuid } = await findFact(jane, "lives in Ghent");
  await assert.rejects(correctFact(actor, { uuid, fact: "Jane hates rain, or so she says", since: "" }), (error) => {
    assert.match(JSON.stringify(error), /invalid/);
    assert.match(JSON.stringify(error), /Jane Smith lives in …/);
    return true;
  });
  assert.deepEqual(await describeGraph(jane), before);
});

test("putting right what was before leaves what is now", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Leeds.", "I moved to York."]);
  const { uuid } = await findFact(jane, "lives in Leeds");
  await correctFact(actor, { uuid, fact: "Jane Smith lives in Hull", since: "2015-01-01" });
  assert.equal((await findFact(jane, "lives in York")).invalidAt, null);
  assert.ok((await findFact(jane, "lives in Hull")).invalidAt !== null);
});

test("what the wrong one had ended stays over, and no later than it was told", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme.", "I work at Globex now."], "2026-01-05T10:00:00Z");
  const { uuid } = await findFact(jane, "works at Globex");
  await correctFact(actor, { uuid, fact: "Jane Smith works at Initech", since: "" });
  assert.equal((await findFact(jane, "works at Acme")).invalidAt?.toISOString().slice(0, 10), "2026-01-06");
  assert.equal((await findFact(jane, "works at Initech")).invalidAt, null);
});

test("putting right one of several leaves the others", async () => {
  const jane = await makeJane(actor);
  await rememberData(jane, { name: "Jane Smith", interests: ["golf", "wine"] });
  const { uuid } = await findFact(jane, "golf");
  await correctFact(actor, { uuid, fact: "Jane Smith's interests include chess", since: "" });
  assert.equal((await findFact(jane, "wine")).invalidAt, null);
  assert.equal((await findFact(jane, "chess")).invalidAt, null);
});

/** What cannot stand in the place of "Jane Smith works at Acme", or of an age. */
const ODD = [
  "Jane Smith no longer works at Acme",
  "whoever works at Acme",
  "Jane Smith works at Acme until May",
  "Jane Smith works at {object}",
  "Jane Smith works at .",
  "Jane Smith works at 4111 1111 1111 1111",
];

for (const fact of ODD)
  test(`“${fact}” is refused as a correction`, async () => {
    const jane = await makeJane(actor);
    await rememberTurns(jane, ["I work at Acme."]);
    const { uuid } = await findFact(jane, "works at Acme");
    await assert.rejects(correctFact(actor, { uuid, fact, since: "" }), { code: "invalid" });
  });

test("a first name is whoever is called so already, and a day to come is none to have begun on", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme."]);
  const { uuid } = await findFact(jane, "works at Acme");
  await correctFact(actor, { uuid, fact: "Jane works at Initech", since: "" });
  assert.equal((await findFact(jane, "works at Initech")).source, "Jane Smith");
  assert.equal(correctFactSchema.safeParse({ uuid, fact: "x", since: "2931-01-01" }).success, false);
});

test("forgetting the source of a corrected fact forgets what was wrong as well", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme."]);
  const { uuid } = await findFact(jane, "works at Acme");
  await correctFact(actor, { uuid, fact: "Jane Smith works at Globex", since: "" });
  const corrected = await findFact(jane, "works at Globex");
  assert.equal((await listFactSources(actor, { fact: corrected.uuid })).length, 2);
  await forgetSources(actor, { uuid: corrected.uuid });
  assert.doesNotMatch(JSON.stringify(await describeGraph(jane)), /Acme|Globex/);
});
