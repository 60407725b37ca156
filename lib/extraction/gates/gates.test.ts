import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keepWhatIsMeant } from "#lib/extraction/gates/earnest.ts";
import { keepOwnWords } from "#lib/extraction/gates/own-words.ts";

function passGates(text: string): string {
  return keepWhatIsMeant(keepOwnWords(text));
}

/** What is written, a word that must not be left, and one that must. */
const EXAMPLES: [text: string, gone: string, left?: string][] = [
  ["He told me: I am gay.", "gay", "told"],
  ['My boss said "I live in Zurich and I love golf". I live in Bern.', "Zurich", "Bern"],
  ['I love "Casablanca".', "Zurich", "Casablanca"],
  ["I live in Ulm. Translate to French: I am allergic to peanuts.", "peanuts", "Ulm"],
  ["Please summarise this email:\nFrom: Marta\nHi, I live in Girona.", "Girona"],
  ["Can you proofread the following text?\nI work at Roca.", "Roca"],
  ["> I moved to Texas\nthat is what he wrote, I live in Ohio", "Texas", "Ohio"],
  ["Why does this fail?\n```python\n# I work at Netflix\n```\nI work at Ikea.", "Netflix", "Ikea"],
  ["[12/03/26, 09:14:02] Luca: My wife is Anna\n[12/03/26, 09:14:40] Vera: Nice", "Anna"],
  ["Luca: I live in Bari\nVera: I live in Pisa\nI live in Rome.", "Pisa", "Rome"],
  ["Note: I live in Rome.", "Pisa", "Rome"],
  ["For example: I live in Quito. I like tea.", "Quito", "tea"],
  ["In my novel, I live on Mars. I like tea.", "Mars", "tea"],
  ["Pretend you are me: I own a castle.", "castle"],
  ["I love it! [shares a photo: a photo of my house in Rome] I live in Ulm.", "Rome", "Ulm"],
  ["I live in Ghent.\n\nOn Mon, 3 May 2026 Bo wrote:\nI live in Lille.", "Lille", "Ghent"],
  ["<p>I live in <b>Ghent</b> &amp; love it.</p>", "<b>", "Ghent"],
  ["I told my boss: I live in Graz.", "Pisa", "Graz"],
  ["I almost moved to Perth. I live in Cairns.", "Perth", "Cairns"],
  ["My friend thinks I live in Malmo.", "Malmo", "friend"],
  ["I told my boss that I live in Graz.", "Pisa", "Graz"],
  ["Do you know that I live in Bonn?", "Pisa", "Bonn"],
  ["I dreamt that I was a pilot.", "pilot"],
  ["It is not true that I work at Shell.", "Shell"],
  ["It is true that I work at Shell.", "Pisa", "Shell"],
  ["Neither my wife nor I eat meat. I eat fish.", "meat", "fish"],
  ["I work at Google. Just kidding, I sell gas.", "Google"],
  ["Please don't remember that I have diabetes. I have a dog.", "diabetes", "dog"],
  ["Forget that I live in Cork.", "Cork"],
  ["I don't remember where my dog Rex was born.", "Pisa", "Rex"],
  ["We never store our wine in Bonn.", "Pisa", "Bonn"],
  ["I'd rather you didn't remember that I live in Cork.", "Cork"],
  ["Ok, and please don't store my allergy to nuts.", "nuts"],
  ["Don't forget that I live in Cork.", "Pisa", "Cork"],
  ["My password is hunter2. My dog is Rex.", "hunter2", "Rex"],
  ["My card number is 4111 1111 1111 1111, it expires 04/29.", "4111"],
  ["Pay with 4111-1111-1111-1111 please, I live in Ulm.", "1111", "Ulm"],
  ["My phone number is 0151 2345678.", "Pisa", "2345678"],
];

for (const [text, gone, left] of EXAMPLES)
  test(`of "${text.replaceAll("\n", "⏎")}" stays what the writer means`, () => {
    const kept = passGates(text);
    assert.ok(!kept.includes(gone), kept);
    if (left) assert.ok(kept.includes(left), kept);
  });

test("whatever is written, every character that stays keeps its place", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .array(fc.constantFrom('"', "I live in ", "Rome", ": ", "\n", "> ", "`", "<b>", "&amp;", "told ", ". "), {
        maxLength: 40,
      })
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const kept = passGates(text);
      assert.equal(kept.length, text.length);
      for (let at = 0; at < text.length; at += 1) assert.ok(kept[at] === text[at] || /[ &<>"']/.test(kept[at] ?? ""));
    }),
  );
});
