import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpeech } from "#lib/extraction/reader/speech.ts";
import type { EpisodeText, FoundFact } from "#lib/extraction/schema.ts";
import type { Relation } from "#lib/relations/relation.ts";
import { RELATIONS } from "#lib/relations.ts";

/** Wednesday, 15 May 2024. */
const SAID_AT = new Date("2024-05-15T10:00:00Z");

function listObjects(content: string, relation: string): string {
  const episode: EpisodeText = {
    uuid: "",
    source: "message",
    content,
    sourceDescription: null,
    speaker: { kind: "person" },
    saidAt: SAID_AT,
    before: [],
  };
  const person = { names: ["Jane Smith", "Jane", "Smith"] as [string, ...string[]], email: null, userId: "u-1" };
  const { facts } = readSpeech(episode, {
    person,
    ontology: { entityTypes: [], edgeTypes: [] },
    known: { nodes: [], facts: [] },
  });
  return facts
    .filter(
      ({ name, source, kind }) =>
        source === null && name.replace("NOT_", "") === relation && /^(?:holds|adds)$/.test(kind),
    )
    .map(describeObject)
    .join("; ");
}

function describeObject({ name, target, attributes }: FoundFact): string {
  const object = target ?? attributes?.value ?? "-";
  return name.startsWith("NOT_") ? `not ${object}` : `${object}`;
}

for (const [relation, { examples = {} }] of Object.entries<Relation>(RELATIONS))
  for (const [text, objects] of Object.entries(examples))
    test(`${relation}: "${text}" → ${objects || "nothing"}`, () => assert.equal(listObjects(text, relation), objects));
