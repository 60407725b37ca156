import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { EpisodeText, FoundFact } from "#lib/extraction/schema.ts";
import { SAID } from "#lib/relations.ts";
import { readAsJane } from "#prisma/reading.ts";

/** What stands in the places of a fact, its names of roles ("Jane Smith's sister") left out. */
function listSlots({ source, target, attributes }: FoundFact): string[] {
  const names = [source, target].flatMap((end) => (end === null || end.includes("'s ") ? [] : [end]));
  return [...names, ...(typeof attributes?.value === "string" ? [attributes.value] : [])];
}

/** Pieces of what people write, put together at random: most make no sense, and must not make facts either. */
const PIECES =
  "I|my wife|my brother Tom|we|live in Bonn|work at Acme|am a nurse|love|hate jazz|never|not|if|and|but|because|that|, |. |! |? |who|she|is allergic to nuts|has a cat named Milo|moved to Oslo|in 2021|last week|my email is jo@example.org|quit|Anna|said|“|”|\"|>|\n|like|to ski|used to|no longer|am 34|from Porto|order 12345|don't remember".split(
    "|",
  );
const writing = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 24 }).map((pieces) => pieces.join(" "));

test("whatever is written, no fact says what its source does not, and every quotation stands in its message", () => {
  fc.assert(
    fc.property(writing, (text) => {
      const written = text.toLowerCase();
      for (const fact of readAsJane(text)) {
        if (fact.name === SAID) {
          const quoted = /: “([\s\S]*)”$/.exec(fact.fact)?.[1] ?? "";
          assert.ok(quoted !== "" && text.includes(quoted), fact.fact);
          continue;
        }
        for (const slot of listSlots(fact)) {
          const words = slot
            .toLowerCase()
            .replace(/^(?:an?|order) /, "")
            .split(" ");
          for (const word of words) assert.ok(written.includes(word.replace(/ing$/, "")), `${slot}: ${text}`);
        }
        assert.doesNotMatch(fact.fact.replaceAll("{subject}", "").replaceAll("{object}", ""), /[{}]/);
      }
    }),
    { numRuns: 400 },
  );
});

test("what is quoted, pasted or coded says nothing of the speaker", () => {
  const claim = fc.constantFrom(
    "I live in Bonn",
    "I am allergic to nuts",
    "My wife is Ana",
    "I work at Acme and I love jazz",
  );
  const wrap = fc.constantFrom<(words: string) => string>(
    (words) => `He wrote: "${words}."`,
    (words) => `Here is a review, classify its sentiment: '${words}, and it's fine.'`,
    (words) => `One said '${words}, that's it'.`,
    (words) => `> ${words}`,
    (words) => `\`\`\`\n${words}\n\`\`\``,
    (words) => `Translate to German: ${words}.`,
    (words) => `Please proofread the following text:\n${words}.`,
    (words) => `My friend said "${words}".`,
    (words) => `On Mon, 3 May 2026 Bo wrote:\n${words}`,
  );
  fc.assert(fc.property(claim, wrap, (words, put) => assert.deepEqual(readAsJane(put(words)), [], put(words))));
});

test("a denial without its apostrophe is a denial", () => {
  for (const negation of "dont,didnt,wont,cant,wouldnt,couldnt,shouldnt,havent,aint,don’t,do not".split(","))
    for (const claim of ["like fish", "live in Rome", "work at Acme", "have asthma"]) {
      const stated = readAsJane(`i ${negation} ${claim}`).filter(
        ({ name }) => name !== SAID && !name.startsWith("NOT_"),
      );
      assert.deepEqual(stated, [], `i ${negation} ${claim}`);
    }
});

test("a name that looks like a place in a template stays a name", () => {
  assert.deepEqual(
    readAsJane("I like {subject}.").filter(({ name }) => name !== SAID),
    [],
  );
});

test("times are counted from when and where it was said: the tense decides which Friday, and durations count back", () => {
  const from = (text: string, values: Partial<EpisodeText> = {}) =>
    readAsJane(text, values)[0]?.validAt?.toISOString().slice(0, 10);
  assert.equal(from("I moved to Ghent on Friday."), "2024-05-10");
  assert.equal(from("I start at Acme on Friday."), "2024-05-17");
  assert.equal(from("I have lived in Ghent for three years."), "2021-01-01");
  assert.equal(from("I have worked at Acme since 2019."), "2019-01-01");
  assert.equal(from("I moved to Ghent last summer."), "2023-06-01");
  const late = new Date("2024-05-15T03:00:00Z");
  assert.equal(from("I moved to Ghent yesterday.", { saidAt: late }), "2024-05-14");
  assert.equal(from("I moved to Ghent yesterday.", { saidAt: late, utcOffset: -300 }), "2024-05-13");
});
