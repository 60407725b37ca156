import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { configuredEmbedding } from "#lib/embedding/endpoint.ts";
import { lineOf } from "#lib/embedding/line.ts";
import { configure } from "#lib/env.ts";
import { type Reply, standIn } from "#lib/extraction/model/stand-in.ts";
import { eraseEdge, eraseNode, patchEdge } from "#lib/graph/edit/correct.ts";
import { eraseEpisode, patchNode } from "#lib/graph/edit/mutations.ts";
import { DEFAULT_SEARCH, type GraphSearch } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { embedGraph } from "#lib/ingestion/embed-graph.ts";
import { listUnembeddedGraphs } from "#lib/ingestion/unembedded.ts";
import { eraseSession } from "#lib/sessions/erasure.ts";
import { eraseUserById } from "#lib/users/erasure.ts";
import { makeActor } from "#prisma/factories.ts";
import { factsOf, hear, makeJane, type Remembered } from "#prisma/remembering.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

type Context = Parameters<typeof standIn>[0];

/** Turns an embedding model on, whose server answers as `replies` say from now on. */
async function turnOn(context: Context, model = "toy") {
  const replies: [Reply] = ["vectors"];
  const { url, asked } = await standIn(context, "openai-compatible", replies);
  configure({ LLM_BASE_URL: url, LLM_EMBEDDING_MODEL: model });
  return { replies, asked, url };
}

function turnOff(): void {
  configure({ LLM_BASE_URL: "", LLM_EMBEDDING_MODEL: "" });
}

async function embed(person: Remembered): Promise<number> {
  const endpoint = configuredEmbedding();
  if (!endpoint) throw new Error("a model must be on");
  return embedGraph(person, { ...lineOf(person.projectUuid, endpoint), wait: async () => undefined });
}

async function found(person: Remembered, query: string, search: Partial<GraphSearch> = {}) {
  const { edges, nodes, episodes } = await searchGraph(
    actor,
    { userId: person.userId },
    { ...DEFAULT_SEARCH, query, ...search },
  );
  return {
    texts: [...edges.map(({ fact }) => fact), ...nodes.map(({ name }) => name), ...episodes.map((e) => e.content)],
    scores: [...edges, ...nodes, ...episodes].map(({ score = -1 }) => score),
  };
}

async function nodeOf({ uuid }: Remembered, name: string): Promise<string> {
  return (await db().node.findFirstOrThrow({ where: { graphUuid: uuid, name: { contains: name } } })).uuid;
}

function vectorsOf({ projectUuid, uuid }: Remembered): Promise<number> {
  return db().embedding.count({ where: { projectUuid, graphUuid: uuid } });
}

const SAID = ["I bought a car.", "I love tea.", "I live in Porto.", "My sister Anna plays the violin."];

test("a paraphrase without a shared word is found with embeddings and not without; what words find stays, scores within 0 and 1", async (t) => {
  turnOff();
  const jane = await makeJane(actor);
  await hear(jane, SAID);
  const anna = await nodeOf(jane, "Anna");
  await patchNode(actor, anna, { summary: "Owns an automobile." });
  assert.deepEqual((await found(jane, "vehicle")).texts, []);
  const before = await found(jane, "violin");
  await turnOn(t);
  assert.ok((await embed(jane)) > 0);
  for (const [scope, words] of [
    ["edges", /car/],
    ["episodes", /I bought a car/],
  ] as const) {
    const { texts, scores } = await found(jane, "vehicle", { scope });
    assert.match(texts[0] ?? "", words);
    assert.ok(scores.every((score) => score >= 0.3 && score <= 1));
  }
  assert.match((await found(jane, "vehicle", { scope: "nodes" })).texts.join(), /Anna/);
  const after = await found(jane, "violin");
  for (const text of before.texts) assert.ok(after.texts.includes(text));
  const [best = ""] = before.texts;
  assert.equal(after.texts[0], best);
  const { texts } = await found(jane, "violin vehicle");
  assert.match(texts.join("\n"), /car/);
  assert.match(texts.join("\n"), /violin/);
});

test("filters, thresholds and rerankers hold for what embeddings find", async (t) => {
  const jane = await makeJane(actor);
  await hear(jane, SAID);
  await turnOn(t);
  await embed(jane);
  const [car] = (await factsOf(jane)).filter(({ fact }) => fact.includes("car"));
  assert.ok(car);
  const none = async (search: Partial<GraphSearch>) =>
    assert.doesNotMatch((await found(jane, "vehicle", search)).texts.join(), /car/);
  await none({ withoutRelations: [car.name] });
  await none({ relations: ["LIVES_IN"] });
  await none({ labels: ["Nothing"] });
  await none({ times: { createdAt: [[{ comparison: "<", date: new Date("2020-01-01") }]] } });
  await none({ minScore: 0.99 });
  await none({ origins: ["0198f3c0-0000-7000-8000-000000000001"] });
  await db().edge.updateMany({ where: { uuid: car.uuid }, data: { rating: 0.2 } });
  await none({ minRating: 0.5 });
  const rerankers = ["rrf", "mmr", "node_distance", "episode_mentions", "cross_encoder"] as const;
  for (const reranker of rerankers) {
    const { texts } = await found(jane, "vehicle", { reranker, centerNode: jane.uuid });
    assert.ok(texts.includes(car.fact), reranker);
  }
});

test("mmr sees that two facts say the same in other words", async (t) => {
  const jane = await makeJane(actor);
  await hear(jane, ["I bought a car.", "I bought an automobile.", "I sold a car stereo."]);
  await turnOn(t);
  await embed(jane);
  const mmr = { reranker: "mmr", mmrLambda: 0.3, scope: "episodes", limit: 2 } as const;
  const { texts } = await found(jane, "bought a car", mmr);
  assert.deepEqual(texts, ["I bought a car.", "I sold a car stereo."]);
});

test("an endpoint that is down or silent costs a search its paraphrases, not its answer, and then is left alone", async (t) => {
  const jane = await makeJane(actor);
  await hear(jane, SAID);
  const { replies, asked } = await turnOn(t);
  await embed(jane);
  replies[0] = "silence";
  const started = performance.now();
  assert.match((await found(jane, "Which car?")).texts[0] ?? "", /car/);
  assert.ok(performance.now() - started < 5_000);
  const before = asked.length;
  assert.deepEqual((await found(jane, "vehicle")).texts, []);
  assert.equal(asked.length, before);
});

test("vectors of another model are not compared, and are made anew", async (t) => {
  const jane = await makeJane(actor);
  await hear(jane, SAID);
  await turnOn(t, "one");
  const made = await embed(jane);
  assert.equal(await embed(jane), 0);
  await turnOn(t, "other");
  assert.deepEqual((await found(jane, "vehicle")).texts, []);
  assert.equal(await embed(jane), made);
  assert.match((await found(jane, "vehicle")).texts[0] ?? "", /car/);
  assert.equal(await vectorsOf(jane), made);
});

test("what is reworded or deleted leaves no vector, be it fact, node, episode, conversation or person", async (t) => {
  const jane = await makeJane(actor);
  await turnOn(t);
  const { episodes } = await hear(jane, SAID);
  const { session } = await hear(jane, ["I own a bicycle.", "My brother Tom likes chess."]);
  await embed(jane);
  const facts = await factsOf(jane);
  const factOf = (word: string) => facts.find(({ fact }) => fact.includes(word))?.uuid ?? "";
  const has = (uuid: string) => db().embedding.count({ where: { graphUuid: jane.uuid, uuid } });
  assert.equal(await has(factOf("car")), 1);
  await patchEdge(actor, factOf("car"), { fact: "Jane leased a van." });
  assert.equal(await has(factOf("car")), 0);
  await eraseEdge(actor, factOf("tea"));
  assert.equal(await has(factOf("tea")), 0);
  const anna = await nodeOf(jane, "Anna");
  await eraseNode(actor, anna);
  assert.equal(await has(anna), 0);
  const porto = episodes[2] ?? "";
  assert.equal(await has(porto), 1);
  await eraseEpisode(actor, porto);
  assert.deepEqual([await has(porto), await has(factOf("Porto"))], [0, 0]);
  await eraseSession(actor, { uuid: session, previewedMessages: 2 });
  const orphans = await db().$queryRaw`
    SELECT kind, uuid FROM embeddings v WHERE graph_uuid = ${jane.uuid}::uuid AND uuid NOT IN (
      SELECT uuid FROM edges WHERE graph_uuid = ${jane.uuid}::uuid UNION SELECT uuid FROM nodes WHERE graph_uuid = ${jane.uuid}::uuid
      UNION SELECT uuid FROM episodes WHERE graph_uuid = ${jane.uuid}::uuid)`;
  assert.deepEqual(orphans, []);
  await embed(jane);
  assert.ok((await vectorsOf(jane)) > 0);
  await eraseUserById(actor, jane.userId);
  assert.equal(await vectorsOf(jane), 0);
});

test("what is deleted while the model reads it gets no vector", async (t) => {
  const [jane, joan] = [await makeJane(actor), await makeJane(actor)];
  const { episodes } = await hear(jane, ["I work at Acme."]);
  await hear(joan, ["I work at Acme."]);
  await turnOn(t);
  const endpoint = configuredEmbedding();
  assert.ok(endpoint);
  const line = lineOf(actor.projectUuid, endpoint);
  const meanwhile = (work: () => Promise<unknown>) => ({ ...line, record: async () => void (await work()) });
  await embedGraph(
    jane,
    meanwhile(() => eraseEpisode(actor, episodes[0] ?? "")),
  );
  assert.deepEqual(
    (await db().embedding.findMany({ where: { graphUuid: jane.uuid } })).map(({ uuid }) => uuid),
    [],
  );
  assert.equal(
    await embedGraph(
      joan,
      meanwhile(() => eraseUserById(actor, joan.userId)),
    ),
    0,
  );
  assert.equal(await vectorsOf(joan), 0);
});

test("a text that the model cannot read is not asked about again, and one that is empty never is", async (t) => {
  const jane = await makeJane(actor);
  await hear(jane, ["", "  ", "unreadable", "I love tea."]);
  const { asked } = await turnOn(t);
  await embed(jane);
  const before = asked.length;
  assert.equal(await embed(jane), 0);
  assert.equal(asked.length, before);
  assert.match((await found(jane, "tea", { reranker: "mmr", scope: "episodes" })).texts.join(), /tea/);
});

test("a walk through all graphs finds each that has something to read", async (t) => {
  const [done, waiting] = [await makeJane(actor), await makeJane(actor)];
  await turnOn(t);
  await embed(done);
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
  await hear(jane, ["I bought a car."]);
  const { asked } = await turnOn(t);
  await embed(jane);
  const search = (query: string) =>
    searchGraph(jane.actor, { userId: jane.userId }, { ...DEFAULT_SEARCH, query, scope: "episodes" });
  assert.equal((await search("vehicle")).episodes.length, 1);
  const calls = await db().modelCall.findMany({ where: { projectUuid: jane.projectUuid } });
  assert.ok(calls.length === 2 && calls.every(({ purpose, model }) => purpose === "embeddings" && model === "toy"));
  assert.ok(calls.every(({ inputTokens, outputTokens }) => inputTokens > 0 && outputTokens === 0));
  configure({ LLM_DAILY_TOKENS: "1" });
  const before = asked.length;
  assert.equal((await search("a vehicle")).episodes.length, 0);
  await assert.rejects(embedAnew(jane), { code: "model_budget" });
  configure({ LLM_DAILY_TOKENS: "" });
  assert.equal(asked.length, before);
});

async function embedAnew(person: Remembered): Promise<number> {
  await db().embedding.deleteMany({ where: { graphUuid: person.uuid } });
  return embed(person);
}
