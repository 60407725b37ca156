import { type Env, env } from "#lib/env.ts";

/** The language model that this installation asks, and how. */
export interface Endpoint {
  provider: Env["LLM_PROVIDER"];
  /** Absent where the provider has an address of its own. */
  baseUrl: string | undefined;
  model: string;
  apiKey: string | undefined;
  /** Milliseconds that one request may take. */
  timeout: number;
  /** How the server learns of the answer's shape: as a JSON schema of its own, or in words of the prompt. */
  structured: Env["LLM_STRUCTURED"];
  /** Tokens of a project in a UTC day, both ways; 0 means without limit. */
  dailyTokens: number;
}

/** What a configuration says of the language model; null when it names none. */
export function readEndpoint(settings: Env): Endpoint | null {
  if (!settings.LLM_MODEL) return null;
  return {
    provider: settings.LLM_PROVIDER,
    baseUrl: settings.LLM_BASE_URL,
    model: settings.LLM_MODEL,
    apiKey: settings.LLM_API_KEY,
    timeout: settings.LLM_TIMEOUT * 1_000,
    structured: settings.LLM_STRUCTURED,
    dailyTokens: settings.LLM_DAILY_TOKENS,
  };
}

/** Whether this process has a language model to ask. Cheap: nothing of the SDK is loaded for it. */
export function isModelConfigured(): boolean {
  return readEndpoint(env()) !== null;
}

/** The language model of this process. @throws Error when none is configured; ask `isModelConfigured` first. */
export function getConfiguredEndpoint(): Endpoint {
  const endpoint = readEndpoint(env());
  if (!endpoint) throw new Error("No language model is configured: set LLM_MODEL and LLM_BASE_URL.");
  return endpoint;
}
