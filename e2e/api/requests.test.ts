import assert from "node:assert/strict";
import { test } from "node:test";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { db } from "#lib/db/client.ts";
import { makeUser } from "#prisma/factories.ts";

const base = (await openTestApi()).replace("/api/v2", "/api/privacy");

const ASKED = { type: "erasure", law: "gdpr", identifier: "jane@example.org", reference: "T-1" };

async function postRequest(key: string, body: object) {
  const headers = { authorization: `Api-Key ${key}` };
  const answer = await fetch(`${base}/requests`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

test("a request is filed over the API once for a reference, and the answer is the same whether the person is known", async () => {
  const { key, actor, projectUuid } = await makeKey(["erase"]);
  await makeUser(actor, { email: "jane@example.org" });
  const known = await postRequest(key, ASKED);
  assert.equal(known.status, 201);
  assert.deepEqual(await postRequest(key, ASKED), known);
  const unknown = await postRequest(key, { ...ASKED, identifier: "nobody@example.org", reference: null });
  assert.deepEqual(Object.keys(unknown.body), Object.keys(known.body));
  assert.deepEqual([unknown.body.state, unknown.body.answer_by], [known.body.state, known.body.answer_by]);
  const filed = await db().privacyRequest.findMany({ where: { projectUuid }, orderBy: { number: "asc" } });
  assert.deepEqual(
    filed.map(({ channel, filedByKey, filedBy, externalRef }) => [channel, filedByKey, filedBy, externalRef !== null]),
    [
      ["api", true, null, true],
      ["api", true, null, false],
    ],
  );
});

test("what does not fit names the field and files nothing, and only a key that may erase files anything", async () => {
  const { key, projectUuid } = await makeKey(["erase"]);
  const reader = await makeKey(["read", "write"], projectUuid);
  assert.equal((await postRequest(reader.key, ASKED)).status, 403);
  for (const [change, field] of [
    [{ type: "oblivion" }, /type/],
    [{ law: "none" }, /law/],
    [{ identifier: "" }, /identifier/],
    [{ identifier: "a\0b" }, /identifier/],
    [{ received_at: "2999-01-01" }, /receivedAt|received_at/],
  ] as const) {
    const refused = await postRequest(key, { ...ASKED, ...change });
    assert.equal(refused.status, 400);
    assert.match(refused.body.message, field);
  }
  assert.equal(await db().privacyRequest.count({ where: { projectUuid } }), 0);
});
