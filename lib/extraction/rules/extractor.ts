import { readJson } from "#lib/extraction/rules/json.ts";
import { readMessage } from "#lib/extraction/rules/message.ts";
import type { Extractor } from "#lib/extraction/schema.ts";
import { applyOntology } from "#lib/extraction/steering.ts";

/**
 * Reads without a model, the same every time: data by its shape, what people say by grammar. What a machine said is kept
 * but not read: it tells of nobody.
 */
export const rules: Extractor = {
  compares: false,
  async read(episode, setting) {
    const nothing = { facts: [], nodes: [] };
    const read =
      episode.source === "json" ? readJson : episode.speaker.kind === "machine" ? () => nothing : readMessage;
    return applyOntology({ extractor: "rules", ...read(episode, setting) }, setting.ontology);
  },
};
