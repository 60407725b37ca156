import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { makeAnswer, makeAnswerFact } from "#e2e/model-server.ts";
import { answerSchema, parseModelJson } from "#lib/extraction/model/answer.ts";

const words = fc.string({ unit: "grapheme", maxLength: 30 });
const answer = fc
  .record({
    entities: fc.array(fc.record({ name: words, kind: fc.option(words) }, { noNullPrototype: true }), { maxLength: 4 }),
    facts: fc.array(
      fc
        .tuple(words, words, fc.option(words))
        .map(([source, relation, target]) => makeAnswerFact(source, relation, target)),
      { maxLength: 4 },
    ),
    repeated: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map((given) => makeAnswer({ ...given }));

test("whatever a text says, an answer comes back as it was, and clean JSON counts as clean", () => {
  fc.assert(
    fc.property(answer, (given) => {
      assert.deepEqual(parseModelJson(JSON.stringify(given), answerSchema), { ok: true, value: given, mended: false });
    }),
  );
});

test("chatter and fences around an answer do not change it", () => {
  fc.assert(
    fc.property(answer, (given) => {
      const json = JSON.stringify(given);
      if (json.includes("```") || json.includes("<think>")) return;
      for (const text of [`Sure:\n${json}`, `\`\`\`json\n${json}\n\`\`\``, `<think>{hm}</think>\n${json}`])
        assert.deepEqual(parseModelJson(text, answerSchema), { ok: true, value: given, mended: true }, text);
    }),
    { examples: [[{ entities: [{ name: "", kind: "{" }], facts: [], ended: [], repeated: [] }]] },
  );
});

test("nothing that a model writes makes reading throw, and the reason repeats no value", () => {
  const secret = "4711";
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.string().map((tail) => `{"entities": "${secret}${tail}`),
      ),
      (text) => {
        const read = parseModelJson(text, answerSchema);
        assert.ok(read.ok || (read.reason.length > 0 && !read.reason.includes(secret)));
      },
    ),
  );
  assert.equal(parseModelJson("[".repeat(200_000), answerSchema).ok, false);
});

test("strict servers take the schema: every field is required, none is open, numbers have no bounds", () => {
  const schema = JSON.stringify(z.toJSONSchema(answerSchema));
  assert.ok(!/"(minimum|maximum|pattern|default)"/.test(schema));
  const parts = [...schema.matchAll(/"properties":\{/g)].length;
  assert.equal([...schema.matchAll(/"required":\[/g)].length, parts);
  assert.equal([...schema.matchAll(/"additionalProperties":false/g)].length, parts);
});
