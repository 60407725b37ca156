import type { EmbeddingEndpoint } from "#lib/embedding/endpoint.ts";
import { type Call, countTokensToday, recordCall } from "#lib/llm/calls.ts";
import { ModelError } from "#lib/llm/failure.ts";

/** Whom to ask for vectors, and who keeps count. */
export interface EmbeddingLine {
  endpoint: EmbeddingEndpoint;
  /** Told of every request, whatever came of it. */
  record: (call: Call) => Promise<void>;
  /** Tokens that the project has used today; asked only where there is a limit. */
  budget: () => Promise<number>;
  /** Lets so many milliseconds pass. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** The line of a project, which pays for what is asked. */
export function openLine(projectUuid: string, endpoint: EmbeddingEndpoint): EmbeddingLine {
  return {
    endpoint,
    record: (call) => recordCall(projectUuid, call),
    budget: () => countTokensToday(projectUuid),
  };
}

/** @throws ModelError `model_budget`, when a project has used up the day's tokens. */
export async function refuseBeyondBudget({ endpoint, budget }: EmbeddingLine): Promise<void> {
  if (endpoint.dailyTokens > 0 && (await budget()) >= endpoint.dailyTokens) throw new ModelError("model_budget");
}
