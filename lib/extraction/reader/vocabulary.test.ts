import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundFact } from "#lib/extraction/schema.ts";
import { KINDS } from "#lib/relations/kinds.ts";
import type { Relation } from "#lib/relations/relation.ts";
import { RELATIONS } from "#lib/relations.ts";
import { readAsJane, readWholeAsJane } from "#prisma/reading.ts";

function listObjects(content: string, relation: string): string {
  return readAsJane(content)
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

test("every kind of node that is read has its theme, and with it its colour", () => {
  const texts = Object.values<Relation>(RELATIONS).flatMap(({ examples = {} }) => Object.keys(examples));
  const labels = new Set(texts.flatMap((text) => readWholeAsJane(text).nodes.flatMap((node) => node.labels ?? [])));
  assert.deepEqual(
    [...labels].filter((label) => KINDS[label] === undefined),
    [],
  );
});
