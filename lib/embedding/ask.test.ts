import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type FakeReply, makeExtractorKeep, startFakeModelServer } from "#e2e/model-server.ts";
import { embedTexts } from "#lib/embedding/ask.ts";
import { readEmbeddingEndpoint } from "#lib/embedding/endpoint.ts";
import { parseEnv } from "#lib/env.ts";

async function openLine(context: TestContext, replies: FakeReply[]) {
  const { url, asked } = await startFakeModelServer(context, "openai-compatible", replies);
  const settings = parseEnv({ LLM_BASE_URL: url, LLM_EMBEDDING_MODEL: "toy", LLM_API_KEY: "secret" });
  const endpoint = readEmbeddingEndpoint(settings);
  if (!endpoint) throw new Error("the endpoint must be configured");
  const kept = makeExtractorKeep();
  return { ...kept, asked, line: { ...kept, endpoint } };
}

function makeLongText(characters: number): string {
  return "word ".repeat(characters / 5);
}

test("each text gets a vector of length 1, in order, ninety-six to a request, with the key and what it cost", async (t) => {
  const { line, asked, calls } = await openLine(t, ["vectors"]);
  const texts = Array.from({ length: 200 }, (_, number) => `thing ${number}`);
  const vectors = await embedTexts(texts, line);
  assert.deepEqual(
    asked.map(({ body }) => JSON.parse(body).input.length),
    [96, 96, 8],
  );
  assert.ok(asked.every(({ path, headers }) => path === "/v1/embeddings" && headers.authorization === "Bearer secret"));
  for (const vector of vectors) assert.ok(Math.abs(Math.hypot(...(vector ?? [])) - 1) < 1e-9);
  assert.deepEqual(vectors[150], (await embedTexts(["thing 150"], line))[0]);
  const first = calls[0];
  assert.deepEqual(
    [first?.model, first?.purpose, first?.outcome, first?.inputTokens, first?.outputTokens],
    ["toy", "embeddings", "answered", 192, 0],
  );
});

test("a server that is busy is asked again after the pause it names, and twice at most", async (t) => {
  const busy = { status: 429, headers: { "retry-after": "2" } };
  const { line, waits, calls } = await openLine(t, [busy, { status: 503 }, "vectors"]);
  assert.equal((await embedTexts(["tea"], line)).length, 1);
  assert.deepEqual(waits, [2_000, 4_000]);
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    ["failed", "failed", "answered"],
  );
  const gone = await openLine(t, ["hang up"]);
  await assert.rejects(embedTexts(["tea"], gone.line), { code: "model_unavailable" });
  assert.equal(gone.asked.length, 3);
  const impatient = await openLine(t, [{ status: 429, headers: { "retry-after": "3600" } }]);
  await assert.rejects(embedTexts(["tea"], impatient.line), { code: "model_unavailable", status: 429 });
  assert.deepEqual(impatient.waits, []);
});

test("silence is waited for no longer than the time-out", async (t) => {
  const { line, asked } = await openLine(t, ["silence"]);
  const hasty = { ...line, endpoint: { ...line.endpoint, timeout: 50 } };
  await assert.rejects(embedTexts(["tea"], hasty), { code: "model_unavailable", status: null });
  assert.equal(asked.length, 3);
});

test("a text that the model cannot take leaves the others of its request alone, and a long one is read from its beginning", async (t) => {
  const { line } = await openLine(t, ["vectors"]);
  const texts = ["tea", "unreadable", makeLongText(7_000), "coffee", "rice"];
  const vectors = await embedTexts(texts, line);
  assert.deepEqual(
    vectors.map((vector) => vector?.length ?? null),
    [256, null, 256, 256, 256],
  );
  assert.deepEqual(vectors[3], (await embedTexts(["coffee"], line))[0]);
});

test("an endpoint that takes nothing at all is at fault, not the texts", async (t) => {
  const { line, asked } = await openLine(t, [{ status: 400 }]);
  await assert.rejects(embedTexts(["tea", "coffee", "rice"], line), { code: "model_unavailable", status: 400 });
  assert.equal(asked.length, 2);
});

test("what is no embedding is a failure, and nothing of it is repeated", async (t) => {
  for (const body of [{ data: [] }, { data: [{ embedding: "secret" }] }, "secret", null]) {
    const { line } = await openLine(t, [{ status: 200, body }]);
    await assert.rejects(embedTexts(["tea"], line), (error) => error instanceof Error && !/secret/.test(error.message));
  }
});

test("a project that has used up the day's tokens is refused before the model is asked", async (t) => {
  const { line, asked } = await openLine(t, ["vectors"]);
  const poor = { ...line, endpoint: { ...line.endpoint, dailyTokens: 100 }, budget: async () => 100 };
  await assert.rejects(embedTexts(["tea"], poor), { code: "model_budget" });
  assert.equal(asked.length, 0);
});
