import assert from "node:assert/strict";
import { test } from "node:test";
import { relationSchema } from "#lib/graph/schema.ts";
import { formatRelation, getTheme, isSingleValued, RELATIONS } from "#lib/relations.ts";

for (const [name, { template }] of Object.entries(RELATIONS))
  test(`${name} is named as the wire wants it, and its sentence has two ends`, () => {
    assert.ok(relationSchema.safeParse(name).success);
    assert.match(template, /^\{subject\}('s)? [^{}]+ \{object\}( [^{}]+)?$/);
    assert.doesNotMatch(formatRelation(name), /_|[A-Z]/);
  });

test("what is denied is about the same, is called so, and ends nothing", () => {
  assert.equal(getTheme("NOT_LIVES_IN"), "where");
  assert.equal(formatRelation("NOT_WORKS_AT"), "not works at");
  assert.equal(formatRelation("HAS_SISTER"), "sister");
  assert.ok(isSingleValued("LIVES_IN") && !isSingleValued("NOT_LIVES_IN"));
});

test("a relation that the vocabulary does not know is called by its name and has no theme", () => {
  assert.equal(formatRelation("HAS_PLAN_TIER"), "has plan tier");
  assert.equal(getTheme("HAS_PLAN_TIER"), "other");
  assert.ok(!isSingleValued("HAS_PLAN_TIER"));
});
