import { isModelConfigured } from "#lib/extraction/model/endpoint.ts";
import type { Extractor } from "#lib/extraction/schema.ts";
import { makeThreadedExtractor } from "#lib/extraction/threaded.ts";

/**
 * Who reads for a project: rules, or where the environment names a language model, that model with rules to fall back on.
 * The model's library is loaded only then.
 */
export async function loadExtractors(): Promise<{ extractorOf: (projectUuid: string) => Extractor; rules: Extractor }> {
  const rules = makeThreadedExtractor();
  if (!isModelConfigured()) return { extractorOf: () => rules, rules };
  const { recordCall, countTokensToday } = await import("#lib/llm/calls.ts");
  const { makeModelExtractor } = await import("#lib/extraction/model/extractor.ts");
  const extractorOf = (projectUuid: string) =>
    makeModelExtractor({
      fallback: rules,
      record: (call) => recordCall(projectUuid, call),
      budget: () => countTokensToday(projectUuid),
      report: ({ code }) => console.error("[model]", code),
    });
  return { extractorOf, rules };
}
