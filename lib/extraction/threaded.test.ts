import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LONGEST_RUN, sentencesOf } from "#lib/extraction/rules/tokens.ts";
import type { EpisodeText, Setting } from "#lib/extraction/schema.ts";
import { makeThreadedExtractor } from "#lib/extraction/threaded.ts";

const setting: Setting = {
  person: { names: ["Jane"], email: null, userId: "jane" },
  ontology: { entityTypes: [], edgeTypes: [] },
  known: { nodes: [], facts: [] },
};

function makeSpokenMessage(content: string): EpisodeText {
  const about = { uuid: "0198f3c0-0000-7000-8000-000000000000", sourceDescription: null, before: [] };
  return {
    ...about,
    source: "message",
    content,
    speaker: { kind: "person" },
    saidAt: new Date("2026-01-05T10:00:00Z"),
  };
}

test("an ordinary message is read on the thread as it is read beside it", async () => {
  const { facts } = await makeThreadedExtractor().read(makeSpokenMessage("I live in Lisbon."), setting);
  assert.match(facts.map(({ fact }) => fact).join(), /Jane lives in Lisbon/);
});

test("a text that takes longer than its budget fails alone: the thread is replaced, and the next text is read", async () => {
  const code = `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", ({ episode }) => {
      if (episode.content === "endless") for (;;);
      if (episode.content === "broken") throw new TypeError("secret words");
      parentPort.postMessage(episode.content === "odd" ? { failure: "TypeError" } : { reading: episode.content });
    });
    parentPort.postMessage("ready");`;
  const thread = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const extractor = makeThreadedExtractor({ thread, budget: 300 });
  const outcomes = await Promise.allSettled(
    ["one", "endless", "two", "odd", "broken", "three"].map((content) =>
      extractor.read(makeSpokenMessage(content), setting),
    ),
  );
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : outcome.reason.code)),
    ["one", "TOOK_TOO_LONG", "two", "TypeError", "TOOK_TOO_LONG", "three"],
  );
});

test("hostile texts give the tokenizer no more work than their length: no unbroken run is longer than its bound", () => {
  const pieces = [
    "//:",
    "http://",
    "a",
    "@",
    ".",
    "-",
    "'",
    "1",
    ":",
    "\u00e9",
    "(",
    "#",
    "...",
    "\u{1F98A}",
    "//:".repeat(500),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(" ", "\n", ". ")), { maxLength: 300 }),
      fc.integer({ min: 1, max: 40 }),
      (parts, times) => {
        const text = parts.join("").repeat(times).slice(0, 20_000);
        const tokens = sentencesOf(text).flat();
        assert.ok(tokens.every((token) => token.text.length <= LONGEST_RUN));
        assert.ok(tokens.length <= text.length + 1, `${tokens.length} tokens of ${text.length} characters`);
      },
    ),
    { numRuns: 60 },
  );
});
