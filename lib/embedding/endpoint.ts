import { type Env, env } from "#lib/env.ts";

/** The model that makes vectors of texts for this installation, and how it is asked. */
export interface EmbeddingEndpoint {
  baseUrl: string;
  model: string;
  apiKey: string | undefined;
  /** Milliseconds that one request may take. */
  timeout: number;
  /** Tokens of a project in a UTC day, those of the language model included; 0 means without limit. */
  dailyTokens: number;
}

/** What a configuration says of the embedding model; null when it names none. */
export function readEmbeddingEndpoint(settings: Env): EmbeddingEndpoint | null {
  if (!settings.LLM_EMBEDDING_MODEL || !settings.LLM_BASE_URL) return null;
  return {
    baseUrl: settings.LLM_BASE_URL,
    model: settings.LLM_EMBEDDING_MODEL,
    apiKey: settings.LLM_API_KEY,
    timeout: settings.LLM_TIMEOUT * 1_000,
    dailyTokens: settings.LLM_DAILY_TOKENS,
  };
}

/** The embedding model of this process, null when there is none. Cheap: nothing of the SDK is loaded for it. */
export function getConfiguredEmbedding(): EmbeddingEndpoint | null {
  return readEmbeddingEndpoint(env());
}
