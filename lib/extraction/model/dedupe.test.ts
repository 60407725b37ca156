import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeExactKey, makeNameMatcher } from "#lib/extraction/model/dedupe.ts";

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
  fc
    .array(fc.constantFrom("Acme", "North", "River", "Data", "2", "10", "Müller", "of", "Ltd"), { minLength: 1 })
    .map((words) => words.join(" ")),
);
const names = fc.array(name, { maxLength: 20 });

test("a name is found again whatever its case, accents and spaces", () => {
  const find = makeNameMatcher(["Zoë Müller", "New York", "IKEA"]);
  assert.equal(find("zoe  MULLER "), "Zoë Müller");
  assert.equal(find("new york"), "New York");
  assert.equal(find("Ikea"), "IKEA");
  assert.equal(find("York"), null);
});

test("a slip of the pen in a long name is forgiven, another word is not", () => {
  const find = makeNameMatcher(["International Business Machines", "Priya Ramanathan", "Stanford University"]);
  assert.equal(find("International Business Machine"), "International Business Machines");
  assert.equal(find("Priya Ramanathans"), "Priya Ramanathan");
  assert.equal(find("Stamford University"), null);
  assert.equal(find("Priya"), null);
});

test("short and monotonous names are never matched loosely, nor those with other numbers", () => {
  assert.equal(makeNameMatcher(["Annas"])("Anna"), null);
  assert.equal(makeNameMatcher(["aaaaaaaaaaaaaaaaaaaaaaaa"])("aaaaaaaaaaaaaaaaaaaaaaaaa"), null);
  assert.equal(makeNameMatcher(["Windows Server Edition 1"])("Windows Server Edition 10"), null);
});

test("what is found is a known name; a known name is found; nothing is found among none", () => {
  fc.assert(
    fc.property(names, name, (known, sought) => {
      const found = makeNameMatcher(known)(sought);
      assert.ok(found === null || known.includes(found));
      for (const one of known) assert.equal(makeExactKey(makeNameMatcher(known)(one) ?? ""), makeExactKey(one));
      assert.equal(makeNameMatcher([])(sought), null);
    }),
  );
});

test("the order of the known names changes nothing, nor does asking twice", () => {
  fc.assert(
    fc.property(names, name, (known, sought) => {
      const find = makeNameMatcher(known);
      assert.equal(makeNameMatcher(known.toReversed())(sought), find(sought));
      assert.equal(find(sought), find(sought));
    }),
  );
});

test("folding a name twice is folding it once", () => {
  fc.assert(
    fc.property(name, (given) => {
      assert.equal(makeExactKey(makeExactKey(given)), makeExactKey(given));
    }),
  );
});

test("of names that agree in nine of ten shingles hardly one is missed", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{4,9}$/), { minLength: 6, maxLength: 8 });
  let tried = 0;
  let missed = 0;
  fc.assert(
    fc.property(words, (parts) => {
      const known = parts.join(" ");
      tried += 1;
      if (makeNameMatcher([known])(`${known}s`) === null && new Set(known).size > 6) missed += 1;
    }),
    { seed: 7, numRuns: 500 },
  );
  assert.ok(missed <= tried * 0.01, `${missed} of ${tried}`);
});
