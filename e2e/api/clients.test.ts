import assert from "node:assert/strict";
import { test } from "node:test";
import * as V2 from "zep-v2";
import { ZepClient } from "zep-v2";
import { Zep as V3, ZepClient as ZepClientV3 } from "zep-v3";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { ANSWERED_OPERATIONS, watchAnswers } from "#e2e/api/watch.ts";
import { pollUntil } from "#e2e/poll.ts";
import { listOperations } from "#lib/zep/openapi.ts";

const environment = await openTestApi({ works: true });
watchAnswers(environment);
const { key: apiKey } = await makeKey();
const zep = new ZepClient({ apiKey, environment });
const zep3 = new ZepClientV3({ apiKey, environment });
const { Zep } = V2;
const NOBODY = "0198f3c0-0000-7000-8000-000000000000";
const once = { maxRetries: 0 };

const expectBadRequest = (call: Promise<unknown>) => assert.rejects(call, Zep.BadRequestError);
const expectNotFound = (call: Promise<unknown>) => assert.rejects(call, Zep.NotFoundError);
const expectStatus = (call: Promise<unknown>, statusCode: number) => assert.rejects(call, { statusCode });

test("v2 user: every call, and what each refuses", async () => {
  const added = await zep.user.add({
    userId: "jane@example.org",
    email: "jane@example.org",
    firstName: "Jane",
    lastName: "Doe",
    metadata: { plan: "pro", nested: { a: 1, b: null } },
    factRatingInstruction: { instruction: "rate it", examples: { high: "h", medium: "m", low: "l" } },
  });
  assert.equal(added.userId, "jane@example.org");
  assert.equal(added.factRatingInstruction?.examples?.high, "h");
  await expectBadRequest(zep.user.add({ userId: "jane@example.org" }));
  await expectBadRequest(zep.user.add({ userId: "" }));
  await expectBadRequest(zep.user.add({ userId: ".." }));

  const patched = await zep.user.update("jane@example.org", {
    email: undefined,
    firstName: "",
    metadata: { nested: { b: 2 } },
  });
  assert.equal(patched.email, "jane@example.org");
  assert.equal(patched.firstName, "Jane");
  assert.deepEqual(patched.metadata, { plan: "pro", nested: { a: 1, b: 2 } });
  assert.deepEqual(await zep.user.update("jane@example.org"), patched);
  assert.deepEqual(await zep.user.get("jane@example.org"), patched);
  await expectBadRequest(zep.user.update("jane@example.org", { firstName: "x".repeat(201) }));
  await expectNotFound(zep.user.update("nobody", { firstName: "x" }));
  await expectNotFound(zep.user.get("nobody"));
  await expectNotFound(zep.user.delete("nobody"));

  await zep.user.add({ userId: "second" });
  const page = await zep.user.listOrdered({ pageNumber: 1, pageSize: 1 });
  assert.deepEqual([page.totalCount, page.rowCount, page.users?.[0]?.userId], [2, 1, "second"]);
  assert.equal((await zep.user.listOrdered()).users?.length, 2);
  await expectBadRequest(zep.user.listOrdered({ pageNumber: 0 }));
  await expectBadRequest(zep.user.listOrdered({ pageSize: 100_000 }));

  const { node } = await zep.user.getNode("jane@example.org");
  assert.equal(node?.name, "Jane Doe");
  assert.deepEqual(node?.labels, ["Entity", "User"]);
  await expectNotFound(zep.user.getNode("nobody"));
  assert.deepEqual(await zep.user.getFacts("jane@example.org"), { facts: [] });
  await expectNotFound(zep.user.getFacts("nobody"));
  assert.deepEqual(await zep.user.getSessions("nobody"), []);
});

test("v2 sessions, messages and memory: every call, and what each refuses", async () => {
  await zep.user.add({ userId: "mem", firstName: "Mem" });
  const session = await zep.memory.addSession({ sessionId: "s1", userId: "mem", metadata: { a: { b: 1 } } });
  assert.equal(session.sessionId, "s1");
  await expectBadRequest(zep.memory.addSession({ sessionId: "s1", userId: "mem" }));
  await expectBadRequest(zep.memory.addSession({ sessionId: "s2", userId: "nobody" }));
  assert.deepEqual(await zep.memory.getSession("s1"), session);
  await expectNotFound(zep.memory.getSession("none"));
  const updated = await zep.memory.updateSession("s1", { metadata: { a: { c: 2 } } });
  assert.deepEqual(updated.metadata, { a: { b: 1, c: 2 } });
  await expectNotFound(zep.memory.updateSession("none", { metadata: {} }));
  await zep.memory.addSession({ sessionId: "s2", userId: "mem" });
  const listed = await zep.memory.listSessions({ pageNumber: 1, pageSize: 1, orderBy: "created_at", asc: true });
  assert.deepEqual([listed.totalCount, listed.responseCount, listed.sessions?.[0]?.sessionId], [2, 1, "s1"]);
  for (const orderBy of ["updated_at", "user_id", "session_id"]) await zep.memory.listSessions({ orderBy });
  await expectBadRequest(zep.memory.listSessions({ orderBy: "colour" }));
  assert.deepEqual(
    (await zep.user.getSessions("mem")).map((one) => one.sessionId),
    ["s2", "s1"],
  );

  const uuid = "0198f3c0-0000-7000-8000-00000000aaaa";
  const createdAt = "2024-05-01T09:30:00Z";
  const said = await zep.memory.add("s1", {
    messages: [
      { uuid, role: "Mem", roleType: "user", content: "My sister Anna lives in Lisbon.", createdAt },
      { role: "Bot", roleType: "assistant", content: "Nice!", metadata: { mood: "kind" }, tokenCount: 2 },
    ],
    ignoreRoles: ["assistant"],
    returnContext: true,
  });
  assert.match(said.context ?? "", /<FACTS>[\s\S]*<ENTITIES>\n {2}- Mem: /);
  assert.deepEqual(await zep.memory.add("s1", { messages: [] }), {});
  await expectStatus(zep.memory.add("s1", { messages: Array(31).fill({ roleType: "user", content: "x" }) }), 400);
  await expectStatus(zep.memory.add("none", { messages: [] }), 404);

  const messages = await zep.memory.getSessionMessages("s1", { limit: 1, cursor: 2 });
  assert.deepEqual([messages.totalCount, messages.rowCount, messages.messages?.[0]?.content], [2, 1, "Nice!"]);
  await expectNotFound(zep.memory.getSessionMessages("none"));
  const first = await pollUntil(
    () => zep.memory.getSessionMessage("s1", uuid),
    ({ processed }) => processed === true,
  );
  assert.deepEqual(
    [first.role, first.roleType, first.createdAt, first.processed],
    ["Mem", "user", "2024-05-01T09:30:00.000Z", true],
  );
  await expectNotFound(zep.memory.getSessionMessage("s1", NOBODY));
  await expectNotFound(zep.memory.getSessionMessage("s2", uuid));
  const noted = await zep.memory.updateMessageMetadata("s1", uuid, { metadata: { seen: true } });
  assert.deepEqual(noted.metadata, { seen: true });
  await expectNotFound(zep.memory.updateMessageMetadata("s1", NOBODY, { metadata: {} }));

  await zep.memory.addSessionFacts("s1", { facts: [{ fact: "Mem has a sister in Lisbon" }] });
  await expectNotFound(zep.memory.addSessionFacts("none", { facts: [] }));
  const { facts } = await zep.memory.getSessionFacts("s1");
  const stated = facts?.find(({ content }) => content === "Mem has a sister in Lisbon");
  await expectNotFound(zep.memory.getSessionFacts("none"));
  const factUuid = stated?.uuid ?? "";
  assert.equal((await zep.memory.getFact(factUuid)).fact?.uuid, factUuid);
  await expectNotFound(zep.memory.getFact(NOBODY));

  const memory = await zep.memory.get("s1", { lastn: 1 });
  assert.equal(memory.messages?.length, 1);
  assert.ok(memory.relevantFacts?.some((fact) => fact.uuid === factUuid));
  assert.match(memory.context ?? "", /Mem has a sister in Lisbon \(date unknown - present\)/);
  await expectNotFound(zep.memory.get("none"));

  const hits = await zep.memory.search("s1", { text: "where does the sister live?" });
  assert.equal(hits[0]?.message?.uuid, uuid);
  await expectNotFound(zep.memory.search("none", { text: "x" }));
  const across = await zep.memory.searchSessions({ text: "sister", userId: "mem", searchScope: "messages" });
  assert.equal(across.results?.[0]?.sessionId, "s1");
  const learned = await zep.memory.searchSessions({ text: "sister", sessionIds: ["s1"] });
  assert.ok(learned.results?.some(({ fact }) => fact?.uuid === factUuid));
  assert.deepEqual(await zep.memory.getSummaries("s1"), { summaries: [], totalCount: 0, rowCount: 0 });
  await expectNotFound(zep.memory.getSummaries("none"));

  await expectBadRequest(zep.memory.extractData("s1", { lastN: 2, modelSchema: "{}" }));
  await expectNotFound(zep.memory.extractData("none", { lastN: 2, modelSchema: "{}" }));
  await expectStatus(zep.memory.classifySession("s1", { name: "c", classes: ["a"] }), 400);
  await expectNotFound(zep.memory.classifySession("none", { name: "c", classes: ["a"] }));
  await expectStatus(zep.memory.synthesizeQuestion("s1"), 400);
  await expectNotFound(zep.memory.synthesizeQuestion("none"));
  await expectBadRequest(zep.memory.endSession("s1", { classify: { name: "c", classes: ["a"] } }));

  assert.ok((await zep.memory.endSession("s2")).session?.endedAt);
  assert.ok((await zep.memory.endSessions({ sessionIds: ["s2"] })).sessions?.[0]?.endedAt);
  await expectNotFound(zep.memory.endSession("none"));
  await expectNotFound(zep.memory.endSessions({ sessionIds: ["s1", "none"] }));
  assert.equal((await zep.memory.getSession("s1")).endedAt, undefined);
  await assert.rejects(zep.memory.updateSession("s2", { metadata: {} }, once), Zep.ConflictError);
  await expectStatus(zep.memory.add("s2", { messages: [{ roleType: "user", content: "x" }] }, once), 409);

  await zep.memory.deleteFact(factUuid);
  await expectNotFound(zep.memory.deleteFact(factUuid));
  assert.deepEqual(await zep.memory.delete("s1"), { message: "OK" });
  await expectNotFound(zep.memory.delete("s1"));
  assert.deepEqual((await zep.graph.episode.getByUserId("mem")).episodes, []);
});

test("v2 graph: every call, and what each refuses", async () => {
  await zep.user.add({ userId: "g", firstName: "Gil" });
  const episode = await zep.graph.add({
    userId: "g",
    type: "json",
    data: '{"plan":"pro"}',
    sourceDescription: "billing",
  });
  assert.deepEqual([episode.source, episode.content, episode.processed], ["json", '{"plan":"pro"}', false]);
  const { uuid: billing } = episode;
  await pollUntil(
    () => zep.graph.episode.get(billing),
    ({ processed }) => processed === true,
  );
  const [plan] = await zep.graph.edge.getByUserId("g", {});
  assert.deepEqual([plan?.name, plan?.fact, plan?.episodes], ["HAS_PLAN", "Gil's plan is pro", [billing]]);
  await expectBadRequest(zep.graph.add({ type: "text", data: "whose?" }));
  await expectBadRequest(zep.graph.add({ userId: "g", groupId: "h", type: "text", data: "both?" }));
  await expectBadRequest(zep.graph.add({ userId: "g", type: "json", data: "{" }));
  await expectBadRequest(zep.graph.add({ userId: "g", type: "text", data: "x".repeat(10_001) }));
  const batch = await zep.graph.addBatch({
    userId: "g",
    episodes: ["one", "two"].map((data) => ({ type: "text", data })),
  });
  assert.deepEqual(
    batch.map(({ content }) => content),
    ["one", "two"],
  );
  await expectBadRequest(zep.graph.addBatch({ userId: "g", episodes: Array(21).fill({ type: "text", data: "x" }) }));

  const triple = await zep.graph.addFactTriple({
    userId: "g",
    fact: "Gil works at Acme",
    factName: "WORKS_AT",
    targetNodeName: "Acme",
    targetNodeSummary: "A maker of anvils",
    validAt: "2024-01-01T00:00:00Z",
  });
  const [edge, acme, gil] = [triple.edge, triple.targetNode, triple.sourceNode];
  assert.ok(edge && acme && gil);
  assert.equal(gil.uuid, (await zep.user.getNode("g")).node?.uuid);
  const again = await zep.graph.addFactTriple({
    userId: "g",
    fact: "gil works at ACME",
    factName: "WORKS_AT",
    targetNodeName: "acme",
  });
  assert.equal(again.edge?.uuid, edge.uuid);
  assert.equal(again.edge?.episodes?.length, 2);
  await expectBadRequest(
    zep.graph.addFactTriple({ userId: "g", fact: "x", factName: "not upper", targetNodeName: "y" }),
  );
  await expectBadRequest(
    zep.graph.addFactTriple({
      ...{ userId: "g", fact: "x", factName: "X", targetNodeName: "y" },
      ...{ validAt: "2024-02-01T00:00:00Z", invalidAt: "2024-01-01T00:00:00Z" },
    }),
  );

  assert.equal((await zep.graph.search({ userId: "g", query: "where does Gil work?" })).edges?.[0]?.uuid, edge.uuid);
  assert.equal((await zep.graph.search({ userId: "g", query: "anvils", scope: "nodes" })).nodes?.[0]?.uuid, acme.uuid);
  assert.equal(
    (await zep.graph.search({ userId: "g", query: "two", scope: "episodes" })).episodes?.[0]?.uuid,
    batch[1]?.uuid,
  );
  for (const reranker of ["rrf", "mmr", "node_distance", "episode_mentions", "cross_encoder"] as const) {
    const { edges } = await zep.graph.search({
      ...{ userId: "g", query: "Acme", reranker, mmrLambda: 0.5, centerNodeUuid: gil.uuid },
    });
    assert.equal(edges?.[0]?.uuid, edge.uuid, reranker);
  }
  const searchSince = (comparisonOperator: ">" | "<") => ({
    searchFilters: { edgeTypes: ["WORKS_AT"], validAt: [[{ comparisonOperator, date: "2024-06-01T00:00:00Z" }]] },
  });
  assert.equal((await zep.graph.search({ userId: "g", query: "Acme", ...searchSince("<") })).edges?.length, 1);
  assert.equal((await zep.graph.search({ userId: "g", query: "Acme", ...searchSince(">") })).edges?.length, 0);
  await expectBadRequest(zep.graph.search({ query: "whose?" }));
  await expectBadRequest(zep.graph.search({ userId: "g", query: "x", limit: 51 }));

  const seen: string[] = [];
  for (let uuidCursor = ""; ; ) {
    const nodes = await zep.graph.node.getByUserId("g", { limit: 1, uuidCursor });
    const [node] = nodes;
    if (!node) break;
    seen.push(node.uuid);
    uuidCursor = node.uuid;
  }
  assert.deepEqual(new Set(seen), new Set([gil.uuid, acme.uuid]));
  assert.equal((await zep.graph.edge.getByUserId("g", {})).length, 2);
  await expectStatus(zep.graph.node.getByUserId("nobody", {}), 404);
  assert.equal((await zep.graph.node.get(acme.uuid)).summary, "A maker of anvils");
  await expectNotFound(zep.graph.node.get(NOBODY));
  await expectBadRequest(zep.graph.node.get("no-uuid"));
  assert.equal((await zep.graph.node.getEdges(acme.uuid))[0]?.uuid, edge.uuid);
  assert.equal((await zep.graph.node.getEpisodes(acme.uuid)).episodes?.length, 2);
  assert.equal((await zep.graph.edge.get(edge.uuid)).fact, "Gil works at Acme");
  await expectNotFound(zep.graph.edge.get(NOBODY));
  assert.equal((await zep.graph.episode.getByUserId("g", { lastn: 2 })).episodes?.length, 2);
  assert.equal((await zep.graph.episode.get(episode.uuid)).uuid, episode.uuid);
  await expectBadRequest(zep.graph.episode.get("no-uuid"));
  const [source = ""] = edge.episodes ?? [];
  const mentions = await zep.graph.episode.getNodesAndEdges(source);
  assert.deepEqual([mentions.nodes?.length, mentions.edges?.length], [2, 1]);

  const types = [
    { name: "Hobby", description: "d", properties: [{ name: "level", type: "Int" as const, description: "l" }] },
  ];
  await zep.graph.setEntityTypesInternal({ entityTypes: types, edgeTypes: [{ name: "LIKES", description: "d" }] });
  assert.deepEqual((await zep.graph.listEntityTypes()).entityTypes, types);
  await expectBadRequest(zep.graph.setEntityTypesInternal({ entityTypes: Array(11).fill(types[0]) }));

  const copy = await zep.graph.clone({ sourceUserId: "g", targetUserId: "g-copy" });
  assert.equal(copy.userId, "g-copy");
  const copied = await zep.graph.search({ userId: "g-copy", query: "Acme" });
  assert.equal(copied.edges?.[0]?.fact, "Gil works at Acme");
  assert.notEqual(copied.edges?.[0]?.uuid, edge.uuid);
  await expectBadRequest(zep.graph.clone({ sourceUserId: "g", targetUserId: "g-copy" }));
  await expectBadRequest(zep.graph.clone({}));

  await zep.graph.episode.delete(again.edge?.episodes?.find((one) => one !== source) ?? "");
  assert.equal((await zep.graph.edge.get(edge.uuid)).episodes?.length, 1);
  await zep.graph.episode.delete(source);
  await expectNotFound(zep.graph.edge.get(edge.uuid));
  await expectNotFound(zep.graph.node.get(acme.uuid));
  await expectNotFound(zep.graph.episode.delete(source));
  const other = await zep.graph.addFactTriple({
    userId: "g",
    fact: "Gil likes tea",
    factName: "LIKES",
    targetNodeName: "tea",
  });
  await zep.graph.edge.delete(other.edge?.uuid ?? "");
  await expectBadRequest(zep.graph.edge.delete("no-uuid"));
});

test("v2 group: a graph without a user", async () => {
  const group = await zep.group.add({ groupId: "team/a", name: "Team", description: "d" });
  assert.equal(group.groupId, "team/a");
  await expectBadRequest(zep.group.add({ groupId: "team/a" }));
  assert.equal((await zep.group.getGroup("team/a")).name, "Team");
  await expectNotFound(zep.group.getGroup("none"));
  assert.equal((await zep.group.update("team/a", { name: "Crew" })).name, "Crew");
  await expectNotFound(zep.group.update("none", { name: "x" }));
  assert.equal((await zep.group.getAllGroups({ pageNumber: 1, pageSize: 10 })).totalCount, 1);
  await expectBadRequest(zep.group.getAllGroups({ pageSize: 0 }));
  await zep.graph.add({ groupId: "team/a", type: "text", data: "Thanks!" });
  const asked = { groupId: "team/a", fact: "The team meets on Mondays", factName: "MEETS_ON" };
  await expectBadRequest(zep.graph.addFactTriple({ ...asked, targetNodeName: "Monday" }));
  await zep.graph.addFactTriple({ ...asked, sourceNodeName: "The team", targetNodeName: "Monday" });
  assert.equal((await zep.graph.node.getByGroupId("team/a", {})).length, 2);
  assert.equal((await zep.graph.edge.getByGroupId("team/a", {})).length, 1);
  assert.equal((await zep.graph.episode.getByGroupId("team/a")).episodes?.length, 2);
  assert.equal((await zep.group.getFacts("team/a")).facts?.length, 1);
  await expectNotFound(zep.group.getFacts("none"));
  assert.equal((await zep.graph.clone({ sourceGroupId: "team/a" })).groupId?.length, 36);
  assert.deepEqual(await zep.group.delete("team/a"), { message: "OK" });
  await expectNotFound(zep.group.delete("team/a"));
});

test("v3: threads, users and graphs are the same things under other names", async () => {
  const user = await zep3.user.add({
    userId: "v3",
    firstName: "Vic",
    timeZone: "Europe/Paris",
    disableDefaultOntology: true,
  });
  assert.deepEqual([user.timeZone, user.disableDefaultOntology, user.graphUuid], ["Europe/Paris", true, user.uuid]);
  assert.equal((await zep3.user.listOrdered({ search: "vic", orderBy: "user_id", asc: true })).totalCount, 1);
  await zep3.user.warm("v3");
  const thread = await zep3.thread.create({ threadId: "t1", userId: "v3" });
  assert.deepEqual([thread.threadId, thread.userUuid], ["t1", user.uuid]);
  await assert.rejects(zep3.thread.create({ threadId: "t1", userId: "v3" }), V3.BadRequestError);
  const added = await zep3.thread.addMessages("t1", {
    messages: [{ role: "user", name: "Vic", content: "I moved to Porto.", metadata: { nothing: null } }],
    returnContext: true,
  });
  assert.equal(added.messageUuids?.length, 1);
  assert.ok(added.context);
  await zep3.thread.addMessagesBatch("t1", { messages: [{ role: "assistant", content: "Lovely." }] });
  const messages = await zep3.thread.get("t1", { lastn: 1 });
  assert.deepEqual([messages.totalCount, messages.messages?.[0]?.content, messages.userId], [2, "Lovely.", "v3"]);
  assert.equal((await zep3.thread.get("t1")).messages?.[0]?.name, "Vic");
  const got = await fetch(`${environment}/threads/t1`, { headers: { authorization: `Api-Key ${apiKey}` } });
  assert.equal((await got.json()).thread_id, "t1");
  assert.equal((await zep.memory.getSessionMessages("t1")).messages?.[0]?.role, "Vic");
  assert.ok((await zep3.thread.getUserContext("t1")).context);
  assert.equal((await zep3.thread.getEpisodes("t1")).episodes?.length, 2);
  const changed = await zep3.thread.message.update(added.messageUuids?.[0] ?? "", { metadata: { b: 1 } });
  assert.deepEqual(changed.metadata, { nothing: null, b: 1 });
  assert.ok(((await zep3.thread.listAll({ pageSize: 10, orderBy: "created_at", asc: true })).totalCount ?? 0) > 0);
  assert.deepEqual(
    (await zep3.user.getThreads("v3")).map((one) => one.threadId),
    ["t1"],
  );

  const graph = await zep3.graph.create({ graphId: "world", name: "World" });
  assert.equal(graph.graphId, "world");
  assert.equal((await zep3.graph.listAll({ search: "WORLD" })).totalCount, 1);
  assert.equal((await zep3.graph.update("world", { name: "The world" })).name, "The world");
  assert.equal((await zep3.graph.get("world")).name, "The world");
  await zep3.graph.warm("world");
  const stated = await zep3.graph.addFactTriple({
    ...{ graphId: "world", fact: "Lisbon lies in Portugal", factName: "LIES_IN" },
    ...{ sourceNodeName: "Lisbon", sourceNodeLabels: ["City"], targetNodeName: "Portugal" },
  });
  const [lisbon, edge] = [stated.sourceNode?.uuid ?? "", stated.edge?.uuid ?? ""];
  assert.deepEqual(stated.sourceNode?.labels, ["Entity", "City"]);
  assert.equal(stated.edge?.sourceNodeName, "Lisbon");
  await zep3.graph.addNodes({ graphId: "world", nodes: [{ name: "Porto", label: "City" }] });
  const listed = await zep3.graph.node.getByGraphId("world", { limit: 2 }).withRawResponse();
  const cursor = listed.rawResponse.headers.get("zep-next-cursor") ?? "";
  assert.equal(cursor, listed.data[1]?.uuid);
  const rest = await zep3.graph.node.getByGraphId("world", { limit: 2, cursor }).withRawResponse();
  assert.deepEqual([rest.data.length, rest.rawResponse.headers.get("zep-next-cursor")], [1, null]);
  assert.equal((await zep3.graph.node.getByGraphId("world", { filters: { nodeLabels: ["City"] } })).length, 2);
  assert.equal((await zep3.graph.edge.getByGraphId("world", { orderBy: "valid_at" })).length, 1);
  assert.equal((await zep3.graph.episode.getByGraphId("world")).episodes?.length, 2);
  assert.equal((await zep3.graph.node.update(lisbon, { summary: "A city" })).summary, "A city");
  const neighbours = await zep3.graph.node.getNeighbors(lisbon);
  assert.deepEqual([neighbours[0]?.node?.name, neighbours[0]?.edges?.length], ["Portugal", 1]);
  const near = await zep3.graph.getSubgraph({ graphId: "world", seedNodeUuids: [lisbon] });
  assert.deepEqual([near.nodes?.length, near.edges?.length, near.truncated], [2, 1, false]);
  const ends = await zep3.graph.edge.update(edge, { invalidAt: "2199-01-01T00:00:00Z" });
  assert.deepEqual([ends.invalidAt, ends.expiredAt], ["2199-01-01T00:00:00.000Z", undefined], "it still holds");
  const ended = await zep3.graph.edge.update(edge, { invalidAt: "2020-01-01T00:00:00Z" });
  assert.ok(ended.invalidAt && ended.expiredAt);
  const episode = await zep3.graph.add({ graphId: "world", type: "text", data: "x", metadata: { a: 1 } });
  assert.deepEqual((await zep3.graph.episode.update(episode.uuid, { metadata: { b: 2 } })).metadata, { a: 1, b: 2 });
  await assert.rejects(zep3.graph.node.delete((await zep3.user.getNode("v3")).node?.uuid ?? ""), V3.BadRequestError);
  await zep3.graph.node.delete(lisbon);
  await assert.rejects(zep3.graph.edge.get(edge), V3.NotFoundError);
  assert.ok((await zep3.project.get()).project?.name);
  await zep3.graph.delete("world");
  await zep3.thread.delete("t1");
  assert.deepEqual((await zep3.graph.episode.getByUserId("v3")).episodes, []);
  await zep3.user.delete("v3");
  await assert.rejects(zep3.user.get("v3"), V3.NotFoundError);
});

test("the five samples of the users guide, in order, and after the delete nothing is left on any path", async () => {
  const userId = "guide-user";
  const added = await zep.user.add({
    userId,
    email: "user@example.com",
    firstName: "Jane",
    lastName: "Smith",
    metadata: { foo: "bar" },
  });
  assert.deepEqual((await zep.user.get(userId)).uuid, added.uuid);
  assert.equal((await zep.user.update(userId, { firstName: "Janet" })).firstName, "Janet");
  assert.equal((await zep.user.getNode(userId)).node?.name, "Janet Smith");
  const page = await zep.user.listOrdered({ pageNumber: 1, pageSize: 10 });
  assert.equal(page.users?.[0]?.userId, userId);
  await zep.memory.addSession({ sessionId: "guide-session", userId });
  await zep.memory.add("guide-session", {
    messages: [{ roleType: "user", role: "Janet", content: "I play the cello." }],
  });
  const triple = await zep.graph.addFactTriple({
    userId,
    fact: "Janet plays the cello",
    factName: "PLAYS",
    targetNodeName: "cello",
  });
  const [session] = await zep.user.getSessions(userId);
  assert.equal(session?.sessionId, "guide-session");
  const message = (await zep.memory.getSessionMessages("guide-session")).messages?.[0]?.uuid ?? "";
  const node = (await zep.user.getNode(userId)).node?.uuid ?? "";
  const episodes = (await zep.graph.episode.getByUserId(userId)).episodes ?? [];
  assert.equal(episodes.length, 2);

  assert.deepEqual(await zep.user.delete(userId), { message: "OK" });
  await expectNotFound(zep.user.get(userId));
  await expectNotFound(zep.user.getNode(userId));
  await expectNotFound(zep.user.getFacts(userId));
  assert.deepEqual(await zep.user.getSessions(userId), []);
  await expectNotFound(zep.memory.getSession("guide-session"));
  await expectNotFound(zep.memory.get("guide-session"));
  await expectNotFound(zep.memory.getSessionMessages("guide-session"));
  await expectNotFound(zep.memory.getSessionMessage("guide-session", message));
  await expectNotFound(zep.memory.getFact(triple.edge?.uuid ?? ""));
  await expectNotFound(zep.graph.edge.get(triple.edge?.uuid ?? ""));
  await expectNotFound(zep.graph.node.get(node));
  await expectNotFound(zep.graph.node.get(triple.targetNode?.uuid ?? ""));
  for (const { uuid } of episodes) await expectStatus(zep.graph.episode.get(uuid), 404);
  await expectStatus(zep.graph.node.getByUserId(userId, {}), 404);
  await expectStatus(zep.graph.edge.getByUserId(userId, {}), 404);
  await expectStatus(zep.graph.episode.getByUserId(userId), 404);
  await expectStatus(zep.graph.search({ userId, query: "cello" }), 404);
});

test("the published clients have called every operation there is, except those that need a language model", () => {
  const declared = listOperations()
    .filter(({ operation }) => !operation.summary.startsWith("Needs a language model"))
    .map(({ operation }) => `${operation.method} ${operation.path}`);
  assert.deepEqual(
    declared.filter((name) => !ANSWERED_OPERATIONS.has(name)),
    [],
  );
});
