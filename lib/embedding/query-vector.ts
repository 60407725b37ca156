import { createHash } from "node:crypto";
import { requestOnce } from "#lib/embedding/ask.ts";
import type { EmbeddingEndpoint } from "#lib/embedding/endpoint.ts";
import { openLine, refuseBeyondBudget } from "#lib/embedding/line.ts";
import { ModelError } from "#lib/llm/failure.ts";

/** Whoever searches waits no longer than this, in milliseconds. */
const PATIENCE = 3_000;
/** An endpoint that failed is left alone for so many milliseconds, so that not every search waits for it. */
const REST = 10_000;
/** Characters of a question that count: its end, where a conversation's last words are. */
const LONGEST = 4_000;
/** One call of the API often asks the same of facts and nodes; so many questions are remembered. */
const MOST_REMEMBERED = 200;

const restingUntil = new Map<string, number>();
const remembered = new Map<string, Promise<number[] | null>>();

/**
 * The vector of a search text; null when the model cannot be asked now or the day's tokens are used up. Only the error code
 * is logged. The search then uses words alone.
 */
export async function findQueryVector(
  endpoint: EmbeddingEndpoint,
  projectUuid: string,
  query: string,
): Promise<number[] | null> {
  const text = query.trim().slice(-LONGEST);
  const where = `${endpoint.baseUrl} ${endpoint.model}`;
  if (text === "" || (restingUntil.get(where) ?? 0) > Date.now()) return null;
  const key = createHash("sha256").update(`${where} ${projectUuid} ${text}`).digest("base64url");
  const known = remembered.get(key);
  if (known) return known;
  const asked = requestQueryVector(endpoint, projectUuid, text).catch((error: unknown) => {
    remembered.delete(key);
    const code = error instanceof ModelError ? error.code : "failed";
    // Other projects may still have tokens, so the endpoint is not paused for them.
    if (code !== "model_budget") restingUntil.set(where, Date.now() + REST);
    console.error("[embeddings]", code);
    return null;
  });
  remembered.set(key, asked);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest) remembered.delete(oldest);
  return asked;
}

async function requestQueryVector(endpoint: EmbeddingEndpoint, projectUuid: string, text: string): Promise<number[]> {
  const line = openLine(projectUuid, { ...endpoint, timeout: Math.min(PATIENCE, endpoint.timeout) });
  await refuseBeyondBudget(line);
  const reply = await requestOnce([text], line);
  const [vector] = reply.kind === "vectors" ? reply.vectors : [];
  if (!vector) throw new ModelError("model_unavailable", reply.kind === "failure" ? reply.status : null);
  return vector;
}
