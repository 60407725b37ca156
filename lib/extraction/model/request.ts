import { generateText, type ModelMessage, Output } from "ai";
import { z } from "zod";
import type { Endpoint } from "#lib/extraction/model/endpoint.ts";
import { makeLanguageModel } from "#lib/extraction/model/language-model.ts";
import { estimateTokens, type Reply, toFailedReply } from "#lib/llm/reply.ts";

/** What to ask, and the shape that the answer is to have. */
export interface ModelRequest {
  instruction: string;
  messages: ModelMessage[];
  schema: z.ZodType;
}

/**
 * Makes one HTTP request to a language model and waits no longer than the endpoint's time-out. What goes wrong is a value:
 * `again` says whether it may go better later, `after` for how many milliseconds the server asks to be left alone.
 */
export async function requestReply(
  endpoint: Endpoint,
  { instruction, messages, schema }: ModelRequest,
): Promise<Reply> {
  const deadline = AbortSignal.timeout(endpoint.timeout);
  try {
    const { text, finishReason, usage } = await generateText({
      model: makeLanguageModel(endpoint),
      instructions: endpoint.structured === "object" ? `${instruction}\n\n${describeSchema(schema)}` : instruction,
      messages,
      output: chooseOutputFormat(endpoint, schema),
      maxOutputTokens: endpoint.provider === "anthropic" ? MOST_OUTPUT : undefined,
      maxRetries: 0,
      abortSignal: deadline,
      telemetry: { isEnabled: false },
    });
    const sent = instruction.length + JSON.stringify(messages).length;
    const tokens = {
      inputTokens: usage.inputTokens ?? estimateTokens(sent),
      outputTokens: usage.outputTokens ?? estimateTokens(text.length),
    };
    return finishReason === "content-filter" ? { kind: "refusal", tokens } : { kind: "text", text, tokens };
  } catch (error) {
    return toFailedReply(error, deadline.aborted);
  }
}

/** Only Anthropic's protocol wants a bound; of the others, some servers refuse a request that names one. */
const MOST_OUTPUT = 8_192;

/** Asks for JSON as far as the server can be asked; the text is read by us, since the SDK mends nothing. */
function chooseOutputFormat({ provider, structured }: Endpoint, schema: z.ZodType) {
  const asIs = { parseCompleteOutput: async ({ text }: { text: string }) => text };
  if (structured === "schema") return { ...Output.object({ schema, name: "reading" }), ...asIs };
  return provider === "anthropic" ? Output.text() : { ...Output.json(), ...asIs };
}

function describeSchema(schema: z.ZodType): string {
  return `Answer with one JSON object and nothing else. It must fit this JSON schema:\n${JSON.stringify(z.toJSONSchema(schema))}`;
}
