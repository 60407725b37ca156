import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeReply, startFakeModelServer } from "#e2e/model-server.ts";
import { db } from "#lib/db/client.ts";
import { getConfiguredEmbedding } from "#lib/embedding/endpoint.ts";
import { openLine } from "#lib/embedding/line.ts";
import { setEnv } from "#lib/env.ts";
import { eraseNode, updateFactFields } from "#lib/graph/edit/correct.ts";
import { updateNodeFields } from "#lib/graph/edit/mutations.ts";
import { DEFAULT_SEARCH, type GraphSearch } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { embedGraph } from "#lib/ingestion/embed-graph.ts";
import { listUnembeddedGraphs } from "#lib/ingestion/unembedded.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { eraseEpisode, eraseFact } from "#lib/privacy/erasure/parts.ts";
import { eraseSession } from "#lib/privacy/erasure/session.ts";
import { makeActor } from "#prisma/factories.ts";
import { type KnownPerson, listFacts, makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

type Context = Parameters<typeof startFakeModelServer>[0];

/** Turns an embedding model on, whose server answers as `replies` say from now on. */
async function enableEmbeddings(context: Context, model = "toy") {
  const replies: [FakeReply] = ["vectors"];
  const { url, asked } = await startFakeModelServer(context, "openai-compatible", replies);
  setEnv({ LLM_BASE_URL: url, LLM_EMBEDDING_MODEL: model });
  return { replies, asked, url };
}

function disableEmbeddings(): void {
  setEnv({ LLM_BASE_URL: "", LLM_EMBEDDING_MODEL: "" });
}

async function embedPerson(person: KnownPerson): Promise<number> {
  const endpoint = getConfiguredEmbedding();
  if (!endpoint) throw new Error("a model must be on");
  return embedGraph(person, { ...openLine(person.projectUuid, endpoint), wait: async () => undefined });
}

/** Less than any word scores: what is only the nearest there is stays out. */
const LEAST = 0.02;

async function searchTexts(person: KnownPerson, query: string, search: Partial<GraphSearch> = {}) {
  const { edges, nodes, episodes } = await searchGraph(
    actor,
    { userId: person.userId },
    { ...DEFAULT_SEARCH, minScore: LEAST, query, ...search },
  );
  return {
    texts: [...edges.map(({ fact }) => fact), ...nodes.map(({ name }) => name), ...episodes.map((e) => e.content)],
    scores: [...edges, ...nodes, ...episodes].map(({ score = -1 }) => score),
  };
}

async function findNodeUuid({ uuid }: KnownPerson, name: string): Promise<string> {
  return (await db().node.findFirstOrThrow({ where: { graphUuid: uuid, name: { contains: name } } })).uuid;
}

function countVectors({ projectUuid, uuid }: KnownPerson): Promise<number> {
  return db().embedding.count({ where: { projectUuid, graphUuid: uuid } });
}

const SAID = ["I bought a car.", "I love tea.", "I live in Porto.", "My sister Anna plays the violin."];

test("a paraphrase without a shared word is found with embeddings and not without; what words find stays, scores within 0 and 1", async (t) => {
  disableEmbeddings();
  const jane = await makeJane(actor);
  await rememberTurns(jane, SAID);
  const anna = await findNodeUuid(jane, "Anna");
  await updateNodeFields(actor, anna, { summary: "Owns an automobile." });
  assert.deepEqual((await searchTexts(jane, "conveyance")).texts, []);
  const before = await searchTexts(jane, "violin");
  await enableEmbeddings(t);
  assert.ok((await embedPerson(jane)) > 0);
  for (const [scope, words] of [
    ["edges", /car/],
    ["episodes", /I bought a car/],
  ] as const) {
    const { texts, scores } = await searchTexts(jane, "conveyance", { scope });
    assert.match(texts[0] ?? "", words);
    assert.ok(scores.every((score) => score >= 0.3 && score <= 1));
  }
  assert.match((await searchTexts(jane, "conveyance", { scope: "nodes" })).texts.join(), /Anna/);
  const after = await searchTexts(jane, "violin");
  for (const text of before.texts) assert.ok(after.texts.includes(text));
  const [best = ""] = before.texts;
  assert.equal(after.texts[0], best);
  const { texts } = await searchTexts(jane, "violin conveyance");
  assert.match(texts.join("\n"), /car/);
  assert.match(texts.join("\n"), /violin/);
});

test("filters, thresholds and rerankers hold for what embeddings find", async (t) => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, SAID);
  await enableEmbeddings(t);
  await embedPerson(jane);
  const [car] = (await listFacts(jane)).filter(({ fact }) => fact.includes("car"));
  assert.ok(car);
  const expectNoConveyance = async (search: Partial<GraphSearch>) =>
    assert.doesNotMatch((await searchTexts(jane, "conveyance", search)).texts.join(), /car/);
  await expectNoConveyance({ withoutRelations: [car.name] });
  await expectNoConveyance({ relations: ["LIVES_IN"] });
  await expectNoConveyance({ labels: ["Nothing"] });
  await expectNoConveyance({ times: { createdAt: [[{ comparison: "<", date: new Date("2020-01-01") }]] } });
  await expectNoConveyance({ minScore: 0.99 });
  await expectNoConveyance({ origins: ["0198f3c0-0000-7000-8000-000000000001"] });
  await db().edge.updateMany({ where: { uuid: car.uuid }, data: { rating: 0.2 } });
  await expectNoConveyance({ minRating: 0.5 });
  const rerankers = ["rrf", "mmr", "nodeDistance", "episodeMentions", "crossEncoder"] as const;
  for (const reranker of rerankers) {
    const { texts } = await searchTexts(jane, "conveyance", { reranker, centerNode: jane.uuid });
    assert.ok(texts.includes(car.fact), reranker);
  }
});

test("mmr sees that two facts say the same in other words", async (t) => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I bought a car.", "I bought an automobile.", "I sold a car stereo."]);
  await enableEmbeddings(t);
  await embedPerson(jane);
  const mmr = { reranker: "mmr", mmrLambda: 0.3, scope: "episodes", limit: 2 } as const;
  const { texts } = await searchTexts(jane, "bought a car", mmr);
  assert.deepEqual(texts, ["I bought a car.", "I sold a car stereo."]);
});

test("an endpoint that is down or silent costs a search its paraphrases, not its answer, and then is left alone", async (t) => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, SAID);
  const { replies, asked } = await enableEmbeddings(t);
  await embedPerson(jane);
  replies[0] = "silence";
  const started = performance.now();
  assert.match((await searchTexts(jane, "Which car?")).texts[0] ?? "", /car/);
  assert.ok(performance.now() - started < 5_000);
  const before = asked.length;
  assert.deepEqual((await searchTexts(jane, "conveyance")).texts, []);
  assert.equal(asked.length, before);
});

test("vectors of another model are not compared, and are made anew", async (t) => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, SAID);
  await enableEmbeddings(t, "one");
  const made = await embedPerson(jane);
  assert.equal(await embedPerson(jane), 0);
  await enableEmbeddings(t, "other");
  assert.deepEqual((await searchTexts(jane, "conveyance")).texts, []);
  assert.equal(await embedPerson(jane), made);
  assert.match((await searchTexts(jane, "conveyance")).texts[0] ?? "", /car/);
  assert.equal(await countVectors(jane), made);
});

test("what is reworded or deleted leaves no vector, be it fact, node, episode, conversation or person", async (t) => {
  const jane = await makeJane(actor);
  await enableEmbeddings(t);
  const { episodes } = await rememberTurns(jane, SAID);
  const { session } = await rememberTurns(jane, ["I own a bicycle.", "My brother Tom likes chess."]);
  await embedPerson(jane);
  const facts = await listFacts(jane);
  const findFactUuid = (word: string) => facts.find(({ fact }) => fact.includes(word))?.uuid ?? "";
  const countVectorsOf = (uuid: string) => db().embedding.count({ where: { graphUuid: jane.uuid, uuid } });
  assert.equal(await countVectorsOf(findFactUuid("car")), 1);
  await updateFactFields(actor, findFactUuid("car"), { fact: "Jane leased a van." });
  assert.equal(await countVectorsOf(findFactUuid("car")), 0);
  await eraseFact(actor, { uuid: findFactUuid("tea") });
  assert.equal(await countVectorsOf(findFactUuid("tea")), 0);
  const anna = await findNodeUuid(jane, "Anna");
  await eraseNode(actor, anna);
  assert.equal(await countVectorsOf(anna), 0);
  const porto = episodes[2] ?? "";
  assert.equal(await countVectorsOf(porto), 1);
  await eraseEpisode(actor, porto);
  assert.deepEqual([await countVectorsOf(porto), await countVectorsOf(findFactUuid("Porto"))], [0, 0]);
  await eraseSession(actor, { uuid: session, previewedMessages: 2 });
  const orphans = await db().$queryRaw`
    SELECT kind, uuid FROM embeddings v WHERE graph_uuid = ${jane.uuid}::uuid AND uuid NOT IN (
      SELECT uuid FROM edges WHERE graph_uuid = ${jane.uuid}::uuid UNION SELECT uuid FROM nodes WHERE graph_uuid = ${jane.uuid}::uuid
      UNION SELECT uuid FROM episodes WHERE graph_uuid = ${jane.uuid}::uuid)`;
  assert.deepEqual(orphans, []);
  await embedPerson(jane);
  assert.ok((await countVectors(jane)) > 0);
  await eraseUserById(actor, jane.userId);
  assert.equal(await countVectors(jane), 0);
});

test("what is deleted while the model reads it gets no vector", async (t) => {
  const [jane, joan] = [await makeJane(actor), await makeJane(actor)];
  const { episodes } = await rememberTurns(jane, ["I work at Acme."]);
  await rememberTurns(joan, ["I work at Acme."]);
  await enableEmbeddings(t);
  const endpoint = getConfiguredEmbedding();
  assert.ok(endpoint);
  const line = openLine(actor.projectUuid, endpoint);
  const runWhileAsked = (work: () => Promise<unknown>) => ({ ...line, record: async () => void (await work()) });
  await embedGraph(
    jane,
    runWhileAsked(() => eraseEpisode(actor, episodes[0] ?? "")),
  );
  assert.deepEqual(
    (await db().embedding.findMany({ where: { graphUuid: jane.uuid } })).map(({ uuid }) => uuid),
    [],
  );
  assert.equal(
    await embedGraph(
      joan,
      runWhileAsked(() => eraseUserById(actor, joan.userId)),
    ),
    0,
  );
  assert.equal(await countVectors(joan), 0);
});

test("a text that the model cannot read is not asked about again, and one that is empty never is", async (t) => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["", "  ", "unreadable", "I love tea."]);
  const { asked } = await enableEmbeddings(t);
  await embedPerson(jane);
  const before = asked.length;
  assert.equal(await embedPerson(jane), 0);
  assert.equal(asked.length, before);
  assert.match((await searchTexts(jane, "tea", { reranker: "mmr", scope: "episodes" })).texts.join(), /tea/);
});

test("a walk through all graphs finds each that has something to read", async (t) => {
  const [done, waiting] = [await makeJane(actor), await makeJane(actor)];
  await enableEmbeddings(t);
  await embedPerson(done);
  const graphs: string[] = [];
  let after = { projectUuid: "00000000-0000-0000-0000-000000000000", uuid: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const step = await listUnembeddedGraphs("toy", after, 2);
    graphs.push(...step.graphs.map(({ uuid }) => uuid));
    if (!step.last) break;
    after = step.last;
  }
  assert.ok(graphs.includes(waiting.uuid) && !graphs.includes(done.uuid));
});

test("what search and reading cost is recorded, and a used-up budget leaves search to words", async (t) => {
  const jane = await makeJane(await makeActor());
  await rememberTurns(jane, ["I bought a car."]);
  const { asked } = await enableEmbeddings(t);
  await embedPerson(jane);
  const searchJane = (query: string) =>
    searchGraph(jane.actor, { userId: jane.userId }, { ...DEFAULT_SEARCH, minScore: LEAST, query, scope: "episodes" });
  assert.equal((await searchJane("conveyance")).episodes.length, 1);
  const calls = await db().modelCall.findMany({ where: { projectUuid: jane.projectUuid } });
  assert.ok(calls.length === 2 && calls.every(({ purpose, model }) => purpose === "embeddings" && model === "toy"));
  assert.ok(calls.every(({ inputTokens, outputTokens }) => inputTokens > 0 && outputTokens === 0));
  setEnv({ LLM_DAILY_TOKENS: "1" });
  const before = asked.length;
  assert.equal((await searchJane("a conveyance")).episodes.length, 0);
  await assert.rejects(embedAnew(jane), { code: "model_budget" });
  setEnv({ LLM_DAILY_TOKENS: "" });
  assert.equal(asked.length, before);
});

async function embedAnew(person: KnownPerson): Promise<number> {
  await db().embedding.deleteMany({ where: { graphUuid: person.uuid } });
  return embedPerson(person);
}
