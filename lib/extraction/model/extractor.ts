import { answerSchema } from "#lib/extraction/model/answer.ts";
import { ask, type Line } from "#lib/extraction/model/ask.ts";
import { configuredEndpoint } from "#lib/extraction/model/endpoint.ts";
import { instructionFor } from "#lib/extraction/model/instruction.ts";
import { inputFor } from "#lib/extraction/model/prompt.ts";
import { readingOf } from "#lib/extraction/model/reading.ts";
import type { EpisodeText, Extractor, Setting } from "#lib/extraction/schema.ts";
import { ModelError } from "#lib/llm/failure.ts";

export interface ModelExtractor extends Omit<Line, "endpoint"> {
  /** Reads what the model does not: JSON, of which rules read everything, and all that the model fails at. */
  fallback: Extractor;
  /** Tokens that the project has used today; asked only where there is a limit. */
  budget: () => Promise<number>;
  /** Hears why the fallback had to read; the error holds nothing of what was said. */
  report?: (error: ModelError) => void;
  /** Whom to ask; by default, whom the environment names. */
  endpoint?: Line["endpoint"];
}

/** More than this is more than a model weighs; the most likely come first. */
const MOST_KNOWN = 50;

/**
 * Reads with a language model. It never fails for the model's sake: then the reading is the fallback's and says so. The
 * budget is looked at before each episode, so that those under way may overdraw it by what they cost.
 */
export function modelExtractor({
  fallback,
  budget,
  report,
  endpoint = configuredEndpoint(),
  ...keep
}: ModelExtractor): Extractor {
  const line = { ...keep, endpoint };
  return {
    compares: true,
    async read(episode, setting) {
      if (!isForModel(episode, setting)) return fallback.read(episode, setting);
      try {
        if (endpoint.dailyTokens > 0 && (await budget()) >= endpoint.dailyTokens) throw new ModelError("model_budget");
        return await readWith(line, episode, setting);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        report?.(error);
        return fallback.read(episode, setting);
      }
    },
  };
}

/** A machine is heard only about the person; where there is none, asking would be for nothing. */
function isForModel({ source, speaker }: EpisodeText, { person }: Setting): boolean {
  return source !== "json" && (speaker.kind !== "machine" || person !== null);
}

async function readWith(line: Line, episode: EpisodeText, setting: Setting) {
  const { nodes, facts } = setting.known;
  const seen = { ...setting, known: { nodes: nodes.slice(0, MOST_KNOWN), facts: facts.slice(0, MOST_KNOWN) } };
  const instruction = instructionFor(setting.ontology);
  const question = { purpose: "facts" as const, instruction, input: inputFor(episode, seen), schema: answerSchema };
  return readingOf(await ask(question, line), episode, { ...seen, known: { nodes, facts: seen.known.facts } });
}
