import { readSpeech } from "#lib/extraction/reader/speech.ts";
import { readRecord } from "#lib/extraction/records/read-record.ts";
import type { EpisodeText, FoundFact, Setting } from "#lib/extraction/schema.ts";

const SETTING: Setting = {
  person: { names: ["Jane Smith", "Jane", "Smith"], email: "jane@example.org", userId: "u-1" },
  ontology: { entityTypes: [], edgeTypes: [] },
  known: { nodes: [], facts: [] },
};

/** The facts that are drawn from something that Jane Smith says on Wednesday, 15 May 2024, or from a record about her. */
export function readAsJane(content: string | object, values: Partial<EpisodeText> = {}): FoundFact[] {
  return readWholeAsJane(content, values).facts;
}

/** All that is drawn from it: the facts, and the nodes that they are about. */
export function readWholeAsJane(content: string | object, values: Partial<EpisodeText> = {}) {
  const isRecord = typeof content === "object";
  const episode: EpisodeText = {
    uuid: "",
    source: isRecord ? "json" : "message",
    content: isRecord ? JSON.stringify(content) : content,
    sourceDescription: null,
    speaker: { kind: "person" },
    saidAt: new Date("2024-05-15T10:00:00Z"),
    before: [],
    ...values,
  };
  return (isRecord ? readRecord : readSpeech)(episode, SETTING);
}
