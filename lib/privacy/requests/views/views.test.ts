import assert from "node:assert/strict";
import { test } from "node:test";
import { dropView, saveView } from "#lib/privacy/requests/views/mutations.ts";
import { listSavedViews } from "#lib/privacy/requests/views/queries.ts";
import { readViewQuery, saveViewSchema, writeViewQuery } from "#lib/privacy/requests/views/schema.ts";
import { makeOperator } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

test("a view is the team's: one of the same name is replaced, another project sees none of it", async () => {
  const { actor } = await makeOperator("privacy");
  const { actor: other } = await makeOperator("privacy", actor);
  const { actor: stranger } = await makeOperator("privacy");
  await saveView(actor, { name: "Soon", query: { due: "soon" } });
  await saveView(other, { name: "Soon", query: { due: "soon", law: "ccpa" } });
  const [view, ...more] = await listSavedViews(actor);
  assert.deepEqual([view?.name, view?.query, more], ["Soon", { due: "soon", law: "ccpa" }, []]);
  assert.deepEqual(await listSavedViews(stranger), []);
  await assert.rejects(dropView(stranger, { view: view?.uuid ?? "" }), { code: "not_found" });
  await dropView(actor, { view: view?.uuid ?? "" });
  assert.deepEqual(await listSavedViews(actor), []);
  for (let count = 0; count < 30; count += 1)
    await saveView(actor, { name: `View ${count}`, query: { whose: "mine" } });
  await assert.rejects(saveView(actor, { name: "One more", query: { whose: "mine" } }), { code: "invalid" });
  await saveView(actor, { name: "View 3", query: { due: "overdue" } });
  const { actor: support } = await makeOperator("support", actor);
  await assert.rejects(saveView(support, { name: "Mine", query: { whose: "mine" } }), { code: "forbidden" });
});

test("a view keeps choices and days in one spelling, and no page and no words of anybody", () => {
  const query = readViewQuery(new URLSearchParams("page=4&law=gdpr&q=jane%40example.org&due=soon"));
  assert.deepEqual(query, { law: "gdpr", due: "soon" });
  assert.equal(writeViewQuery({ due: "soon", law: "gdpr" }), writeViewQuery(query));
  assert.deepEqual(readViewQuery(new URLSearchParams("law=jane@example.org")), {});
  assert.equal(saveViewSchema.safeParse({ name: "All", query: {} }).success, false);
  assert.equal(saveViewSchema.safeParse({ name: "All", query: { q: "jane" } }).success, false);
});
