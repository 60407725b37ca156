import assert from "node:assert/strict";
import { test } from "node:test";
import { renderSummary } from "#lib/graph/summary/prose.ts";

function makeSource(fact: string, index: number) {
  const at = new Date(Date.UTC(2026, 0, 1 + index));
  return { uuid: String(index), name: "STATED", fact, confidence: 1, validAt: null, saidAt: at, support: 1 };
}

test("a former name begins most facts after a rename and is not told; another first word is no name", () => {
  const renamed = ["Jane Smith likes tea", "Jane Smith owns a boat"].map(makeSource);
  assert.match(renderSummary("Jane Miller", renamed)[0]?.text ?? "", /^Jane Miller (owns a boat|likes tea) and/);
  const without = ["allergic to nuts", "allergic to milk"].map(makeSource);
  for (const { text } of renderSummary("Nora", without)) assert.match(text, /allergic to/);
});
