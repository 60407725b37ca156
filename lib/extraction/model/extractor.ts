import { keepWhatIsMeant } from "#lib/extraction/gates/earnest.ts";
import { findForeignLanguage } from "#lib/extraction/gates/language.ts";
import { keepOwnWords } from "#lib/extraction/gates/own-words.ts";
import { answerSchema } from "#lib/extraction/model/answer.ts";
import { askModel, type Line } from "#lib/extraction/model/ask.ts";
import { getConfiguredEndpoint } from "#lib/extraction/model/endpoint.ts";
import { buildInstruction } from "#lib/extraction/model/instruction.ts";
import { buildInput } from "#lib/extraction/model/prompt.ts";
import { buildReading } from "#lib/extraction/model/reading.ts";
import type { EpisodeText, Extractor, Reading, Setting } from "#lib/extraction/schema.ts";
import { ModelError } from "#lib/llm/failure.ts";
import { SAID } from "#lib/relations.ts";

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

/** At most this many known facts are sent, the most likely first, because a model ignores longer lists. */
const MOST_KNOWN = 50;

/**
 * Reads with a language model. If the model fails, the fallback reads instead and the reading says so. The budget is checked
 * before each episode, so episodes that run at the same time may exceed it by their own cost.
 */
export function makeModelExtractor({
  fallback,
  budget,
  report,
  endpoint = getConfiguredEndpoint(),
  ...keep
}: ModelExtractor): Extractor {
  const line = { ...keep, endpoint };
  return {
    compares: true,
    async read(episode, setting) {
      if (!isForModel(episode, setting)) return fallback.read(episode, setting);
      try {
        if (endpoint.dailyTokens > 0 && (await budget()) >= endpoint.dailyTokens) throw new ModelError("model_budget");
        return addQuotations(
          await readWithModel(line, keepForModel(episode), setting),
          await fallback.read(episode, setting),
        );
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        report?.(error);
        return fallback.read(episode, setting);
      }
    },
  };
}

/**
 * The model reads what the gates leave: whose words a text holds and what of them is meant is decided before it, so that no
 * wording can talk it into remembering a quotation, a secret, or what is not to be remembered.
 */
function keepForModel(episode: EpisodeText): EpisodeText {
  if (episode.speaker.kind === "machine") return episode;
  const own = keepOwnWords(episode.content);
  return { ...episode, content: findForeignLanguage(own) === null ? keepWhatIsMeant(own) : own };
}

/** What is quoted and what is to be forgotten is found by rules, whoever reads the facts. */
function addQuotations(reading: Reading, { facts, nodes, forgets }: Reading): Reading {
  const quotations = facts.filter(({ name }) => name === SAID);
  const named = new Set(quotations.flatMap(({ source, target }) => [source, target]));
  return {
    ...reading,
    nodes: [...reading.nodes, ...nodes.filter(({ name }) => named.has(name))],
    facts: [...reading.facts, ...quotations],
    ...(forgets ? { forgets } : {}),
  };
}

/** Of what a machine says, only facts about the person are kept. Without a person the model is not asked. */
function isForModel({ source, speaker }: EpisodeText, { person }: Setting): boolean {
  return source !== "json" && (speaker.kind !== "machine" || person !== null);
}

async function readWithModel(line: Line, episode: EpisodeText, setting: Setting) {
  const { nodes, facts } = setting.known;
  const seen = { ...setting, known: { nodes: nodes.slice(0, MOST_KNOWN), facts: facts.slice(0, MOST_KNOWN) } };
  const instruction = buildInstruction(setting.ontology);
  const question = { purpose: "facts" as const, instruction, input: buildInput(episode, seen), schema: answerSchema };
  return buildReading(await askModel(question, line), episode, { ...seen, known: { nodes, facts: seen.known.facts } });
}
