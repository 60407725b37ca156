import assert from "node:assert/strict";
import { test } from "node:test";
import { findSpan, listTicks } from "#components/graph/span.ts";

const parseDay = (iso: string) => Date.parse(iso);
const formatDay = (time: number) => new Date(time).toISOString().slice(0, 10);
const makeFact = (begun: string, ended: string | null = null) => ({
  begun: parseDay(begun),
  ended: ended === null ? null : parseDay(ended),
});
const TODAY = parseDay("2026-11-27");

test("a timeline goes from the first fact to today, and of a life long quiet to its last change", () => {
  const show = (facts: ReturnType<typeof makeFact>[]) => {
    const { first, last } = findSpan(facts, TODAY);
    return `${formatDay(first)} ${formatDay(last)}`;
  };
  assert.equal(show([makeFact("2026-06-01"), makeFact("2026-10-20")]), "2026-06-01 2026-11-27");
  assert.equal(show([makeFact("2022-12-17"), makeFact("2023-02-01", "2023-08-14")]), "2022-12-17 2023-08-24");
  assert.equal(show([]), "2026-11-26 2026-11-27");
  assert.equal(show([makeFact("2026-11-27")]), "2026-11-26 2026-11-27");
});

test("years stand on the axis of a long span, months on that of a short one, and never too many", () => {
  const tell = (first: string, last: string) => listTicks(parseDay(first), parseDay(last)).map(({ label }) => label);
  assert.deepEqual(tell("2019-05-01", "2023-02-01"), ["2020", "2021", "2022", "2023"]);
  assert.deepEqual(tell("2022-12-17", "2023-03-20"), ["Jan 2023", "Feb 2023", "Mar 2023"]);
  assert.ok(listTicks(parseDay("1950-01-01"), TODAY).length <= 6);
});
