import { APICallError } from "ai";
import { z } from "zod";

/** What one request brought. Neither a refusal nor a failure keeps anything of what was written. */
export type Reply = { kind: "text"; text: string; tokens: Tokens } | NoReply;

/** A request that brought nothing: `again` says whether it may go better later, `after` in how many milliseconds. */
export type NoReply =
  | { kind: "refusal"; tokens: Tokens }
  | { kind: "failure"; status: number | null; again: boolean; after: number | null; tokens: Tokens };

export interface Tokens {
  inputTokens: number;
  outputTokens: number;
}

/** Small servers do not count. Four characters to a token is near enough for a budget. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 4);
}

/** Reads out of an error what became of a request. @param tooLate whether it was ended for taking too long. */
export function toFailedReply(error: unknown, tooLate: boolean): NoReply {
  const tokens = { inputTokens: 0, outputTokens: 0 };
  if (!APICallError.isInstance(error)) return { kind: "failure", status: null, again: tooLate, after: null, tokens };
  const { statusCode = null, isRetryable, responseHeaders = {}, data } = error;
  if (filtered.safeParse(data).success) return { kind: "refusal", tokens };
  return {
    kind: "failure",
    status: statusCode,
    again: isRetryable || tooLate,
    after: readRetryAfter(responseHeaders),
    tokens,
  };
}

/** How Azure says that it declines: as an error of the request. */
const filtered = z.object({ error: z.object({ code: z.literal(["content_filter", "content_policy_violation"]) }) });

/** Retry-After in milliseconds, given as seconds or as a date (RFC 9110, 10.2.3). */
function readRetryAfter(headers: Record<string, string>): number | null {
  const given = headers["retry-after"];
  if (!given) return null;
  const pause = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - Date.now();
  return Number.isNaN(pause) ? null : Math.max(0, pause);
}
