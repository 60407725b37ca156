import { keepWhatIsMeant } from "#lib/extraction/gates/earnest.ts";
import { keepOwnWords } from "#lib/extraction/gates/own-words.ts";
import { readJson } from "#lib/extraction/rules/json.ts";
import { readMessage } from "#lib/extraction/rules/message.ts";
import type { EpisodeText, Extractor, Setting } from "#lib/extraction/schema.ts";
import { applyOntology } from "#lib/extraction/steering.ts";

/**
 * Reads without a model, the same every time: data by its shape, what people say by grammar. What a machine said is kept
 * but not read: it tells of nobody.
 */
export const rules: Extractor = {
  compares: false,
  async read(episode, setting) {
    const nothing = { facts: [], nodes: [] };
    const read = episode.source === "json" ? readJson : episode.speaker.kind === "machine" ? () => nothing : readSpeech;
    return applyOntology({ extractor: "rules", ...read(episode, setting) }, setting.ontology);
  },
};

/** Longer texts are read up to here, as the wire contract bounds data (4.4). */
const LONGEST = 10_000;

/** Of what somebody wrote, what they say themselves and mean. */
function readSpeech(episode: EpisodeText, setting: Setting) {
  const content = keepWhatIsMeant(keepOwnWords(episode.content.slice(0, LONGEST)));
  return readMessage({ ...episode, content }, setting);
}
