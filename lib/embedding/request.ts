import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { embedMany } from "ai";
import type { EmbeddingEndpoint } from "#lib/embedding/endpoint.ts";
import { estimateTokens, type NoReply, type Tokens, toFailedReply } from "#lib/llm/reply.ts";

/** What one request brought: a vector of length 1 for each text, in their order. */
export type Vectors = { kind: "vectors"; vectors: number[][]; tokens: Tokens } | NoReply;

/** Makes one HTTP request for the vectors of a few texts, and waits no longer than the time-out. What goes wrong is a value. */
export async function requestVectors(endpoint: EmbeddingEndpoint, texts: string[]): Promise<Vectors> {
  const { baseUrl, apiKey, model, timeout } = endpoint;
  const deadline = AbortSignal.timeout(timeout);
  try {
    const { embeddings, usage } = await embedMany({
      model: createOpenAICompatible({ name: "llm", baseURL: baseUrl, apiKey }).embeddingModel(model),
      values: texts,
      maxRetries: 0,
      abortSignal: deadline,
      telemetry: { isEnabled: false },
    });
    // A server that does not count leaves the SDK with NaN.
    const inputTokens = Number.isFinite(usage.tokens) ? usage.tokens : estimateTokens(texts.join("").length);
    return { kind: "vectors", vectors: embeddings.map(normaliseVector), tokens: { inputTokens, outputTokens: 0 } };
  } catch (error) {
    return toFailedReply(error, deadline.aborted);
  }
}

/** Of length 1, so that the cosine of two vectors is their product. A vector of zeros is like nothing and stays. */
function normaliseVector(vector: number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((number) => number / length);
}
