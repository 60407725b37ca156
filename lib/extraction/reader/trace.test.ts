import assert from "node:assert/strict";
import { test } from "node:test";
import { traceSpeech } from "#lib/extraction/reader/trace.ts";
import type { EpisodeText, Setting } from "#lib/extraction/schema.ts";

const SETTING: Setting = {
  person: { names: ["Ana Reis", "Ana"], email: null, userId: "ana" },
  ontology: { entityTypes: [], edgeTypes: [] },
  known: { nodes: [], facts: [] },
};

function traceAsJane(content: string, speaker: EpisodeText["speaker"] = { kind: "person" }) {
  const episode = { uuid: "e", source: "message" as const, sourceDescription: null, before: [] };
  return traceSpeech({ ...episode, content, speaker, saidAt: new Date("2026-01-05T10:00:00Z") }, SETTING);
}

test("each sentence tells what is known by it, and in which words it was said", () => {
  const [first, second] = traceAsJane("I live in Porto. My sister is called Rita.");
  assert.deepEqual(
    [first?.words, first?.verdict, first?.facts],
    ["I live in Porto.", "read", ["Ana Reis lives in Porto"]],
  );
  assert.deepEqual(second?.facts, ["Ana Reis's sister is Rita"]);
});

test("what is refused says so, and names what it looked like", () => {
  const [wish] = traceAsJane("I wish I lived in Rome.");
  assert.deepEqual(wish?.facts, []);
  const [asked] = traceAsJane("Do I work at Acme?");
  assert.deepEqual([asked?.facts, asked?.refused], [[], ["WORKS_AT"]]);
});

const VERDICTS: readonly [content: string, verdicts: string[]][] = [
  ["> I live in Rome.\nThanks for that.", ["others", "read"]],
  ["My password is hunter2secret.", ["unmeant"]],
  ["Please don't remember that I live in Cork.", ["withheld"]],
  ["Ich wohne seit drei Jahren in Berlin und arbeite bei Siemens.", ["foreign"]],
];
for (const [content, verdicts] of VERDICTS) {
  test(`why not: ${content.split("\n")[0]}`, () => {
    const told = traceAsJane(content);
    assert.deepEqual(
      told.map(({ verdict }) => verdict),
      verdicts,
    );
    assert.ok(told.every(({ facts }) => facts.length === 0));
  });
}

test("what a machine said is not read", () => {
  assert.equal(traceAsJane("I live in the cloud.", { kind: "machine" })[0]?.verdict, "machine");
});

test("what is worth quoting is told to be kept as a quotation", () => {
  const [quoted] = traceAsJane("Last summer I painted the kitchen with my brother Tom and it took us three days.");
  assert.equal(quoted?.isQuoted, true);
});
