import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { isClosed, LIFECYCLE, REQUEST_STATES } from "#lib/privacy/requests/terms.ts";

/** The lifecycle as Mermaid draws it. */
function drawLifecycle(): string {
  const steps = REQUEST_STATES.flatMap((before) => LIFECYCLE[before].map((after) => `  ${before} --> ${after}`));
  const ends = REQUEST_STATES.filter(isClosed).map((state) => `  ${state} --> [*]`);
  return ["```mermaid", "stateDiagram-v2", "  [*] --> received", ...steps, ...ends, "```"].join("\n");
}

test("the README draws the lifecycle of requests as the code has it", () => {
  const readme = readFileSync(resolve(import.meta.dirname, "../../../README.md"), "utf8");
  assert.ok(readme.includes(drawLifecycle()), `the README has to draw:\n${drawLifecycle()}`);
});

test("every state can be reached, and from every state that is open there is a way to an end", () => {
  const reach = (from: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const state of REQUEST_STATES)
      if (from.includes(state) && !seen.has(state)) reach(LIFECYCLE[state], seen.add(state));
    return seen;
  };
  assert.deepEqual([...reach(["received"])].sort(), [...REQUEST_STATES].sort());
  for (const state of REQUEST_STATES)
    assert.ok([...reach([state])].some((end) => REQUEST_STATES.filter(isClosed).some((closed) => closed === end)));
});
