import assert from "node:assert/strict";
import { test } from "node:test";
import { type Period, weighPeriod } from "#lib/graph/search/period.ts";
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

/** Asked on Wednesday, 15 May 2024: what is looked for, and the time it is looked for in. */
const PERIODS: Readonly<Record<string, string>> = {
  "Where was she on 7 May 2023?": "2023-05-07 – 2023-05-08",
  "What happened in March 2023?": "2023-03-01 – 2023-04-01",
  "What happened in December?": "12",
  "Who came on 3 July?": "7-3",
  "What did she do last week?": "2024-05-06 – 2024-05-13",
  "What did she do yesterday?": "2024-05-14 – 2024-05-15",
  "What was planned last weekend?": "2024-05-11 – 2024-05-13",
  "Which trips did she take in spring 2023?": "2023-03-01 – 2023-06-01",
  "What did they say in 2022?": "2022-01-01 – 2023-01-01",
  "What has changed since 2021?": "2021-01-01 – ",
  "Where did he live before 2019?": " – 2019-01-01",
  "Where did he work between March and June 2020?": "2020-03-01 – 2020-07-01",
  "What came up in the last two weeks?": "2024-05-01 – ",
  "What broke 3 days ago?": "2024-05-12 – 2024-05-13",
  "Who is April?": "none",
  "May I smoke?": "none",
  "What is the plan?": "none",
};

for (const [asked, expected] of Object.entries(PERIODS)) {
  test(`time of “${asked}”`, () => {
    const { period } = parseQuestion(asked, [], new Date("2024-05-15T10:00:00Z"));
    assert.equal(describePeriod(period), expected);
  });
}

function describePeriod(period: Period | null): string {
  if (period === null) return "none";
  if (period.kind === "yearly") return [period.month, period.day].filter((part) => part !== null).join("-");
  return [period.from, period.until].map((time) => time?.toISOString().slice(0, 10) ?? "").join(" – ");
}

test("a time is not looked for as a word, and what was said then or soon after is likelier", () => {
  const { text, period } = parseQuestion("What did she paint in March 2023?", []);
  assert.doesNotMatch(text, /March|2023/);
  const [before, within, after, later] = ["02-20", "03-15", "04-05", "06-01"].map((day) =>
    weighPeriod(period, new Date(`2023-${day}T12:00:00Z`)),
  );
  assert.deepEqual([before, later], [1, 1]);
  assert.ok(within && after && within > after && after > 1);
});

test("what happened may stand for a time", () => {
  const anchor = (query: string) => parseQuestion(query, []).anchor;
  assert.deepEqual(anchor("Where did she work before the move?"), { side: "before", text: "the move" });
  assert.deepEqual(anchor("What has she eaten since she left Acme?"), { side: "after", text: "she left Acme" });
  assert.equal(anchor("What does she eat?"), null);
});

test("a question for a time is known as one", () => {
  assert.equal(parseQuestion("When did she go to the lake?", []).asksWhen, true);
  assert.equal(parseQuestion("Where does she go?", []).asksWhen, false);
});
