import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { db } from "#lib/db/client.ts";
import { runAsOwner } from "#prisma/test-database.ts";

const base = await openTestApi();
const { key, projectUuid } = await makeKey();

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests below read whatever the API says
  body: any;
}

async function callApi(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `Api-Key ${key}` };
  const response = await fetch(`${base}${path}`, { method, headers, body: body && JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

const postToApi = (path: string, body: object) => callApi("POST", path, body);
const stateFact = (body: object) =>
  postToApi("/graph/add-fact-triple", {
    user_id: "t",
    fact: "T knows X",
    fact_name: "KNOWS",
    target_node_name: "X",
    ...body,
  });

await postToApi("/users", { user_id: "t", first_name: "T" });
await postToApi("/users", { user_id: "other" });

test("a failure after the commit leaves nothing doubled when the client asks again", async () => {
  await postToApi("/sessions", { session_id: "half", user_id: "t" });
  const asked = { messages: [{ role_type: "user", content: "said once" }], return_context: true };
  await runAsOwner("ALTER TABLE edges RENAME TO edges_away");
  const failed = await postToApi("/sessions/half/memory", asked);
  await runAsOwner("ALTER TABLE edges_away RENAME TO edges");
  assert.equal(failed.status, 500);
  assert.equal((await postToApi("/sessions/half/memory", asked)).status, 200);
  assert.equal((await callApi("GET", "/sessions/half/messages")).body.total_count, 1);
});

test("a fact that is known by its uuid keeps its ends, and one of another graph is refused", async () => {
  const uuid = randomUUID();
  const first = await stateFact({
    fact_uuid: uuid,
    fact: "T owns a boat",
    fact_name: "OWNS",
    target_node_name: "Boat",
  });
  assert.equal(first.body.edge.uuid, uuid);
  const again = await stateFact({
    fact_uuid: uuid,
    fact: "T owns a boat",
    fact_name: "OWNS",
    target_node_name: "Elsewhere",
  });
  assert.equal(again.body.target_node.name, "Boat");
  assert.equal(again.body.edge.episodes.length, 2);
  const both = await Promise.all(["t", "other"].map((user_id) => stateFact({ user_id, fact_uuid: randomUUID() })));
  assert.deepEqual(
    both.map(({ status }) => status),
    [200, 200],
  );
  const foreign = await stateFact({ user_id: "other", fact_uuid: uuid });
  assert.equal(foreign.status, 400);
  assert.match(foreign.body.message, /fact_uuid: Belongs to another graph/);
});

test("restating a fact adds what is new: its end, its attributes", async () => {
  const fact = { fact: "T works at Acme", fact_name: "WORKS_AT", target_node_name: "Acme" };
  const before = await stateFact({ ...fact, valid_at: "2020-01-01", edge_attributes: { a: 1 } });
  const after = await stateFact({ ...fact, invalid_at: "2023-01-01", edge_attributes: { b: 2 } });
  assert.equal(after.body.edge.uuid, before.body.edge.uuid);
  assert.equal(after.body.edge.invalid_at, "2023-01-01T00:00:00.000Z");
  assert.ok(after.body.edge.expired_at);
  assert.deepEqual(after.body.edge.attributes, { a: 1, b: 2 });
  assert.equal((await stateFact({ ...fact, fact_uuid: after.body.edge.uuid, invalid_at: "2019-01-01" })).status, 400);
});

test("the user's node stays a User, and attributes are merged", async () => {
  const stated = await stateFact({ source_node_labels: ["Person"], target_node_attributes: { a: 1 } });
  assert.deepEqual(stated.body.source_node.labels, ["Entity", "User", "Person"]);
  const merged = await stateFact({ fact: "T likes X", target_node_attributes: { b: 2 } });
  assert.deepEqual(merged.body.target_node.attributes, { a: 1, b: 2 });
  const patched = await callApi("PATCH", `/graph/node/${stated.body.source_node.uuid}`, { labels: ["Robot"] });
  assert.deepEqual(patched.body.labels, ["Entity", "User", "Robot"]);
});

test("a node that was added by itself outlives the facts about it", async () => {
  const { body } = await postToApi("/graph/nodes", { user_id: "t", nodes: [{ name: "Berlin", summary: "A capital" }] });
  const stated = await stateFact({ fact: "T moved to Berlin", fact_name: "LIVES_IN", target_node_name: "berlin" });
  assert.equal(stated.body.target_node.uuid, body.nodes[0].uuid);
  assert.equal((await callApi("DELETE", `/graph/episodes/${stated.body.edge.episodes[0]}`)).status, 200);
  assert.equal((await callApi("GET", `/graph/edge/${stated.body.edge.uuid}`)).status, 404);
  assert.equal((await callApi("GET", `/graph/node/${body.nodes[0].uuid}`)).status, 200);
});

test("writing to what is being deleted is refused, never a failure", async () => {
  for (let round = 0; round < 10; round += 1) {
    await postToApi("/users", { user_id: "going" });
    await postToApi("/sessions", { session_id: "going", user_id: "going" });
    const answers = await Promise.all([
      callApi("DELETE", round % 2 === 0 ? "/users/going" : "/sessions/going/memory"),
      postToApi("/sessions/going/facts", { facts: [{ fact: "gone soon" }] }),
      postToApi("/sessions", { session_id: randomUUID(), user_id: "going" }),
      postToApi("/sessions/going/memory", { messages: [{ role_type: "user", content: "wait" }] }),
      stateFact({ user_id: "going" }),
    ]);
    for (const { status, body } of answers) assert.ok(status < 500, JSON.stringify(body));
    await callApi("DELETE", "/users/going");
  }
  const left = await db().episode.count({ where: { projectUuid, graph: { user: { userId: "going" } } } });
  assert.equal(left, 0);
});

test("a uuid that belongs to something else is refused with 400, at once or after the other", async () => {
  const { body: episode } = await postToApi("/graph", { user_id: "t", type: "text", data: "taken" });
  await postToApi("/sessions", { session_id: "mine", user_id: "t" });
  await postToApi("/sessions", { session_id: "theirs", user_id: "other" });
  const makeMessages = (uuid: string) => ({ messages: [{ uuid, role_type: "user", content: "x" }] });
  assert.equal((await postToApi("/sessions/mine/memory", makeMessages(episode.uuid))).status, 400);
  for (let round = 0; round < 5; round += 1) {
    const uuid = randomUUID();
    const both = await Promise.all(
      ["mine", "theirs"].map((id) => postToApi(`/sessions/${id}/memory`, makeMessages(uuid))),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400]);
  }
  await postToApi("/groups", { group_id: "g" });
  const { body: group } = await callApi("GET", "/groups/g");
  const own = { user_id: null, group_id: "g", source_node_uuid: group.uuid, source_node_name: "G" };
  assert.equal((await stateFact(own)).status, 400);
});

test("texts that grow when they are folded can be stored and found", async () => {
  const long = `${"語".repeat(250)}${"ﷺ".repeat(250)}`;
  assert.equal((await postToApi("/users", { user_id: long })).status, 201);
  assert.equal((await callApi("GET", `/users/${encodeURIComponent(long)}`)).status, 200);
  assert.equal((await postToApi("/graph/nodes", { user_id: "t", nodes: [{ name: long }] })).status, 200);
  await postToApi("/sessions", { session_id: "long", user_id: "t" });
  const words = Array.from(
    { length: 50_000 },
    (_, n) => String.fromCodePoint(0x3300 + (n % 88)) + (n % 7 === 0 ? " " : ""),
  );
  const content = words.join("").slice(0, 100_000);
  assert.equal((await postToApi("/sessions/long/memory", { messages: [{ role_type: "user", content }] })).status, 200);
  const found = await postToApi("/graph/search", { user_id: "t", query: "語".repeat(40_000), scope: "episodes" });
  assert.equal(found.status, 200);
});

test("times are read as the languages write them", async () => {
  await postToApi("/sessions", { session_id: "times", user_id: "t" });
  const written = [
    "2024-05-01 09:30:00+00:00",
    "2024-05-01t11:30:00+0200",
    "2024-05-01T09:30:00.000000Z",
    "2024-05-01T09:30:00",
  ];
  for (const created_at of [...written, "2024-05-01T09:30Z"]) {
    const { status, body } = await postToApi("/sessions/times/memory", {
      messages: [{ role_type: "user", content: "x", created_at }],
    });
    assert.equal(status, 200, `${created_at}: ${body.message}`);
  }
  const { body } = await callApi("GET", "/sessions/times/messages");
  const times: string[] = body.messages.map((message: { created_at: string }) => message.created_at);
  assert.deepEqual(new Set(times), new Set(["2024-05-01T09:30:00.000Z"]));
  const refused = await postToApi("/sessions/times/memory", {
    messages: [{ role_type: "user", content: "x", created_at: "soon" }],
  });
  assert.match(refused.body.message, /messages\.0\.created_at: Must be a time such as/);
});

test("conversations named beside a person narrow the search down, and so does metadata", async () => {
  for (const id of ["n1", "n2"]) {
    await postToApi("/sessions", { session_id: id, user_id: "t" });
    await postToApi(`/sessions/${id}/memory`, {
      messages: [{ role_type: "user", content: "zebra", metadata: { in: id } }],
    });
  }
  const asked = { text: "zebra", user_id: "t", search_scope: "messages" };
  assert.equal((await postToApi("/sessions/search", asked)).body.results.length, 2);
  assert.equal((await postToApi("/sessions/search", { ...asked, session_ids: ["n1"] })).body.results.length, 1);
  assert.equal((await postToApi("/sessions/search", { ...asked, record_filter: { in: "n2" } })).body.results.length, 1);
  assert.equal((await postToApi("/sessions/n1/search", { text: "zebra", metadata: { in: "n2" } })).body.length, 0);
});

test("a base URL with a slash too many is no redirect", async () => {
  const doubled = new URL(base);
  const headers = { authorization: `Api-Key ${key}` };
  const answer = await fetch(`${doubled.origin}//api/v2/users/t`, { headers, redirect: "error" });
  assert.equal(answer.status, 200);
});
