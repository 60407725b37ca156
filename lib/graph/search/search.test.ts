import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SEARCH, type GraphSearch } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { makeActor } from "#prisma/factories.ts";
import { type KnownPerson, makeJane, rememberData, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

const DAY = 86_400_000;

async function listTurns({ userId }: KnownPerson, query: string, search: Partial<GraphSearch> = {}) {
  const { episodes } = await searchGraph(actor, { userId }, { ...DEFAULT_SEARCH, scope: "episodes", query, ...search });
  return episodes.map(({ content }) => content);
}

async function listFound({ userId }: KnownPerson, query: string) {
  return (await searchGraph(actor, { userId }, { ...DEFAULT_SEARCH, query })).edges;
}

test("everyday words are found by others that are said for them, after those that are the same", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, [
    "We took the kids to the zoo.",
    "The rent went up again.",
    "My children love the zoo.",
    "I got a promotion.",
  ]);
  const [first, second] = await listTurns(jane, "What do her children do?");
  assert.deepEqual([first, second], ["My children love the zoo.", "We took the kids to the zoo."]);
});

test("a fact is found by the turn it rests on, though no word of the question is in it", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Porto.", "I love tea.", "My sister Anna brought her violin to the harbour."]);
  assert.equal((await listFound(jane, "harbour"))[0]?.fact, "Jane Smith's sister is Anna");
});

test("a question about a time finds what was said then, without a word of it", async () => {
  const jane = await makeJane(actor);
  const lastWeek = new Date(Date.now() - 7 * DAY).toISOString();
  await rememberTurns(jane, ["I painted the shed."], "2023-03-08T10:00:00Z");
  await rememberTurns(jane, ["I repaired the bicycle."], "2023-08-08T10:00:00Z");
  await rememberTurns(jane, ["I cooked a goulash."], lastWeek);
  const first = async (query: string) => (await listTurns(jane, query))[0];
  assert.equal(await first("What did she do in spring 2023?"), "I painted the shed.");
  assert.equal(await first("What did she do on 8 August 2023?"), "I repaired the bicycle.");
  assert.equal(await first("What did she do last week?"), "I cooked a goulash.");
  assert.equal(await first("What did she do after she painted the shed and before 2024?"), "I painted the shed.");
});

test("what happened may say which time is meant", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["Coffee with Tom at the old mill."], "2023-01-08T10:00:00Z");
  await rememberTurns(jane, ["We moved to Ghent!"], "2023-05-08T10:00:00Z");
  await rememberTurns(jane, ["Coffee with Ina at the new square."], "2023-09-08T10:00:00Z");
  assert.match((await listTurns(jane, "Who had coffee with her before the move?"))[0] ?? "", /Tom/);
  assert.match((await listTurns(jane, "Who had coffee with her after the move?"))[0] ?? "", /Ina/);
});

test("addresses, names that are months and scripts without spaces are found", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, [
    "The tea is cold.",
    "Write to ana.lopes@example.com about it.",
    "April brought the cake.",
    "我住在上海浦东。",
  ]);
  assert.match((await listTurns(jane, "ana.lopes@example.com"))[0] ?? "", /ana\.lopes/);
  assert.match((await listTurns(jane, "Who is April?"))[0] ?? "", /April brought/);
  assert.match((await listTurns(jane, "浦东"))[0] ?? "", /上海/);
});

test("without a threshold the nearest always come back, last and scored; only an empty graph has nothing", async () => {
  const jane = await makeJane(actor);
  assert.deepEqual(await listFound(jane, "anything"), []);
  assert.deepEqual(await listTurns(jane, "anything"), []);
  await rememberTurns(jane, ["I live in Porto.", "I love tea.", "My favourite composer is Stravinsky."]);
  assert.match((await listTurns(jane, "Stravinski"))[0] ?? "", /Stravinsky/, "a misspelt name");
  for (const reranker of ["rrf", "mmr", "nodeDistance", "episodeMentions"] as const) {
    const turns = await listTurns(jane, "tea", { reranker });
    assert.deepEqual([turns[0], turns.length], ["I love tea.", 3], reranker);
  }
  const found = await listFound(jane, "quantum chromodynamics");
  assert.ok(found.length >= 2 && found.every(({ score = -1 }) => score >= 0 && score < 0.01));
  assert.deepEqual(await listTurns(jane, "quantum chromodynamics", { minScore: 0.02 }), []);
});

test("what is in no conversation is found as well", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I live in Porto."]);
  await rememberData(jane, "The boiler was serviced by Hansen in May.");
  assert.match((await listTurns(jane, "Who serviced the boiler?"))[0] ?? "", /Hansen/);
});
