import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { watchAnswers } from "#e2e/api/watch.ts";
import { db } from "#lib/db/client.ts";
import { getOpenApiDocument, listOperations } from "#lib/zep/openapi.ts";

const base = await openTestApi();
watchAnswers(base);
const { key, projectUuid } = await makeKey();
const NOBODY = "0198f3c0-0000-7000-8000-000000000000";

interface Asked {
  method?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  authorization?: string;
}

async function callApi(path: string, { method = "GET", body, authorization = `Api-Key ${key}` }: Asked = {}) {
  const response = await fetch(`${base}${path}`, { method, body, headers: { authorization } });
  const { message = "" }: { message?: string } = await response.json();
  return { status: response.status, message, headers: response.headers };
}

async function expectRefusal(path: string, asked: Asked, status: number, words: RegExp) {
  const answer = await callApi(path, asked);
  assert.equal(answer.status, status, `${asked.method ?? "GET"} ${path}: ${answer.message}`);
  assert.match(answer.message, words);
}

test("a missing, malformed, unknown or revoked key is 401, whatever else is wrong", async () => {
  for (const authorization of ["", "Api-Key", "Api-Key undefined", "Basic eA==", `Api-Key ${key} x`]) {
    await expectRefusal("/users", { method: "POST", body: "{", authorization }, 401, /^unauthorized$/);
  }
  const revoked = await makeKey();
  await db().apiKey.updateMany({ where: { projectUuid: revoked.projectUuid }, data: { revokedAt: new Date() } });
  await expectRefusal("/users-ordered", { authorization: `Api-Key ${revoked.key}` }, 401, /unauthorized/);
  assert.equal((await callApi("/users-ordered", { authorization: `Bearer ${key}` })).status, 200);
});

test("what a body can be wrong in is 400 and names the field", async () => {
  const makePost = (body: string | Uint8Array<ArrayBuffer>) => ({ method: "POST", body });
  await expectRefusal("/users", makePost("{"), 400, /Not valid JSON/);
  await expectRefusal("/users", makePost("[]"), 400, /body: .*expected object/i);
  await expectRefusal("/users", makePost(new Uint8Array([0x22, 0xff, 0x22])), 400, /not valid UTF-8/);
  await expectRefusal("/users", makePost(""), 400, /user_id/);
  await expectRefusal("/users", makePost('{"user_id":7}'), 400, /user_id: /);
  await expectRefusal("/users", makePost('{"user_id":"a\\u0000b"}'), 400, /user_id: Contains characters/);
  await expectRefusal("/users", makePost('{"user_id":"\\ud800"}'), 400, /user_id: Contains characters/);
  await expectRefusal("/users", makePost(JSON.stringify({ user_id: "x".repeat(501) })), 400, /user_id: .*500/);
  await expectRefusal("/users", makePost('{"user_id":"u","metadata":[1]}'), 400, /metadata: /);
  await expectRefusal("/users", makePost('{"user_id":"u","metadata":{"a":"\\u0000"}}'), 400, /metadata: Contains/);
  await expectRefusal(
    "/users",
    makePost(`{"user_id":"u","metadata":${"[".repeat(200)}${"]".repeat(200)}}`),
    400,
    /Nested/,
  );
  await expectRefusal(
    "/sessions/s/memory",
    makePost('{"messages":[{"content":"x"}]}'),
    400,
    /messages\.0\.role_type: messages are required/,
  );
  await expectRefusal(
    "/sessions/s/memory",
    makePost('{"messages":[{"content":"x","role_type":"king"}]}'),
    400,
    /invalid RoleType/,
  );
  await expectRefusal(
    "/sessions/s/memory",
    makePost('{"messages":[{"content":"x","role_type":"user","created_at":"soon"}]}'),
    400,
    /created_at/,
  );
  await expectRefusal("/graph/search", makePost('{"user_id":"u","query":"x","scope":"moons"}'), 400, /scope: /);
  await expectRefusal("/graph", makePost('{"user_id":"u","type":"text"}'), 400, /data: /);
  assert.equal(await db().user.count({ where: { projectUuid } }), 0);
});

test("a body beyond 5 MiB is 413, whether or not it says how long it is", async () => {
  const huge = JSON.stringify({ user_id: "u", metadata: { a: "x".repeat(5 * 1024 * 1024) } });
  await expectRefusal("/users", { method: "POST", body: huge }, 413, /too large/);
});

test("what a path can be wrong in is refused with a body and never redirected", async () => {
  await expectRefusal("/users/%E0%A4%A", {}, 400, /percent-encoded/);
  await expectRefusal("/users/a%00b", {}, 400, /user_id|userId/);
  await expectRefusal("/users/", {}, 400, /Must not be empty/);
  await expectRefusal("/", {}, 400, /must not be empty/);
  await expectRefusal("/users//sessions", {}, 400, /Must not be empty/);
  await expectRefusal("/nothing/here", {}, 404, /nothing at this path/);
  await expectRefusal("/users", {}, 405, /takes POST/);
  await expectRefusal("/users/a%2E%2E%2Fb", { method: "PUT", body: "{}" }, 405, /takes/);
  assert.match(
    await sendRawRequest("GET /api/v2/users/.. HTTP/1.1"),
    /^HTTP\/1\.1 400 [\s\S]*"message":".*Must not be/,
  );
  assert.match(await sendRawRequest("GET /api/v2/users/%2e HTTP/1.1"), /^HTTP\/1\.1 400 /);
});

/** A request as a client could send it that does not tidy up its path. */
async function sendRawRequest(line: string): Promise<string> {
  const { port } = new URL(base);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`${line}\r\nHost: x\r\nAuthorization: Api-Key ${key}\r\nConnection: close\r\n\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

test("ids that some clients do not encode are found all the same", async () => {
  for (const id of ["team/jane", "a b", "ü@x.org", "🦊", "sessions/node", "x/"]) {
    const made = await callApi("/users", { method: "POST", body: JSON.stringify({ user_id: id }) });
    assert.equal(made.status, 201, `${id}: ${made.message}`);
    assert.equal((await callApi(`/users/${encodeURIComponent(id)}`)).status, 200, id);
  }
  assert.equal((await callApi("/users/team/jane")).status, 200);
  assert.equal((await callApi("/users/team/jane/")).status, 200);
  assert.equal((await callApi("/users/team/jane/node")).status, 200);
  assert.equal((await callApi("/users/team/jane", { method: "DELETE" })).status, 200);
  assert.equal((await callApi("/users/team/jane")).status, 404);
});

test("a key whose scopes do not reach is 403, is noted, and changes nothing", async () => {
  const reader = await makeKey(["read"], projectUuid);
  const writer = await makeKey(["write"], projectUuid);
  const authorization = `Api-Key ${reader.key}`;
  const before = await db().user.count({ where: { projectUuid } });
  await expectRefusal("/users", { method: "POST", body: '{"user_id":"new"}', authorization }, 403, /users:write/);
  await expectRefusal("/users/a%20b", { method: "DELETE", authorization }, 403, /users:erase/);
  await expectRefusal("/users/a%20b", { authorization: `Api-Key ${writer.key}` }, 403, /users:read/);
  assert.equal(await db().user.count({ where: { projectUuid } }), before);
  assert.equal(await db().auditEvent.count({ where: { projectUuid, action: "access.refused" } }), 3);
  const creations = { "/users": "user_id", "/groups": "group_id", "/sessions": "session_id" };
  for (const [path, field] of Object.entries(creations)) {
    const asked = { method: "POST", body: JSON.stringify({ user_id: "twice", [field]: "twice" }) };
    const writing = { ...asked, authorization: `Api-Key ${writer.key}` };
    assert.equal((await callApi(path, writing)).status, 201);
    await expectRefusal(path, writing, 400, /already/);
  }
});

test("with a key of another project nothing of this one exists, on any route", async () => {
  const own = await makeKey();
  const stranger = await makeKey();
  const callAsOwner = (path: string, body: object, method = "POST") =>
    fetch(`${base}${path}`, { method, headers: { authorization: `Api-Key ${own.key}` }, body: JSON.stringify(body) });
  await callAsOwner("/users", { user_id: "secret-user", email: "secret@example.org", first_name: "Secret" });
  await callAsOwner("/sessions", { session_id: "secret-session", user_id: "secret-user" });
  await callAsOwner("/groups", { group_id: "secret-group" });
  const message = randomUUID();
  const messages = [{ uuid: message, role_type: "user", content: "secret words" }];
  await callAsOwner("/sessions/secret-session/memory", { messages });
  const stated = { fact: "Secret fact", fact_name: "IS", target_node_name: "Secret node" };
  const triple = await (await callAsOwner("/graph/add-fact-triple", { user_id: "secret-user", ...stated })).json();
  const { edge, target_node: node } = triple;
  await callAsOwner("/entity-types", { entity_types: [{ name: "SecretType", description: "d" }] }, "PUT");

  const values: Record<string, string> = {
    ...{ userId: "secret-user", sessionId: "secret-session", threadId: "secret-session", groupId: "secret-group" },
    ...{ graphId: "secret-group", messageUuid: message, nodeUuid: node.uuid, factUuid: edge.uuid },
  };
  const listState = () =>
    Promise.all(
      (["user", "session", "message", "graph", "node", "edge", "episode", "ontology"] as const).map((table) =>
        Reflect.apply(db()[table].findMany, db()[table], [{ where: { projectUuid: own.projectUuid } }]),
      ),
    );
  const before = await listState();
  // What is said in a session that nobody announced begins one of that name in the stranger's own project.
  const begins = /^(memory\.add|v3\.thread\.addMessages(Batch)?)$/;
  const others = listOperations().filter(({ operation }) => !begins.test(operation.id));
  for (const { operation } of others) {
    const uuid = operation.path.includes("episodes") ? edge.episodes[0] : edge.uuid;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? uuid);
    const carries = operation.method !== "GET" && operation.method !== "DELETE";
    const response = await fetch(`${base}${path}`, {
      method: operation.method,
      headers: { authorization: `Api-Key ${stranger.key}` },
      body: carries ? JSON.stringify(BODIES[operation.id] ?? {}) : undefined,
    });
    const text = await response.text();
    assert.doesNotMatch(text, /secret(?!-(user|session|group)")/i, `${operation.id}: ${text}`);
    if (operation.path.includes("{") && response.ok) assert.match(text, /^\[\]$/, `${operation.id}: ${text}`);
    if (operation.path.includes("{") && !response.ok) assert.equal(response.status, 404, `${operation.id}: ${text}`);
  }
  await fetch(`${base}/sessions/secret-session/memory`, {
    method: "POST",
    headers: { authorization: `Api-Key ${stranger.key}` },
    body: JSON.stringify({ messages: [{ role_type: "user", content: "mine" }] }),
  });
  assert.deepEqual(await listState(), before);
});

test("a scope opens its own operations and no others: erase alone deletes alone, read alone changes nothing", async () => {
  const [eraser, reader] = [await makeKey(["erase"], projectUuid), await makeKey(["read"], projectUuid)];
  for (const { operation } of listOperations()) {
    const { method, id } = operation;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => (/uuid/i.test(name) ? NOBODY : "nobody"));
    const carries = method !== "GET" && method !== "DELETE";
    const body = carries ? JSON.stringify(BODIES[id] ?? { ...FITTING[id] }) : undefined;
    const callApi = (by: string) =>
      fetch(`${base}${path}`, { method, body, headers: { authorization: `Api-Key ${by}` } });
    const [erasing, reading] = [await callApi(eraser.key), await callApi(reader.key)];
    assert.equal(erasing.status === 403, method !== "DELETE", `${id} with erase: ${await erasing.text()}`);
    const reads = method === "GET" || /search|getBy|Neighbors|Subgraph|classify|extract/i.test(id);
    assert.equal(reading.status === 403, !reads, `${id} with read: ${await reading.text()}`);
  }
});

/** Bodies that fit where an empty one does not. */
const FITTING: Record<string, object> = {
  "user.add": { user_id: "mine" },
  "group.add": { group_id: "mine" },
  "v3.graph.create": { graph_id: "mine" },
};

const TARGET = { user_id: "secret-user" };
const ASKED = { metadata: {} };
/** A body that fits each operation that takes one, naming what the other project has. */
const BODIES: Record<string, object> = {
  "memory.addSession": { session_id: "mine", ...TARGET },
  "memory.updateSession": ASKED,
  "memory.endSessions": { session_ids: ["secret-session"] },
  "memory.add": { messages: [{ role_type: "user", content: "x" }] },
  "memory.updateMessageMetadata": ASKED,
  "memory.search": { text: "secret" },
  "memory.searchSessions": { text: "secret", ...TARGET, search_scope: "messages" },
  "memory.classifySession": { name: "n", classes: ["c"] },
  "memory.extract": { last_n: 1, model_schema: "{}" },
  "memory.addSessionFacts": { facts: [{ fact: "x" }] },
  "graph.add": { ...TARGET, type: "text", data: "x" },
  "graph.addBatch": { ...TARGET, episodes: [{ type: "text", data: "x" }] },
  "graph.addFactTriple": { ...TARGET, fact: "x", fact_name: "X", target_node_name: "y" },
  "graph.clone": { source_user_id: "secret-user", target_user_id: "mine" },
  "graph.search": { ...TARGET, query: "secret" },
  "v3.graph.getSubgraph": { ...TARGET, seed_node_uuids: [NOBODY] },
  "v3.graph.addNodes": { ...TARGET, nodes: [{ name: "x" }] },
  "v3.graph.episode.update": ASKED,
  "v3.thread.create": { thread_id: "mine", ...TARGET },
  "v3.thread.addMessages": { messages: [{ role: "user", content: "x" }] },
  "v3.thread.addMessagesBatch": { messages: [{ role: "user", content: "x" }] },
  "v3.thread.message.update": ASKED,
};

test("arbitrary JSON thrown at every route meets no 5xx and leaves no half-written row", async () => {
  const { key: fuzzed, projectUuid: where } = await makeKey();
  const authorization = `Api-Key ${fuzzed}`;
  await callApi("/users", { method: "POST", body: '{"user_id":"f"}', authorization });
  await callApi("/sessions", { method: "POST", body: '{"session_id":"f","user_id":"f"}', authorization });
  await callApi("/groups", { method: "POST", body: '{"group_id":"f"}', authorization });
  const writes = listOperations()
    .map(({ operation }) => operation)
    .filter(({ method }) => method !== "GET" && method !== "DELETE");
  const leaf = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("f", "user", "text", "json", "X", "", "\0", "..", NOBODY, "2024-01-01T00:00:00Z", "9999-99-99"),
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
  );
  const fields = [...new Set(listFields(getOpenApiDocument()))];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...fields), tie("value"), { maxKeys: 6 }),
    ),
  }));
  const body = fc.dictionary(fc.constantFrom(...fields), fc.oneof({ weight: 2, arbitrary: leaf }, value), {
    maxKeys: 8,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...writes),
      fc.oneof({ weight: 9, arbitrary: body }, value),
      async (operation, json) => {
        const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => (/uuid/i.test(name) ? NOBODY : "f"));
        const { status } = await callApi(path, { method: operation.method, body: JSON.stringify(json), authorization });
        assert.ok(status < 500);
      },
    ),
    { numRuns: 600 },
  );
  const torn = await db().$queryRaw`
    SELECT 'user without graph' AS torn FROM users u WHERE u.project_uuid = ${where}::uuid
      AND NOT EXISTS (SELECT FROM nodes n WHERE n.project_uuid = u.project_uuid AND n.graph_uuid = u.uuid AND n.uuid = u.uuid)
    UNION ALL SELECT 'fact without episode' FROM edges e WHERE e.project_uuid = ${where}::uuid
      AND NOT EXISTS (SELECT FROM claims l WHERE l.project_uuid = e.project_uuid AND l.edge_uuid = e.uuid)
    UNION ALL SELECT 'message without episode' FROM messages m WHERE m.project_uuid = ${where}::uuid
      AND NOT EXISTS (SELECT FROM episodes e WHERE e.project_uuid = m.project_uuid AND e.message_uuid = m.uuid)
      AND m.role_type NOT IN ('user', 'norole', 'assistant', 'system', 'function', 'tool')
    UNION ALL SELECT 'count' FROM sessions s WHERE s.project_uuid = ${where}::uuid
      AND s.message_count <> (SELECT count(*) FROM messages m WHERE m.project_uuid = s.project_uuid AND m.session_uuid = s.uuid)`;
  assert.deepEqual(torn, []);
});

/** Every field that any operation's body has, at any depth. */
function listFields(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, inner]) => [
    ...(key === "properties" ? Object.keys(Object(inner)) : []),
    ...listFields(inner),
  ]);
}
