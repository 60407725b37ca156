import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import type { Endpoint } from "#lib/extraction/model/endpoint.ts";

/** Where Anthropic's Messages API is. Said here, because the SDK would otherwise look into the environment by itself. */
const ANTHROPIC = "https://api.anthropic.com/v1";

/** The SDK's model for an endpoint. It reads nothing from the environment: LLM_* decide alone. */
export function makeLanguageModel({ provider, baseUrl, model, apiKey, structured }: Endpoint): LanguageModel {
  // A proxy may need no key; an empty one keeps the SDK from taking another's out of the environment.
  if (provider === "anthropic") return createAnthropic({ baseURL: baseUrl ?? ANTHROPIC, apiKey: apiKey ?? "" })(model);
  if (!baseUrl) throw new Error("A server that speaks OpenAI's protocol needs an address.");
  const supportsStructuredOutputs = structured === "schema";
  return createOpenAICompatible({ name: "llm", baseURL: baseUrl, apiKey, supportsStructuredOutputs })(model);
}
