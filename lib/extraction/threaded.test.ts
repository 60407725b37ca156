import assert from "node:assert/strict";
import { test } from "node:test";
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
  assert.match(facts.map(({ fact }) => fact).join(), /\{subject\} lives in \{object\}/);
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
  const extractor = makeThreadedExtractor({ thread, budget: 3_000 });
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
