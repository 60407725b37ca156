import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuestion } from "#lib/graph/search/question.ts";

const SPEAKERS = [
  { name: "Caroline", isPerson: true },
  { name: "Melanie", isPerson: false },
];

test("whoever is asked about is no word to look for, unless nothing else is asked", () => {
  const asked = parseQuestion("When did Mel's sister visit Caroline?", SPEAKERS);
  assert.doesNotMatch(asked.text, /Mel|Caroline/);
  assert.equal(asked.speaker, null, "two were named");
  assert.equal(parseQuestion("What does Caroline like?", SPEAKERS).speaker?.name, "Caroline");
  assert.equal(parseQuestion("Caroline", SPEAKERS).text, "Caroline");
  const hyphened = { name: "Jean-Luc (Jay) O'Neil", isPerson: true };
  assert.equal(parseQuestion("What does Jean-Luc like?", [hyphened]).speaker, hyphened);
});

test("a month dates instead of being looked for, with its day and year where they are named", () => {
  assert.deepEqual(parseQuestion("Where was she on 7 May 2023?", []).month, { month: 5, day: 7, year: 2023 });
  assert.deepEqual(parseQuestion("What happened in December?", []).month, { month: 12, day: null, year: null });
  assert.equal(parseQuestion("What is the plan?", []).month, null);
});

test("other forms of a word are asked for as well, and a question for a time is known as one", () => {
  const { forms, asksWhen } = parseQuestion("When did she go to the lake?", []);
  assert.ok(forms.some(([word, form]) => word === "go" && form === "went"));
  assert.equal(asksWhen, true);
  assert.equal(parseQuestion("Where does she go?", []).asksWhen, false);
});
