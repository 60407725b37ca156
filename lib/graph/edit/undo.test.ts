import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { eraseNode } from "#lib/graph/edit/correct.ts";
import { correctFact, endFact, mergeNodeByName, refuteFactByHand, undoEditByHand } from "#lib/graph/edit/mutations.ts";
import { DEFAULT_SEARCH } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { getSummary } from "#lib/graph/summary/queries.ts";
import { listFactSources } from "#lib/graph/view/sources/queries.ts";
import { forgetSources } from "#lib/privacy/erasure/parts.ts";
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

async function makeMover(): Promise<KnownPerson> {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Porto.", "I love tea.", "I moved to Ghent and I work at Acme."]);
  return jane;
}

async function findFact(person: KnownPerson, words: string): Promise<string> {
  const found = (await listFacts(person)).find(({ fact }) => fact.includes(words));
  assert.ok(found, words);
  return found.uuid;
}

const EDITS = {
  "a correction": (uuid: string) => correctFact(actor, { uuid, fact: "Jane Smith lives in Bruges", since: "" }),
  "an end": (uuid: string) => endFact(actor, { uuid, at: "2026-06-01" }),
  "a refutation": (uuid: string) => refuteFactByHand(actor, { uuid }),
};

for (const [name, edit] of Object.entries(EDITS)) {
  test(`${name} is taken back without a trace in what is known`, async () => {
    const jane = await makeMover();
    const before = await describeGraph(jane);
    const made = await edit(await findFact(jane, "lives in Ghent"));
    assert.notDeepEqual(await describeGraph(jane), before);
    await undoEditByHand(actor, made);
    assert.deepEqual(await describeGraph(jane), before);
    assert.deepEqual(await findInconsistencies(jane), []);
    await assert.rejects(undoEditByHand(actor, made), { code: "not_found" });
  });
}

test("what was never so gives its place back to what it had ended", async () => {
  const jane = await makeMover();
  await refuteFactByHand(actor, { uuid: await findFact(jane, "lives in Ghent") });
  const homes = (await listFacts(jane)).filter(({ name }) => name === "LIVES_IN");
  assert.deepEqual(
    homes.map(({ fact, invalidAt }) => [fact, invalidAt]),
    [["Jane Smith lives in Porto", null]],
  );
});

test("only an edit by hand is taken back", async () => {
  const jane = await makeMover();
  const message = await db().episode.findFirstOrThrow({ where: { graphUuid: jane.uuid, source: "message" } });
  await assert.rejects(undoEditByHand(actor, { edit: message.uuid }), { code: "invalid" });
});

test("forgetting a source shows all that was drawn from it, and search, graph and summary follow", async () => {
  const jane = await makeMover();
  const uuid = await findFact(jane, "lives in Ghent");
  const [source, ...others] = await listFactSources(actor, { fact: uuid });
  assert.equal(others.length, 0);
  assert.deepEqual(source?.facts, ["Jane Smith lives in Ghent", "Jane Smith works at Acme"]);
  const gone = await forgetSources(actor, { uuid });
  assert.equal(gone.rows.episodes, 1);
  const search = { ...DEFAULT_SEARCH, query: "Ghent Acme", scope: "episodes" as const };
  const { episodes } = await searchGraph(actor, { userId: jane.userId }, search);
  assert.doesNotMatch(JSON.stringify(episodes), /Ghent|Acme/);
  assert.doesNotMatch(JSON.stringify(await describeGraph(jane)), /Ghent|Acme/);
  const { sentences } = await getSummary(actor, jane.uuid);
  assert.match(JSON.stringify(sentences), /Porto/);
  assert.doesNotMatch(JSON.stringify(sentences), /Ghent|Acme/);
  assert.ok(await db().message.findFirst({ where: { userUuid: jane.uuid, content: { contains: "Ghent" } } }));
});

test("two that were made one are two again, with what was about each; what was said since stays where it was said", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, [
    "I work at Acme.",
    "I use Acme Corporation.",
    "My brother Tom works at Acme Corporation.",
  ]);
  const before = await describeGraph(jane);
  const corporation = await db().node.findFirstOrThrow({
    where: { graphUuid: jane.uuid, name: "Acme Corporation" },
    select: { uuid: true },
  });
  const made = await mergeNodeByName(actor, { gone: corporation.uuid, name: "Acme" });
  assert.notDeepEqual(await describeGraph(jane), before);
  await undoEditByHand(actor, made);
  assert.deepEqual(await describeGraph(jane), before);
  assert.deepEqual(await findInconsistencies(jane), []);

  const again = await mergeNodeByName(actor, { gone: corporation.uuid, name: "Acme" });
  await rememberTurns(jane, ["My sister Eva works at Acme Corporation."], "2026-03-05T10:00:00Z");
  await undoEditByHand(actor, again);
  const facts = (await listFacts(jane)).map(({ fact }) => fact);
  assert.ok(facts.includes("Tom works at Acme Corporation"));
  assert.ok(facts.includes("Eva works at Acme"));
  assert.deepEqual(await findInconsistencies(jane), []);
});

test("what was made one with something that is gone by now cannot be parted, and says so", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme.", "I use Acme Corporation."]);
  const find = (name: string) =>
    db().node.findFirstOrThrow({ where: { graphUuid: jane.uuid, name }, select: { uuid: true } });
  const made = await mergeNodeByName(actor, { gone: (await find("Acme Corporation")).uuid, name: "Acme" });
  await eraseNode(actor, (await find("Acme")).uuid);
  await assert.rejects(undoEditByHand(actor, made), { code: "invalid" });
});
