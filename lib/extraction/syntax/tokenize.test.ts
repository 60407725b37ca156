import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitSentences, tokenizeText } from "#lib/extraction/syntax/tokenize.ts";

function joinPieces(text: string): string {
  return tokenizeText(text)
    .map((piece) => piece.text)
    .join("|");
}

for (const [text, parted] of [
  ["I don't use C++ or Node.js at 3M, can't you see?", "I|do|n't|use|C++|or|Node.js|at|3M|,|ca|n't|you|see|?"],
  ["Procter & Gamble's O'Brien lives in St. Ives.", "Procter|&|Gamble|'s|O'Brien|lives|in|St.|Ives|."],
  ["i'm 27yo & gonna move :) to New York City", "i|'m|27|yo|&|gon|na|move|:)|to|New|York|City"],
  ["mail jane@acme.org or see https://x.io/a?b=1.", "mail|jane@acme.org|or|see|https://x.io/a?b=1|."],
  ["it’s the dogs' bowl, and Anna’s", "it|’s|the|dogs|'|bowl|,|and|Anna|’s"],
  ["Łódź on 08/16/2000 at 5:30pm... no way!!", "Łódź|on|08/16/2000|at|5:30|pm|...|no|way|!!"],
  ["my ex-wife is well-known", "my|ex-wife|is|well|-|known"],
] as const)
  test(`is parted as the treebank does: ${text}`, () => {
    assert.equal(joinPieces(text), parted);
  });

test("sentences end at a stop or at the end of a line, not within an abbreviation", () => {
  const text = "I met Dr. Lind. She works at St. Mary's!\nmy dog is old\nOk?! (Yes.) Fine";
  const sentences = splitSentences(text, tokenizeText(text)).map((pieces) =>
    text.slice(pieces[0]?.start, pieces.at(-1)?.end),
  );
  assert.deepEqual(sentences, [
    "I met Dr. Lind.",
    "She works at St. Mary's!",
    "my dog is old",
    "Ok?!",
    "(Yes.)",
    "Fine",
  ]);
});

test("the parser's work grows with the text alone: no sentence and no piece is longer than its bound", () => {
  for (const unit of ["a ", "//:", "?", "x", "neither nor ", "“a", "1111 ", "@a.", "\u{1f600}"]) {
    const text = unit.repeat(10_000 / unit.length);
    const pieces = tokenizeText(text);
    assert.ok(pieces.every((piece) => piece.text.length <= 200));
    assert.ok(splitSentences(text, pieces).every((sentence) => sentence.length <= 120));
  }
});

test("whatever is written, the pieces follow each other and leave out white space alone", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: "grapheme", maxLength: 300 }),
  );
  fc.assert(
    fc.property(anything, (text) => {
      let last = 0;
      for (const { text: piece, start, end } of tokenizeText(text)) {
        assert.match(text.slice(last, start), /^\s*$/u);
        assert.ok(end > start && text.slice(start, end) === piece);
        last = end;
      }
      assert.match(text.slice(last), /^\s*$/u);
      const pieces = tokenizeText(text);
      assert.deepEqual(splitSentences(text, pieces).flat(), pieces);
    }),
  );
});
