import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { correctFact, undoEditByHand } from "#lib/graph/edit/mutations.ts";
import { readRestated, replaceValue, showForm } from "#lib/graph/edit/sentence-form.ts";
import { listFactSources } from "#lib/graph/view/sources/queries.ts";
import { makeActor } from "#prisma/factories.ts";
import {
  describeGraph,
  findInconsistencies,
  type KnownPerson,
  listFacts,
  makeJane,
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
  const [source, ...others] = await listFactSources(actor, { fact: fact.uuid });
  assert.deepEqual([source?.uuid, others], [edit, []]);
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
