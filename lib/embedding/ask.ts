import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddingLine, refuseBeyondBudget } from "#lib/embedding/line.ts";
import { requestVectors, type Vectors } from "#lib/embedding/request.ts";
import { ModelError } from "#lib/llm/failure.ts";
import { getRetryPause } from "#lib/llm/patience.ts";
import type { NoReply } from "#lib/llm/reply.ts";

/** The most texts of one request; small servers refuse more. */
export const MOST_TEXTS = 96;
/** A text that is refused although it is no longer than this many characters is refused for what it says. */
const SHORT = 500;
/** Tells whether a refusal is the text's fault or the endpoint's. */
const PROBE = "Hello.";

/**
 * The vectors of texts, of length 1 and in their order; null for a text that the model cannot read. One that is too long
 * for the model is read from its beginning. A request that may go better later is made again after a pause, at most twice.
 * @throws ModelError `model_unavailable`, `model_budget`.
 */
export async function embedTexts(texts: string[], line: EmbeddingLine): Promise<(number[] | null)[]> {
  const vectors: (number[] | null)[] = [];
  for (let start = 0; start < texts.length; start += MOST_TEXTS) {
    await refuseBeyondBudget(line);
    vectors.push(...(await embedTogether(texts.slice(start, start + MOST_TEXTS), line, false)));
  }
  return vectors;
}

/** Makes one request and has it recorded. */
export async function requestOnce(texts: string[], { endpoint, record }: EmbeddingLine): Promise<Vectors> {
  const started = performance.now();
  const reply = await requestVectors(endpoint, texts);
  const outcome = { vectors: "answered", refusal: "refused", failure: "failed" } as const;
  const duration = performance.now() - started;
  await record({
    ...{ model: endpoint.model, purpose: "embeddings", outcome: outcome[reply.kind] },
    ...{ ...reply.tokens, duration },
  });
  return reply;
}

async function requestWithRetries(texts: string[], line: EmbeddingLine): Promise<Vectors> {
  const { wait = sleep } = line;
  for (let failures = 0; ; failures += 1) {
    const reply = await requestOnce(texts, line);
    const pause = reply.kind === "failure" ? getRetryPause(reply, failures) : null;
    if (pause === null) return reply;
    await wait(pause);
  }
}

/**
 * If a server cannot take one text, it refuses the whole request. The text is found by halving the batch, and then shortened
 * by halves.
 */
async function embedTogether(texts: string[], line: EmbeddingLine, works: boolean): Promise<(number[] | null)[]> {
  const reply = await requestWithRetries(texts, line);
  if (reply.kind === "vectors") return reply.vectors;
  if (!isFaultOfTexts(reply) || !(works || (await requestWithRetries([PROBE], line)).kind === "vectors"))
    throw new ModelError("model_unavailable", reply.kind === "failure" ? reply.status : null);
  const [only = "", ...others] = texts;
  if (others.length === 0) {
    if (reply.kind === "refusal" || only.length <= SHORT) return [null];
    return embedTogether([only.slice(0, only.length / 2)], line, true);
  }
  const half = Math.ceil(texts.length / 2);
  return [
    ...(await embedTogether(texts.slice(0, half), line, true)),
    ...(await embedTogether(texts.slice(half), line, true)),
  ];
}

/** What servers answer to a text that they do not take. llama.cpp's says 500 of one that is too long. */
function isFaultOfTexts(reply: NoReply): boolean {
  return reply.kind === "refusal" || [400, 413, 422, 500].includes(reply.status ?? 0);
}
