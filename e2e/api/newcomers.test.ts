import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { resolve } from "node:path";
import { test } from "node:test";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { listOperations } from "#lib/zep/openapi.ts";

const base = await openTestApi({ works: true });
const { key, actor } = await makeKey();
const { projectUuid } = actor;

async function callApi(method: string, path: string, body?: unknown, authorization = `Api-Key ${key}`) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${base}${path}`, { method, headers: { authorization }, body: text });
  const answer = await response.text();
  return { status: response.status, text: answer, json: () => JSON.parse(answer) };
}

async function expectMessage(call: ReturnType<typeof callApi>, status: number, words: RegExp): Promise<void> {
  const answer = await call;
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.json().message, words);
}

test("what is there already is told in the words that integrations look for, in the caller's own names", async () => {
  await callApi("POST", "/users", { user_id: "twice" });
  await expectMessage(
    callApi("POST", "/users", { user_id: "twice" }),
    400,
    /^User already exists with user_id: twice$/,
  );
  for (const [path, body, words] of [
    ["/sessions", { session_id: "s", user_id: "twice" }, /^Session already exists with session_id: s$/],
    ["/threads", { thread_id: "t", user_id: "twice" }, /^Thread already exists with thread_id: t$/],
    ["/groups", { group_id: "g" }, /^Group already exists with group_id: g$/],
    ["/graph/create", { graph_id: "h" }, /^Graph already exists with graph_id: h$/],
  ] as const) {
    assert.equal((await callApi("POST", path, body)).status, 201);
    await expectMessage(callApi("POST", path, body), 400, words);
  }
  await expectMessage(callApi("GET", "/threads/none"), 404, /no such thread/);
  await expectMessage(callApi("POST", "/threads", { user_id: "twice" }), 400, /^thread_id: is required$/);
  await expectMessage(callApi("GET", "/graph/none"), 404, /no such graph/);
});

test("every path that a published client calls is answered, or told by its name to be missing", async () => {
  const calls = new Set<string>();
  for (const client of ["zep-v2", "zep-v3"]) {
    for (const file of globSync(resolve(import.meta.dirname, `../../node_modules/${client}/dist/**/Client.js`))) {
      const source = readFileSync(file, "utf8");
      for (const [, template, text, method] of source.matchAll(/, (?:`([^`]*)`|"([^"]*)")\),\s*method: "(\w+)"/g))
        calls.add(`${method} /${(template ?? text ?? "").replaceAll(/\$\{[^}]*\}/g, "x")}`);
    }
  }
  assert.ok(calls.size > 100, `${calls.size} calls were found`);
  const offered = listOperations().map(
    ({ operation }) => new RegExp(`^${operation.method} ${operation.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  );
  for (const call of calls) {
    if (offered.some((pattern) => pattern.test(call))) continue;
    const [method = "", path = ""] = call.split(" ");
    const answer = await callApi(method, path, method === "GET" ? undefined : {});
    assert.equal(answer.status, 404, `${call}: ${answer.text}`);
    assert.match(answer.json().message, new RegExp(`${path.replaceAll("/", "\\/")} is not offered here`));
  }
  const origin = new URL(base).origin;
  for (const path of ["/api/v4/users", "/api/v1/sessions", "/api/nothing"]) {
    const answer = await fetch(`${origin}${path}`);
    assert.equal(answer.status, 404);
    assert.match((await answer.json()).message, /it is at \/api\/v2/);
  }
});

test("what answers with a record requires read, and a key's scopes are asked before its request is looked at", async () => {
  await callApi("POST", "/users", { user_id: "private", first_name: "Secret" });
  const { key: writer } = await makeKey(["write"], projectUuid);
  const answer = await callApi("PATCH", "/users/private", {}, `Api-Key ${writer}`);
  assert.equal(answer.status, 403);
  assert.doesNotMatch(answer.text, /Secret/);
  const { key: eraser } = await makeKey(["erase"], projectUuid);
  const { key: reader } = await makeKey(["read"], projectUuid);
  for (const { operation } of listOperations()) {
    const path = operation.path.replaceAll(/\{\w+\}/g, "0198f3c0-0000-7000-8000-000000000000");
    const changes = operation.needs.some((need) => !need.endsWith(":read"));
    const other = changes ? reader : eraser;
    const carries = operation.method !== "GET" && operation.method !== "DELETE";
    const refused = await callApi(operation.method, path, carries ? "" : undefined, `Api-Key ${other}`);
    assert.equal(refused.status, 403, `${operation.id}: ${refused.text}`);
  }
});

test("numbers keep every digit, in and out, merged and searched; and no key of JSON is special", async () => {
  const metadata =
    '{"account":90071992547409931,"rate":0.12345678901234567890,"deep":{"list":[12345678901234567890]},"__proto__":{"a":1},"constructor":2}';
  const made = await callApi("POST", "/users", `{"user_id":"digits","metadata":${metadata}}`);
  assert.equal(made.status, 201, made.text);
  for (const digits of [
    "90071992547409931",
    "0.12345678901234567890",
    "[12345678901234567890]",
    '"__proto__":{"a":1}',
    '"constructor":2',
  ]) {
    assert.ok(made.text.includes(digits), `${digits} in ${made.text}`);
    assert.ok((await callApi("GET", "/users/digits")).text.includes(digits), digits);
  }
  const merged = await callApi(
    "PATCH",
    "/users/digits",
    '{"metadata":{"more":99999999999999999999,"__proto__":{"b":2}}}',
  );
  for (const digits of ["90071992547409931", "99999999999999999999", '"__proto__":{"a":1,"b":2}'])
    assert.ok(merged.text.includes(digits), `${digits} in ${merged.text}`);
  const [stored] = await db().$queryRaw<{ account: string }[]>`
    SELECT metadata->>'account' AS account FROM users WHERE project_uuid = ${projectUuid}::uuid AND user_id = 'digits'`;
  assert.equal(stored?.account, "90071992547409931");
  await callApi("POST", "/sessions", { session_id: "digits", user_id: "digits" });
  await callApi(
    "POST",
    "/sessions/digits/memory",
    '{"messages":[{"role_type":"user","content":"hi","metadata":{"id":90071992547409931}}]}',
  );
  assert.ok((await callApi("GET", "/sessions/digits/messages")).text.includes('"id":90071992547409931'));
  await expectMessage(
    callApi("POST", "/users", '{"user_id":"big","metadata":{"a":1e999999}}'),
    400,
    /more digits than can be stored/,
  );
});

test("what is said in an unannounced session is kept, and goes to its user once somebody says whose it is", async () => {
  const addEarlyMessage = (content: string) =>
    callApi("POST", "/sessions/early/memory", { messages: [{ role_type: "user", content }] });
  assert.equal((await addEarlyMessage("I live in Lisbon.")).status, 200);
  const placeholder = await db().user.findFirstOrThrow({ where: { projectUuid, userId: "early" } });
  assert.ok(placeholder.placeholder);
  await waitUntilRead("early", 1);
  await callApi("POST", "/users", { user_id: "jo", first_name: "Jo" });
  const adopted = await callApi("POST", "/sessions", {
    session_id: "early",
    user_id: "jo",
    metadata: { channel: "web" },
  });
  assert.equal(adopted.status, 201, adopted.text);
  assert.equal(adopted.json().user_id, "jo");
  assert.equal((await callApi("GET", "/users/early")).status, 404, "the placeholder is gone");
  await addEarlyMessage("I love tea.");
  await waitUntilRead("jo", 2);
  const facts = (await callApi("GET", "/users/jo/facts")).json().facts.map(({ fact }: { fact: string }) => fact);
  assert.ok(
    facts.some((fact: string) => /Jo lives in Lisbon/.test(fact)),
    facts.join("; "),
  );
  assert.ok(
    facts.some((fact: string) => /Jo likes tea/.test(fact)),
    facts.join("; "),
  );
  const jo = await db().user.findFirstOrThrow({ where: { projectUuid, userId: "jo" } });
  assert.deepEqual([jo.sessionCount, jo.messageCount], [1, 2]);
  await expectMessage(callApi("POST", "/sessions", { session_id: "early", user_id: "jo" }), 400, /already exists/);
  assert.equal(await db().graph.count({ where: { projectUuid, uuid: placeholder.uuid } }), 0);
});

test("what was stated or deleted by hand moves with its session and stays as it was left", async () => {
  await callApi("POST", "/sessions/byhand/memory", {
    messages: ["I live in Lisbon.", "I work at Acme."].map((content) => ({ role_type: "user", content })),
  });
  await waitUntilRead("byhand", 2);
  const list = async (user: string) =>
    (await callApi("GET", `/users/${user}/facts`))
      .json()
      .facts.map(({ fact, uuid }: { fact: string; uuid: string }) => ({ fact, uuid }));
  const lisbon = (await list("byhand")).find(({ fact }: { fact: string }) => /Lisbon/.test(fact));
  assert.equal((await callApi("DELETE", `/facts/${lisbon.uuid}`)).status, 200);
  assert.equal(
    (await callApi("POST", "/sessions/byhand/facts", { facts: [{ fact: "Likes to be called Kit" }] })).status,
    200,
  );
  await callApi("POST", "/users", { user_id: "kim", first_name: "Kim" });
  assert.equal((await callApi("POST", "/sessions", { session_id: "byhand", user_id: "kim" })).status, 201);
  await waitUntilRead("kim", 2);
  const facts = (await list("kim")).map(({ fact }: { fact: string }) => fact).join("; ");
  assert.match(facts, /Kim works at Acme/);
  assert.match(facts, /Likes to be called Kit/);
  assert.doesNotMatch(facts, /Lisbon/);
});

test("a stranger's words never become a person's: an id that is a user's begins no session", async () => {
  await callApi("POST", "/users", { user_id: "taken-id" });
  const body = { messages: [{ role_type: "user", content: "hello" }] };
  await expectMessage(callApi("POST", "/sessions/taken-id/memory", body), 404, /no such session/);
  await callApi("POST", "/sessions/later/memory", body);
  assert.equal((await callApi("POST", "/users", { user_id: "later", first_name: "Lata" })).status, 201);
  const person = await db().user.findFirstOrThrow({ where: { projectUuid, userId: "later" } });
  assert.deepEqual([person.placeholder, person.firstName, person.messageCount], [false, "Lata", 1]);
  await expectMessage(callApi("POST", "/users", { user_id: "later" }), 400, /already exists/);
});

test("a filter is obeyed or refused, and nothing is dated in the future", async () => {
  await callApi("POST", "/users", { user_id: "filter" });
  await callApi("POST", "/sessions", { session_id: "filter", user_id: "filter" });
  const message = (content: string, topic: string) => ({ role_type: "user", content, metadata: { topic } });
  await callApi("POST", "/sessions/filter/memory", {
    messages: [message("billing words", "billing"), message("other words", "x")],
  });
  const search = { text: "words", user_id: "filter", search_scope: "messages", record_filter: { topic: "billing" } };
  const { results } = (await callApi("POST", "/sessions/search", search)).json();
  assert.deepEqual(
    results.map(({ message: { content } }: { message: { content: string } }) => content),
    ["billing words"],
  );
  await expectMessage(
    callApi("POST", "/sessions/search", { ...search, search_scope: "facts" }),
    400,
    /record_filter: Only messages/,
  );
  const late = { messages: [{ role_type: "user", content: "x", created_at: "9999-01-01T00:00:00Z" }] };
  await expectMessage(callApi("POST", "/sessions/filter/memory", late), 400, /created_at: Must not lie in the future/);
});

test("a body is read for whoever may send one: without a good key it is let run out, and the 401 is seen", async () => {
  const { port } = new URL(base);
  const socket = connect(Number(port), "127.0.0.1");
  const size = 8 * 1024 * 1024;
  socket.write(
    `POST /api/v2/users HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key nobody\r\nContent-Length: ${size}\r\n\r\n`,
  );
  socket.write(Buffer.alloc(1024, "["));
  let answer = "";
  for await (const chunk of socket) {
    answer += chunk;
    if (answer.includes("unauthorized")) break;
  }
  // Answered while most of the body has not even been sent.
  assert.match(answer, /^HTTP\/1\.1 401 /);
  const sent = await fetch(`${base}/users`, {
    method: "POST",
    headers: { authorization: "Api-Key nobody" },
    body: Buffer.alloc(size, "["),
  });
  assert.equal(sent.status, 401);
  await expectMessage(
    callApi("POST", "/users", `{"user_id":"u","metadata":{"a":[${"[],".repeat(1_000_000)}[]]}}`),
    400,
    /more than 100,000 values/,
  );
});

async function waitUntilRead(userId: string, episodes: number): Promise<void> {
  const { uuid } = await db().user.findFirstOrThrow({ where: { projectUuid, userId } });
  const where = { projectUuid, graphUuid: uuid, source: "message" as const, processedAt: { not: null } };
  const isRead = (count: number) => count >= episodes;
  const read = await pollUntil(() => db().episode.count({ where }), isRead, 30_000);
  assert.ok(isRead(read), `${userId}: not read in time`);
}
