import assert from "node:assert/strict";
import { test } from "node:test";
import { compareVersions } from "#lib/graph/summary/comparison.ts";
import { addQuotes, joinLine, renderKnown, type SummarySourceFact } from "#lib/graph/summary/prose.ts";
import { selectQuotes } from "#lib/graph/summary/quotes.ts";

let made = 0;
function makeSource(name: string, fact: string, values: Partial<SummarySourceFact> = {}): SummarySourceFact {
  made += 1;
  const saidAt = new Date(Date.UTC(2026, 0, 1 + made));
  return {
    uuid: String(made),
    name,
    fact,
    confidence: 1,
    validAt: null,
    isDated: false,
    before: null,
    beforeUuid: null,
    saidAt,
    support: 1,
    ...values,
  };
}

test("a summary is a card: who, home and work, people, health, likes and the account, as a person would write them", () => {
  const day = (text: string) => ({ validAt: new Date(text), isDated: true });
  const facts = [
    makeSource("HAS_PLAN", "Ana Reis's plan is Pro", { ...day("2026-04-01"), before: "Ana Reis's plan is Basic" }),
    makeSource("HAS_DAUGHTER", "Ana Reis's daughter is Mia"),
    makeSource("HAS_DAUGHTER", "Ana Reis's daughter is Zoe"),
    makeSource("HAS_SPOUSE", "Ana Reis is married to Tom"),
    makeSource("LIKES", "Ana Reis likes chess"),
    makeSource("LIKES", "Ana Reis likes tea"),
    makeSource("ALLERGIC_TO", "Ana Reis is allergic to nuts"),
    makeSource("WORKS_AT", "Ana Reis works at Acme"),
    makeSource("WORKS_AS", "Ana Reis works as a nurse", day("2025-11-10")),
    makeSource("LIVES_IN", "Ana Reis lives in Porto", day("2019-01-01")),
    makeSource("HAS_AGE", "Ana Reis is 34 years old"),
    makeSource("COMES_FROM", "Ana Reis comes from Faro"),
    makeSource("NOT_EATS", "Ana Reis does not eat meat"),
  ];
  const quote = { uuid: "q", words: "We painted the kitchen blue.", saidAt: new Date("2026-05-03") };
  assert.deepEqual(addQuotes(renderKnown("Ana Reis", facts), [quote]).map(joinLine), [
    "Ana Reis is 34 years old.",
    "Home and work: lives in Porto since 2019; comes from Faro; works as a nurse at Acme since 10 November 2025.",
    "People and animals: married to Tom; daughters Mia and Zoe.",
    "Health and diet: allergic to nuts; does not eat meat.",
    "Likes and plans: likes chess and tea.",
    "Account: plan Pro since April 2026, Basic before.",
    "Said on 3 May 2026: “We painted the kitchen blue.”",
  ]);
});

test("what is one thing to say is said in one, and what was before only once", () => {
  const facts = [
    makeSource("HAS_PLAN", "Ana's plan is Pro", { before: "Ana's plan is Basic" }),
    makeSource("HAS_PREVIOUS_PLAN", "Ana's previous plan is Basic"),
    makeSource("HAS_PREVIOUS_EMPLOYER", "Ana's previous employer is Acme"),
    makeSource("STUDIES_AT", "Ana studies at the University of Leeds"),
    makeSource("STUDIES", "Ana studies law"),
  ];
  assert.deepEqual(renderKnown("Ana", facts).map(joinLine), [
    "Home and work: studies law at the University of Leeds.",
    "Account: plan Pro, Basic before; previous employer Acme.",
  ]);
});

test("of late what tells more than is known is quoted", () => {
  const makeQuote = (words: string, day: number) => ({ uuid: words, words, saidAt: new Date(Date.UTC(2026, 4, day)) });
  const late = [
    makeQuote("I live in Porto and work as a nurse at Acme.", 3),
    makeQuote("I sold my car and bought a boat in Faro.", 2),
    makeQuote("It was fun.", 1),
  ];
  const known = "Home and work: lives in Porto; works as a nurse at Acme.";
  assert.deepEqual(
    selectQuotes(late, known).map(({ words }) => words),
    ["I sold my car and bought a boat in Faro."],
  );
  assert.equal(selectQuotes(late, "").length, 2);
});

test("of whom nothing is known and something was said, little is known yet; of whom nothing was said there is no summary", () => {
  const quote = { uuid: "q", words: "We painted the kitchen blue.", saidAt: new Date("2026-05-03") };
  assert.equal(addQuotes(renderKnown("Ana", []), [quote])[0]?.text, "Little is known yet.");
  assert.deepEqual(renderKnown("Ana", []), []);
});

test("a former name begins most facts after a rename and is not told; another first word is no name", () => {
  const renamed = ["Jane Smith likes tea", "Jane Smith owns a boat"].map((fact) => makeSource("STATED", fact));
  assert.match(
    renderKnown("Jane Miller", renamed)[0]?.text ?? "",
    /^(owns a boat; likes tea|likes tea; owns a boat)\.$/,
  );
  assert.deepEqual(renderKnown("Nora", [makeSource("STATED", "allergic to nuts")]), []);
});

test("two versions are compared by what each line says, so that what stays is not told as new", () => {
  const before = renderKnown("Ana", [makeSource("LIKES", "Ana likes tea"), makeSource("OWNS", "Ana owns a boat")]);
  const now = renderKnown("Ana", [makeSource("LIKES", "Ana likes tea"), makeSource("OWNS", "Ana owns a van")]);
  assert.deepEqual(compareVersions(now, before), [
    {
      heading: "Likes and plans",
      parts: [
        { text: "owns a boat", change: "dropped" },
        { text: "likes tea", change: "kept" },
        { text: "owns a van", change: "added" },
      ],
    },
  ]);
});
