import { createHash } from "node:crypto";
import { z } from "zod";

/** Words that mean the same. */
const SYNONYMS: Record<string, string> = { conveyance: "car", automobile: "car", resides: "live", dwelling: "home" };
const EMPTY = new Set(
  "a an and are at do does has have he her his i in is it my of on she the they to what which who".split(" "),
);

const asked = z.object({ model: z.string(), input: z.array(z.string()) });

/**
 * What a server answers to `POST /embeddings`, as deterministic as its question. Each word has a direction of
 * its own, shared with its synonyms; a text points where its words do. "unreadable" is refused, as is what is longer than
 * 2,000 characters.
 */
export function answerWithToyVectors(body: string): { status: number; body: string } {
  const { input } = asked.parse(JSON.parse(body));
  if (input.some((text) => text.length > 2_000 || text.includes("unreadable")))
    return { status: 400, body: JSON.stringify({ error: { message: "input is too large" } }) };
  const data = input.map((text, index) => ({ object: "embedding", index, embedding: makeToyVector(text) }));
  const tokens = input.join(" ").split(" ").length;
  return {
    status: 200,
    body: JSON.stringify({
      object: "list",
      data,
      model: "toy",
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    }),
  };
}

function makeToyVector(text: string): number[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const sum = Array.from({ length: 256 }, () => 0);
  for (const word of words.filter((known) => !EMPTY.has(known)))
    for (const [index, sign] of hashToDirection(SYNONYMS[word] ?? word).entries())
      sum[index] = (sum[index] ?? 0) + sign;
  return sum;
}

/** 256 signs out of a word's hash: two words' directions are close to a right angle. */
function hashToDirection(word: string): number[] {
  return [...createHash("sha256").update(word).digest()].flatMap((byte) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => ((byte >> bit) & 1 ? 1 : -1)),
  );
}
