import assert from "node:assert/strict";
import { test } from "node:test";
import { Zep, ZepClient } from "zep-v2";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { runAsOwner } from "#prisma/test-database.ts";

const environment = await openTestApi();
const { key: apiKey } = await makeKey();
const zep = new ZepClient({ apiKey, environment });
const once = { maxRetries: 0 };
const said = { messages: [{ roleType: "user" as const, content: "x" }] };
const triple = { userId: "u", fact: "x", factName: "X", targetNodeName: "y" };
const UUID = "0198f3c0-0000-7000-8000-000000000000";

/** Every call of the v2 client that declares the class for a server's failure (wire contract, 2), which is every one. */
const CALLS: Record<string, () => Promise<unknown>> = {
  "user.add": () => zep.user.add({ userId: "u" }, once),
  "user.get": () => zep.user.get("u", once),
  "user.update": () => zep.user.update("u", {}, once),
  "user.delete": () => zep.user.delete("u", once),
  "user.listOrdered": () => zep.user.listOrdered({}, once),
  "user.getSessions": () => zep.user.getSessions("u", once),
  "user.getNode": () => zep.user.getNode("u", once),
  "user.getFacts": () => zep.user.getFacts("u", once),
  "memory.addSession": () => zep.memory.addSession({ sessionId: "s", userId: "u" }, once),
  "memory.listSessions": () => zep.memory.listSessions({}, once),
  "memory.getSession": () => zep.memory.getSession("s", once),
  "memory.updateSession": () => zep.memory.updateSession("s", { metadata: {} }, once),
  "memory.add": () => zep.memory.add("s", said, once),
  "memory.get": () => zep.memory.get("s", {}, once),
  "memory.delete": () => zep.memory.delete("s", once),
  "memory.getSessionMessages": () => zep.memory.getSessionMessages("s", {}, once),
  "memory.getSessionMessage": () => zep.memory.getSessionMessage("s", UUID, once),
  "memory.updateMessageMetadata": () => zep.memory.updateMessageMetadata("s", UUID, { metadata: {} }, once),
  "memory.search": () => zep.memory.search("s", {}, once),
  "memory.searchSessions": () => zep.memory.searchSessions({ text: "x" }, once),
  "memory.getSessionFacts": () => zep.memory.getSessionFacts("s", {}, once),
  "memory.addSessionFacts": () => zep.memory.addSessionFacts("s", { facts: [] }, once),
  "memory.getSummaries": () => zep.memory.getSummaries("s", once),
  "memory.synthesizeQuestion": () => zep.memory.synthesizeQuestion("s", {}, once),
  "memory.classifySession": () => zep.memory.classifySession("s", { name: "n", classes: ["c"] }, once),
  "memory.extractData": () => zep.memory.extractData("s", { lastN: 1, modelSchema: "{}" }, once),
  "memory.endSession": () => zep.memory.endSession("s", {}, once),
  "memory.endSessions": () => zep.memory.endSessions({ sessionIds: ["s"] }, once),
  "memory.getFact": () => zep.memory.getFact(UUID, once),
  "memory.deleteFact": () => zep.memory.deleteFact(UUID, once),
  "graph.add": () => zep.graph.add({ userId: "u", type: "text", data: "x" }, once),
  "graph.addBatch": () => zep.graph.addBatch({ userId: "u", episodes: [{ type: "text", data: "x" }] }, once),
  "graph.addFactTriple": () => zep.graph.addFactTriple(triple, once),
  "graph.clone": () => zep.graph.clone({ sourceUserId: "u" }, once),
  "graph.search": () => zep.graph.search({ userId: "u", query: "x" }, once),
  "graph.node.getByUserId": () => zep.graph.node.getByUserId("u", {}, once),
  "graph.node.getByGroupId": () => zep.graph.node.getByGroupId("g", {}, once),
  "graph.node.get": () => zep.graph.node.get(UUID, once),
  "graph.node.getEdges": () => zep.graph.node.getEdges(UUID, once),
  "graph.node.getEpisodes": () => zep.graph.node.getEpisodes(UUID, once),
  "graph.edge.getByUserId": () => zep.graph.edge.getByUserId("u", {}, once),
  "graph.edge.getByGroupId": () => zep.graph.edge.getByGroupId("g", {}, once),
  "graph.edge.get": () => zep.graph.edge.get(UUID, once),
  "graph.edge.delete": () => zep.graph.edge.delete(UUID, once),
  "graph.episode.getByUserId": () => zep.graph.episode.getByUserId("u", {}, once),
  "graph.episode.getByGroupId": () => zep.graph.episode.getByGroupId("g", {}, once),
  "graph.episode.get": () => zep.graph.episode.get(UUID, once),
  "graph.episode.delete": () => zep.graph.episode.delete(UUID, once),
  "graph.episode.getNodesAndEdges": () => zep.graph.episode.getNodesAndEdges(UUID, once),
  "graph.listEntityTypes": () => zep.graph.listEntityTypes(once),
  "graph.setEntityTypes": () => zep.graph.setEntityTypesInternal({}, once),
  "group.add": () => zep.group.add({ groupId: "g" }, once),
  "group.getAllGroups": () => zep.group.getAllGroups({}, once),
  "group.getGroup": () => zep.group.getGroup("g", once),
  "group.update": () => zep.group.update("g", {}, once),
  "group.delete": () => zep.group.delete("g", once),
  "group.getFacts": () => zep.group.getFacts("g", once),
};

test("a failure of ours reaches the client as its own class on every call, in words that give nothing away", async () => {
  const { error } = console;
  console.error = () => undefined;
  await runAsOwner("ALTER TABLE api_keys RENAME TO api_keys_away");
  try {
    for (const [name, call] of Object.entries(CALLS)) {
      await assert.rejects(call(), (failure: unknown) => {
        assert.ok(failure instanceof Zep.InternalServerError, name);
        assert.match(
          JSON.stringify(failure.body),
          /^\{"message":"Something went wrong on our side \(\w+\)\."\}$/,
          name,
        );
        return true;
      });
    }
  } finally {
    console.error = error;
    await runAsOwner("ALTER TABLE api_keys_away RENAME TO api_keys");
  }
  assert.deepEqual(await zep.user.getSessions("u", once), []);
});
