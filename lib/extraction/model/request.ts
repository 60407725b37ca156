import { APICallError, generateText, type ModelMessage, Output } from "ai";
import { z } from "zod";
import type { Endpoint } from "#lib/extraction/model/endpoint.ts";
import { languageModel } from "#lib/extraction/model/language-model.ts";

/** What one request brought. Neither a refusal nor a failure keeps anything of what was written. */
export type Reply =
  | { kind: "text"; text: string; tokens: Tokens }
  | { kind: "refusal"; tokens: Tokens }
  | { kind: "failure"; status: number | null; again: boolean; after: number | null; tokens: Tokens };

interface Tokens {
  inputTokens: number;
  outputTokens: number;
}

/** What to ask, and the shape that the answer is to have. */
export interface Asked {
  instruction: string;
  messages: ModelMessage[];
  schema: z.ZodType;
}

/**
 * Makes one HTTP request to a language model and waits no longer than the endpoint's time-out. What goes wrong is a value:
 * `again` says whether it may go better later, `after` for how many milliseconds the server asks to be left alone.
 */
export async function request(endpoint: Endpoint, { instruction, messages, schema }: Asked): Promise<Reply> {
  const deadline = AbortSignal.timeout(endpoint.timeout);
  try {
    const { text, finishReason, usage } = await generateText({
      model: languageModel(endpoint),
      instructions: endpoint.structured === "object" ? `${instruction}\n\n${inWords(schema)}` : instruction,
      messages,
      output: format(endpoint, schema),
      maxOutputTokens: endpoint.provider === "anthropic" ? MOST_OUTPUT : undefined,
      maxRetries: 0,
      abortSignal: deadline,
      telemetry: { isEnabled: false },
    });
    const sent = instruction.length + JSON.stringify(messages).length;
    const tokens = {
      inputTokens: usage.inputTokens ?? estimate(sent),
      outputTokens: usage.outputTokens ?? estimate(text.length),
    };
    return finishReason === "content-filter" ? { kind: "refusal", tokens } : { kind: "text", text, tokens };
  } catch (error) {
    return failed(error, deadline.aborted);
  }
}

/** Only Anthropic's protocol wants a bound; of the others, some servers refuse a request that names one. */
const MOST_OUTPUT = 8_192;

/** Small servers do not count. Four characters to a token is near enough for a budget. */
function estimate(characters: number): number {
  return Math.ceil(characters / 4);
}

/** Asks for JSON as far as the server can be asked; the text is read by us, since the SDK mends nothing. */
function format({ provider, structured }: Endpoint, schema: z.ZodType) {
  const asIs = { parseCompleteOutput: async ({ text }: { text: string }) => text };
  if (structured === "schema") return { ...Output.object({ schema, name: "reading" }), ...asIs };
  return provider === "anthropic" ? Output.text() : { ...Output.json(), ...asIs };
}

function inWords(schema: z.ZodType): string {
  return `Answer with one JSON object and nothing else. It must fit this JSON schema:\n${JSON.stringify(z.toJSONSchema(schema))}`;
}

function failed(error: unknown, tooLate: boolean): Reply {
  const tokens = { inputTokens: 0, outputTokens: 0 };
  if (!APICallError.isInstance(error)) return { kind: "failure", status: null, again: tooLate, after: null, tokens };
  const { statusCode = null, isRetryable, responseHeaders = {}, data } = error;
  if (filtered.safeParse(data).success) return { kind: "refusal", tokens };
  return {
    kind: "failure",
    status: statusCode,
    again: isRetryable || tooLate,
    after: pauseIn(responseHeaders),
    tokens,
  };
}

/** How Azure says that it declines: as an error of the request. */
const filtered = z.object({ error: z.object({ code: z.literal(["content_filter", "content_policy_violation"]) }) });

/** Retry-After in milliseconds, given as seconds or as a date (RFC 9110, 10.2.3). */
function pauseIn(headers: Record<string, string>): number | null {
  const given = headers["retry-after"];
  if (!given) return null;
  const pause = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - Date.now();
  return Number.isNaN(pause) ? null : Math.max(0, pause);
}
