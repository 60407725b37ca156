import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type MadeKey, makeKey, openTestApi } from "#e2e/api/server.ts";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { verifyJws } from "#lib/keys/jws.ts";
import { listPublicKeys } from "#lib/keys/register.ts";
import { eraseUser } from "#lib/privacy/erasure/mutations.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { createExport } from "#lib/privacy/exports/mutations.ts";
import { receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { makeOperator } from "#prisma/factories.ts";
import { runAsOwner } from "#prisma/test-database.ts";

const base = await openTestApi({ works: true });

function callWith({ key }: MadeKey) {
  return async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Api-Key ${key}` };
    const response = await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, message: text, body: text ? JSON.parse(text) : null };
  };
}

/** Every row of every table that holds a text anywhere, found without the product's own search. */
async function findEverywhere(text: string): Promise<string[]> {
  const tables = await runAsOwner<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await runAsOwner(`SELECT 1 FROM ${name} t WHERE t::text ILIKE $1`, [`%${text}%`]);
    if (rows.length > 0) found.push(`${name}: ${rows.length}`);
  }
  const statistics = await runAsOwner<{ name: string }>(
    `SELECT tablename || '.' || attname AS name FROM pg_stats WHERE schemaname <> 'pg_catalog' AND
       concat_ws(' ', most_common_vals::text, histogram_bounds::text, most_common_elems::text) ILIKE $1`,
    [`%${text}%`],
  );
  return [...found, ...statistics.map(({ name }) => `statistics of ${name}`)];
}

async function waitForReceipts(projectUuid: string, status = "confirmed") {
  return pollUntil(
    () => db().receipt.findMany({ where: { projectUuid }, orderBy: { number: "asc" } }),
    (receipts) => receipts.length > 0 && receipts.every((receipt) => receipt.status === status),
    20_000,
  );
}

/** Everything of a database but what this erasure is about, as text. */
async function dumpOthers(): Promise<string> {
  const parts: string[] = [];
  for (const table of [
    "users",
    "sessions",
    "messages",
    "episodes",
    "edges",
    "nodes",
    "claims",
    "summaries",
    "node_names",
  ]) {
    const rows = await runAsOwner<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`);
    parts.push(...rows.map(({ row }) => `${table} ${row}`));
  }
  return parts.join("\n");
}

test("unique markers in every field that can be written, and none is found anywhere once the person is erased", {
  timeout: 120_000,
}, async () => {
  const owner = await makeKey();
  const call = callWith(owner);
  const ok = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.message}`);
    return answer.body;
  };
  await ok("POST", "/users", { user_id: "other-person", first_name: "Otto", last_name: "Other" });
  await ok("POST", "/sessions", { session_id: "other-session", user_id: "other-person" });
  await ok("POST", "/sessions/other-session/memory", {
    messages: [{ role: "Otto", role_type: "user", content: "I live in Ghent and I have a dog called Rex." }],
  });
  const settle = () =>
    pollUntil(
      () => db().episode.count({ where: { projectUuid: owner.projectUuid, processedAt: null } }),
      (left) => left === 0,
    );
  await settle();
  const before = await dumpOthers();
  let markers = 0;
  const mark = (field: string) => {
    markers += 1;
    return `canaryzq${markers} ${field}`;
  };
  const person = `canaryzq-person-${Date.now()}`;
  await ok("POST", "/users", {
    user_id: person,
    email: `canaryzq@example.org`,
    first_name: mark("first"),
    last_name: mark("last"),
    metadata: { [mark("key")]: mark("value"), list: [mark("item")] },
    fact_rating_instruction: {
      instruction: mark("instruction"),
      examples: { high: mark("h"), medium: mark("m"), low: mark("l") },
    },
  });
  await ok("PATCH", `/users/${person}`, { metadata: { more: mark("more") } });
  const session = `canaryzq-session`;
  await ok("POST", "/sessions", { session_id: session, user_id: person, metadata: { a: mark("session metadata") } });
  await ok("PATCH", `/sessions/${session}`, { metadata: { b: mark("session patch") } });
  await ok("POST", `/sessions/${session}/memory`, {
    messages: [
      {
        role: mark("role"),
        role_type: "user",
        content: `I live in Canaryzqtown. ${mark("message")}`,
        metadata: { c: mark("message metadata") },
      },
      { role: "A", role_type: "assistant", content: `I work at Canaryzqcorp. ${mark("answer")}` },
      { role: "U", role_type: "user", content: "My sister Canaryzqa works at Canaryzqcorp." },
    ],
  });
  await ok("POST", "/graph", {
    user_id: person,
    type: "text",
    data: `My brother Canaryzqb lives in Canaryzqtown. ${mark("text")}`,
  });
  await ok("POST", "/graph", {
    user_id: person,
    type: "json",
    data: JSON.stringify({ plan: mark("plan"), [mark("json key")]: 1 }),
  });
  await ok("POST", "/graph", { user_id: person, type: "message", data: `Canaryzqc: ${mark("graph message")}` });
  await ok("POST", "/graph/add-fact-triple", {
    user_id: person,
    fact: mark("stated fact"),
    fact_name: "CANARYZQ_RELATION",
    source_node_name: mark("source"),
    source_node_summary: mark("source summary"),
    target_node_name: mark("target"),
    target_node_summary: mark("target summary"),
  });
  await settle();
  const [edge] = await ok("POST", `/graph/edge/user/${person}`, { limit: 1 });
  if (edge) await ok("GET", `/graph/edge/${edge.uuid}`);
  await ok("POST", "/graph/clone", { source_user_id: person, target_user_id: "copy-of-somebody" });
  await ok("GET", `/sessions/${session}/memory`);
  await settle();
  const { uuid: user } = await db().user.findFirstOrThrow({ where: { userId: person } });
  await createExport((await makeOperator("privacy", owner)).actor, { user });
  await runAsOwner("ANALYZE");
  const planted = await findEverywhere("canaryzq");
  assert.ok(planted.length > 12, planted.join(", "));

  await ok("DELETE", `/users/${person}`);
  const [receipt] = await waitForReceipts(owner.projectUuid);
  assert.equal(receipt?.status, "confirmed");
  assert.deepEqual(await findEverywhere("canaryzq"), []);
  assert.equal(await db().dataExportPiece.count(), 0);
  assert.doesNotMatch(readFileSync(env().LETHE_JOURNAL ?? "", "utf8"), /canaryzq/i);
  const after = (await dumpOthers()).split("\n").filter((line) => !line.includes("copy-of-somebody"));
  const copy = await db().user.findFirstOrThrow({ where: { userId: "copy-of-somebody" } });
  const others = after.filter((line) => !line.includes(copy.uuid));
  assert.deepEqual(others, before.split("\n"));

  const [uuid] = [receipt?.uuid ?? ""];
  const events = await runAsOwner<{ event: string }>(
    "SELECT e::text AS event FROM audit_events e WHERE project_uuid = $1",
    [owner.projectUuid],
  );
  assert.ok(events.length > 5 && uuid !== "");
});

test("a receipt says what went and what was looked through, names nobody, and its signature holds", async () => {
  const owner = await makeKey();
  const call = callWith(owner);
  for (const id of ["receipted-one", "receipted-two"]) {
    await call("POST", "/users", { user_id: id, email: `${id}@example.org` });
    await call("POST", "/sessions", { session_id: `${id}-session`, user_id: id });
    await call("DELETE", `/users/${id}`);
  }
  const [first, second] = await waitForReceipts(owner.projectUuid);
  const keys = await listPublicKeys();
  const verified = verifyJws(first?.jws ?? "", keys);
  assert.ok(verified.valid);
  const told = JSON.stringify(verified.payload);
  assert.doesNotMatch(told, /receipted|example\.org/);
  const { counts, proof, previousReceipt } = verified.payload as Record<string, Record<string, Record<string, number>>>;
  assert.deepEqual(counts?.users, { previewed: null, deleted: 1, remaining: 0 });
  assert.deepEqual(counts?.sessions, { previewed: null, deleted: 1, remaining: 0 });
  assert.ok(Number(proof?.tables) > 30 && Number(proof?.hits) === 0);
  assert.equal(String(previousReceipt), Buffer.alloc(32).toString("base64url"));
  const next = verifyJws(second?.jws ?? "", keys);
  assert.ok(next.valid);
  assert.equal(next.payload.previousReceipt, Buffer.from(first?.hash ?? []).toString("base64url"));
  const changed = `${(first?.jws ?? "").slice(0, 60)}A${(first?.jws ?? "").slice(61)}`;
  assert.ok(!verifyJws(changed, keys).valid);
  assert.equal(first?.sealed, null);
});

test("whoever is kept out is refused on every way in, and the attempts are counted", async () => {
  const owner = await makeKey();
  const call = callWith(owner);
  const { actor } = await makeOperator("privacy", { projectUuid: owner.projectUuid });
  const { body: user } = await call("POST", "/users", { user_id: "out@example.org", email: "Other@example.org" });
  await call("POST", "/sessions", { session_id: "out-session", user_id: "out@example.org" });
  const [plan] = await planErasures(actor, { uuids: [user.uuid] });
  assert.ok(plan);
  const input = {
    uuid: user.uuid,
    previewed: plan.rows,
    plan: plan.hash,
    keptOut: true,
    confirmation: "out@example.org",
  };
  await eraseUser(actor, input);
  await call("POST", "/users", { user_id: "somebody-else" });
  for (const [method, path, body] of [
    ["POST", "/users", { user_id: "out@example.org" }],
    ["POST", "/users", { user_id: "new-id", email: "other@EXAMPLE.org" }],
    ["POST", "/users", { user_id: "OUT@example.org" }],
    ["POST", "/users", { user_id: " out@example.org" }],
    ["POST", "/users", { user_id: "other-id", email: "Out@example.org" }],
    ["PATCH", "/users/somebody-else", { email: "out@example.org" }],
    ["POST", "/sessions", { session_id: "out-session", user_id: "somebody-else" }],
    ["POST", "/sessions/out-session/memory", { messages: [{ role: "u", role_type: "user", content: "I am back." }] }],
    ["POST", "/sessions/out@example.org/memory", { messages: [{ role: "u", role_type: "user", content: "Hello" }] }],
    ["POST", "/graph/clone", { source_user_id: "somebody-else", target_user_id: "out@example.org" }],
  ] as const) {
    const answer = await call(method, path, body);
    assert.equal(answer.status, 403, `${path}: ${answer.message}`);
    assert.match(answer.message, /erased and is kept out \(suppressed\)/);
  }
  const { projectUuid } = owner;
  assert.equal(await db().user.count({ where: { projectUuid } }), 1);
  assert.equal(await db().session.count({ where: { projectUuid } }), 0);
  const listEntries = () => db().suppression.findMany({ where: { projectUuid } });
  const entries = await pollUntil(listEntries, (found) => found.filter(({ hits }) => hits > 0).length >= 4, 5_000);
  // Its id is an address, and its address may have been an id: both are kept out as either.
  assert.deepEqual(entries.map(({ kind }) => kind).sort(), ["email", "email", "session_id", "user_id", "user_id"]);
  assert.ok(entries.filter(({ hits }) => hits > 0).length >= 4);
});

test("twenty applications that write while somebody is erased and kept out bring nobody back, and the receipt is exact", {
  timeout: 120_000,
}, async () => {
  const owner = await makeKey();
  const call = callWith(owner);
  const { projectUuid } = owner;
  await db().project.update({ where: { uuid: projectUuid }, data: { keepsOutDeleted: true } });
  const said = { messages: [{ role: "u", role_type: "user", content: "I live in Ghent." }] };
  for (let round = 0; round < 4; round += 1) {
    const id = `racing-${round}`;
    await call("POST", "/users", { user_id: id });
    await call("POST", "/sessions", { session_id: `${id}-session`, user_id: id });
    let ended = false;
    let stored = 0;
    const write = async (writer: number) => {
      while (!ended) {
        const answer = await call("POST", `/sessions/${id}-session/memory`, said);
        if (answer.status === 200) stored += 1;
        if (writer % 3 === 0) await call("POST", "/users", { user_id: id });
        if (writer % 3 === 1) await call("POST", `/sessions/${id}/memory`, said);
        if (writer % 3 === 2) await call("POST", "/graph", { user_id: id, type: "text", data: "I work at Acme." });
      }
    };
    const writers = Array.from({ length: 20 }, (_, writer) => write(writer));
    await pollUntil(
      async () => stored,
      (count) => count > 40,
    );
    assert.equal((await call("DELETE", `/users/${id}`)).status, 200);
    await new Promise((done) => setTimeout(done, 100));
    ended = true;
    await Promise.all(writers);
    const receipt = await db().receipt.findFirstOrThrow({ where: { projectUuid }, orderBy: { number: "desc" } });
    const { counts } = receiptFactsSchema.parse(receipt.facts);
    assert.equal(counts.messages?.deleted, stored);
    for (const table of ["users", "sessions", "messages", "episodes", "nodes"])
      assert.deepEqual(await runAsOwner(`SELECT 1 FROM ${table} WHERE project_uuid = $1`, [projectUuid]), [], table);
  }
});
