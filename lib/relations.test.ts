import assert from "node:assert/strict";
import { test } from "node:test";
import { relationSchema } from "#lib/graph/schema.ts";
import type { Relation } from "#lib/relations/relation.ts";
import { formatRelation, getTemplate, getTheme, isSingleValued, RELATIONS } from "#lib/relations.ts";

for (const [name, { template, object, denial }] of Object.entries<Relation>(RELATIONS))
  test(`${name} is named as the wire wants it, and its sentences have their ends`, () => {
    assert.ok(relationSchema.safeParse(name).success);
    const sentence = object === "nothing" ? /^\{subject\} [^{}]+$/ : /^\{subject\}('s)? [^{}]+ \{object\}( [^{}]+)?$/;
    assert.match(template, sentence);
    if (denial) assert.match(denial, sentence);
    assert.doesNotMatch(formatRelation(name), /_|[A-Z]/);
  });

test("what is denied is about the same, is called so, and has a sentence of its own", () => {
  assert.equal(getTheme("NOT_LIVES_IN"), "where");
  assert.equal(formatRelation("NOT_WORKS_AT"), "not works at");
  assert.equal(formatRelation("HAS_SISTER"), "sister");
  assert.equal(getTemplate("NOT_LIVES_IN"), "{subject} does not live in {object}");
});

test("a relation that the vocabulary does not know is called by its name and has no theme", () => {
  assert.equal(formatRelation("HAS_PLAN_TIER"), "plan tier");
  assert.equal(getTheme("HAS_PLAN_TIER"), "other");
  assert.ok(!isSingleValued("HAS_PLAN_TIER"));
});
