import { readSpeech } from "#lib/extraction/reader/speech.ts";
import { readRecord } from "#lib/extraction/records/read-record.ts";
import type { Extractor } from "#lib/extraction/schema.ts";
import { applyOntology } from "#lib/extraction/steering.ts";

/**
 * Reads without a model, the same every time: records by their shape, what people say by grammar. What a machine said is kept
 * but not read: it tells of nobody.
 */
export const rules: Extractor = {
  compares: false,
  async read(episode, setting) {
    const nothing = { facts: [], nodes: [] };
    const read =
      episode.source === "json" ? readRecord : episode.speaker.kind === "machine" ? () => nothing : readSpeech;
    return applyOntology({ extractor: "rules", ...read(episode, setting) }, setting.ontology);
  },
};
