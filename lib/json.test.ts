import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { formatJson, JsonError, measureJson, parseJson } from "#lib/json.ts";
import { mergeMetadata, metadataSchema } from "#lib/validation.ts";

test("every digit of a number survives reading and writing", () => {
  const numbers = [
    "90071992547409931",
    "-12345678901234567890.12345678901234567890",
    "0.1",
    "1e400",
    "1.0000000000000000000001",
    "3.14",
    "1E2",
    "0",
    "-0.000000000000000000000000001",
  ];
  for (const number of numbers) {
    const written = formatJson(parseJson(`{"a":[${number}],"b":"${number}"}`));
    const [, kept = ""] = /"a":\[([^\]]*)\]/.exec(written) ?? [];
    // 3.14 and 1E2 may be spelled another way; their value is the same.
    assert.ok(kept === number || Number(kept) === Number(number), `${number} became ${kept}`);
    assert.match(written, new RegExp(`"b":"${number.replaceAll(/[.+]/g, "\\$&")}"`));
  }
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 60n }), fc.nat(80), (digits, shift) => {
      const text = String(digits).padStart(shift + 1, "0");
      const number = shift > 0 ? `${text.slice(0, -shift)}.${text.slice(-shift)}` : text;
      const kept = formatJson(parseJson(`[${number}]`)).slice(1, -1);
      // What JavaScript holds exactly may be spelled shortly; everything else is as it was.
      assert.ok(kept === number || String(Number(number)) === kept, `${number} became ${kept}`);
      if (String(digits).replace(/0+$/, "").length > 17) assert.equal(kept, number);
    }),
  );
});

test("whatever JSON can say is read and written as it was", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(parseJson(text), JSON.parse(text));
      assert.equal(formatJson(parseJson(text)), JSON.stringify(JSON.parse(text)));
    }),
  );
  assert.equal(formatJson(parseJson('{"__proto__":{"constructor":1}}')), '{"__proto__":{"constructor":1}}');
});

test("what is too much is refused before anything is made of it, in words", () => {
  const refused: [text: string, words: RegExp][] = [
    ["{", /Not valid JSON/],
    [`${"[".repeat(200)}${"]".repeat(200)}`, /Nested more than 100 levels deep/],
    [`[${"[],".repeat(200_000)}[]]`, /Holds more than 100,000 values/],
    ["1e999999", /more digits than can be stored/],
    ["1e-99999", /more digits than can be stored/],
    ['"\u{F0000}12"', /cannot be stored/],
    ['"\\udb80\\uDC0012"', /cannot be stored/],
  ];
  for (const [text, words] of refused) {
    assert.throws(
      () => parseJson(text),
      (error) => error instanceof JsonError && words.test(error.message),
      text.slice(0, 40),
    );
  }
  assert.deepEqual(parseJson(`"${"[".repeat(200)}\\"["`), `${"[".repeat(200)}"[`, "brackets in a text are no depth");
});

test("metadata is measured as PostgreSQL keeps it, and what has grown past its bound is never dropped by a patch", () => {
  for (const text of ['{"a":[1,-2.5,"x",true,null,{}],"b":"\\u00e4"}', "[]", '{"n":12345678901234567890}'])
    assert.equal(measureJson(parseJson(text)), formatJson(parseJson(text)).length);
  assert.equal(measureJson(parseJson("[1e70000]")), 70_003);
  assert.equal(measureJson(parseJson("[1e-400]")), 404);
  assert.ok(!metadataSchema.safeParse(parseJson('{"n":1e70000}')).success);
  assert.ok(metadataSchema.safeParse(parseJson('{"n":1e300}')).success);
  const grown = parseJson('{"keep":"me","n":1e70000}');
  assert.throws(() => mergeMetadata(grown, { x: 1 }), z.ZodError);
  assert.deepEqual(mergeMetadata({ keep: "me" }, { x: 1 }), { keep: "me", x: 1 });
});
