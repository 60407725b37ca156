import { isModelConfigured } from "#lib/extraction/model/endpoint.ts";
import { rules } from "#lib/extraction/rules/extractor.ts";
import type { Extractor } from "#lib/extraction/schema.ts";

/**
 * Who reads for a project: rules, or where the environment names a language model, that model with rules to fall back on.
 * The model's library is loaded only then.
 */
export async function extractorsByProject(): Promise<(projectUuid: string) => Extractor> {
  if (!isModelConfigured()) return () => rules;
  const { recordCall, tokensToday } = await import("#lib/llm/calls.ts");
  const { modelExtractor } = await import("#lib/extraction/model/extractor.ts");
  return (projectUuid) =>
    modelExtractor({
      fallback: rules,
      record: (call) => recordCall(projectUuid, call),
      budget: () => tokensToday(projectUuid),
      report: ({ code }) => console.error("[model]", code),
    });
}
