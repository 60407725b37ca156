import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { startFakeModelServer } from "#e2e/model-server.ts";
import { readEmbeddingEndpoint } from "#lib/embedding/endpoint.ts";
import { EnvironmentError, parseEnv } from "#lib/env.ts";
import { getConfiguredEndpoint, isModelConfigured, readEndpoint } from "#lib/extraction/model/endpoint.ts";
import { makeLanguageModel } from "#lib/extraction/model/language-model.ts";
import { requestReply } from "#lib/extraction/model/request.ts";

const LOCAL = { LLM_BASE_URL: "http://127.0.0.1:11434/v1", LLM_MODEL: "small" };

test("without a model named there is none, and asking for it is a mistake", () => {
  assert.equal(readEndpoint(parseEnv({})), null);
  assert.equal(isModelConfigured(), false);
  assert.throws(() => getConfiguredEndpoint(), /LLM_MODEL/);
});

test("a model is described in milliseconds, with the defaults of a patient stranger", () => {
  assert.deepEqual(readEndpoint(parseEnv(LOCAL)), {
    ...{ provider: "openai-compatible", baseUrl: LOCAL.LLM_BASE_URL, model: "small", apiKey: undefined },
    ...{ timeout: 60_000, structured: "schema", dailyTokens: 0 },
  });
});

test("a model for embeddings may be all there is, beside a language model or not; without one there is none", () => {
  const { LLM_BASE_URL } = LOCAL;
  const alone = parseEnv({ LLM_BASE_URL, LLM_EMBEDDING_MODEL: "vectors", LLM_API_KEY: "secret", LLM_TIMEOUT: "5" });
  assert.equal(readEndpoint(alone), null);
  assert.deepEqual(readEmbeddingEndpoint(alone), {
    ...{ baseUrl: LLM_BASE_URL, model: "vectors", apiKey: "secret", timeout: 5_000, dailyTokens: 0 },
  });
  assert.equal(readEmbeddingEndpoint(parseEnv({ ...LOCAL, LLM_EMBEDDING_MODEL: "vectors" }))?.model, "vectors");
  assert.equal(readEmbeddingEndpoint(parseEnv(LOCAL)), null);
});

test("Anthropic's own address need not be named", () => {
  const endpoint = readEndpoint(parseEnv({ LLM_PROVIDER: "anthropic", LLM_MODEL: "claude-sonnet-4-5" }));
  assert.ok(endpoint && makeLanguageModel(endpoint));
});

test("neither a key nor an address that is meant for others is taken from the environment", async (t) => {
  Object.assign(process.env, { ANTHROPIC_API_KEY: "another's", ANTHROPIC_BASE_URL: "http://127.0.0.1:1/v1" });
  for (const provider of ["anthropic", "openai-compatible"] as const) {
    const { endpoint, asked } = await startFakeModelServer(t, provider, [{ text: "{}" }]);
    const messages = [{ role: "user" as const, content: "Hello." }];
    await requestReply(
      { ...endpoint, apiKey: undefined },
      { instruction: "Be brief.", messages, schema: z.object({}) },
    );
    assert.equal(asked.length, 1);
    assert.ok(!JSON.stringify(asked).includes("another's"));
  }
});

test("a configuration that cannot work is refused with the variable that is missing or wrong", () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ LLM_BASE_URL: LOCAL.LLM_BASE_URL }, /LLM_MODEL: is needed/],
    [{ LLM_MODEL: "small" }, /LLM_BASE_URL: is needed/],
    [{ LLM_EMBEDDING_MODEL: "vectors" }, /LLM_BASE_URL: is needed beside LLM_EMBEDDING_MODEL/],
    [
      { LLM_PROVIDER: "anthropic", LLM_MODEL: "claude-sonnet-4-5", LLM_EMBEDDING_MODEL: "vectors" },
      /LLM_EMBEDDING_MODEL: needs LLM_PROVIDER to be openai-compatible/,
    ],
    [
      { LLM_PROVIDER: "anthropic", LLM_BASE_URL: LOCAL.LLM_BASE_URL, LLM_EMBEDDING_MODEL: "vectors" },
      /LLM_MODEL: is needed/,
    ],
    [{ LLM_PROVIDER: "anthropic" }, /LLM_MODEL: is needed/],
    [{ ...LOCAL, LLM_PROVIDER: "other" }, /LLM_PROVIDER:/],
    [{ ...LOCAL, LLM_BASE_URL: "file:///etc" }, /LLM_BASE_URL:/],
    [{ ...LOCAL, LLM_TIMEOUT: "0" }, /LLM_TIMEOUT:/],
    [{ ...LOCAL, LLM_DAILY_TOKENS: "-1" }, /LLM_DAILY_TOKENS:/],
    [{ ...LOCAL, LLM_STRUCTURED: "yes" }, /LLM_STRUCTURED:/],
    [{ ...LOCAL, LLM_API_KEY: "a b\n" }, /LLM_API_KEY:/],
  ];
  for (const [variables, message] of wrong) {
    assert.throws(
      () => parseEnv(variables),
      (error) => error instanceof EnvironmentError && message.test(error.message) && !error.message.includes("a b"),
    );
  }
});
