import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { keepPlaces, recordExport } from "#lib/graph/view/picture/mutations.ts";
import { findNodes, getGraphView, getNodeCard } from "#lib/graph/view/picture/queries.ts";
import { MOST_OPENED } from "#lib/graph/view/picture/terms.ts";
import { makeActor, makeGraph, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

async function makeView(size: number) {
  const actor = await makeActor();
  const { uuid: user } = await makeUser(actor, { firstName: "Jane" });
  const nodes = await makeGraph(actor, user, size);
  const asked = { user, limit: 50, open: [], node: null, to: null };
  return { actor, user, nodes, asked, at: (index: number) => nodes[index] ?? "" };
}

test("a view has the person first, the best connected next, at most as many as asked for, and every fact between them", async () => {
  const { actor, user, asked, nodes } = await makeView(200);
  const view = await getGraphView(actor, asked);
  assert.deepEqual([view.nodes.length, view.nodes[0]?.uuid], [50, user]);
  assert.deepEqual(view.total, { nodes: 201, facts: 199 });
  const shown = new Set(view.nodes.map(({ uuid }) => uuid));
  assert.ok(view.facts.every(({ source, target }) => shown.has(source) && shown.has(target)));
  assert.equal(view.facts.length, 49, "the best connected all have a fact with the person");
  const all = await getGraphView(actor, { ...asked, limit: 500 });
  assert.equal(all.nodes.length, 201);
  assert.equal(all.facts.length, 199);
  assert.equal(all.nodes.find(({ uuid }) => uuid === nodes.at(-1))?.degree, 0, "isolated nodes are there too");
});

test("what is selected, opened or on a path is there, however little it has to do with anything", async () => {
  const { actor, user, asked, at } = await makeView(200);
  const includesNode = (view: Awaited<ReturnType<typeof getGraphView>>, uuid: string) =>
    view.nodes.some((one) => one.uuid === uuid);
  const far = at(190);
  assert.equal(includesNode(await getGraphView(actor, asked), far), false);
  assert.equal(includesNode(await getGraphView(actor, { ...asked, node: far }), far), true);
  assert.equal(includesNode(await getGraphView(actor, { ...asked, open: [at(90)] }), far), true);
  const path = await getGraphView(actor, { ...asked, node: far, to: at(191) });
  assert.deepEqual(path.path, [far, at(90), user, at(91), at(191)]);
  assert.ok(path.path.every((uuid) => includesNode(path, uuid)));
  const none = await getGraphView(actor, { ...asked, node: far, to: at(199) });
  assert.deepEqual(none.path, []);
});

test("opening a node with very many neighbours adds the best connected and says that there are more", async () => {
  const { actor, user, asked } = await makeView(300);
  const view = await getGraphView(actor, { ...asked, open: [user] });
  assert.deepEqual(view.cut, [user]);
  assert.equal(view.nodes.length, MOST_OPENED + 1);
});

test("a fact without a beginning begins when it was first said, and an end is told", async () => {
  const { actor, user, asked, at } = await makeView(4);
  const key = { projectUuid: actor.projectUuid, graphUuid: user };
  const ended = new Date("2026-02-01T00:00:00Z");
  await db().edge.updateMany({ where: { ...key, targetUuid: at(0) }, data: { invalidAt: ended } });
  const said = new Date("2024-05-06T00:00:00Z");
  const episode = await db().episode.create({
    data: { ...key, source: "text", content: "They met.", createdAt: said },
  });
  const edge = await db().edge.findFirstOrThrow({ where: { ...key, targetUuid: at(1) } });
  await db().edge.updateMany({ where: { ...key, uuid: edge.uuid }, data: { validAt: null } });
  const { sourceUuid, targetUuid, name, fact, slot } = edge;
  const claim = { ...key, uuid: edge.uuid, episodeUuid: episode.uuid, edgeUuid: edge.uuid, identity: edge.uuid };
  await db().claim.create({ data: { ...claim, sourceUuid, targetUuid, name, fact, slot, extractor: "rules" } });
  const { facts } = await getGraphView(actor, asked);
  const findFact = (target: string) => facts.find((one) => one.target === target);
  assert.equal(findFact(at(0))?.ended, ended.getTime());
  assert.equal(findFact(at(1))?.begun, said.getTime());
});

test("places are kept for whoever looks next, belong to nodes of that graph alone, and go with the node", async () => {
  const { actor, user, asked, at } = await makeView(6);
  const stranger = (await makeView(2)).at(0);
  const place = { x: 1.5, y: -2.5, pinned: true };
  await keepPlaces(actor, { user, places: [at(0), at(1), stranger].map((uuid) => ({ uuid, ...place })) });
  await keepPlaces(actor, { user, places: [{ uuid: at(1), x: 9, y: 9, pinned: false }] });
  const { nodes } = await getGraphView(actor, asked);
  const findFact = (wanted: string) =>
    nodes.filter(({ uuid }) => uuid === wanted).map(({ x, y, pinned }) => ({ x, y, pinned }));
  assert.deepEqual(findFact(at(0)), [place]);
  assert.deepEqual(findFact(at(1)), [{ x: 9, y: 9, pinned: false }]);
  assert.equal(await db().nodePlace.count({ where: { nodeUuid: stranger } }), 0);
  await db().node.delete({ where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid: at(0) } } });
  assert.equal(await db().nodePlace.count({ where: { graphUuid: user } }), 1);
});

test("nodes are found by any part of any name they go by, whatever its case", async () => {
  const { actor, user, at } = await makeView(12);
  const key = { projectUuid: actor.projectUuid, graphUuid: user };
  await db().nodeName.create({ data: { ...key, key: "zoe lukas", nodeUuid: at(3) } });
  const findNames = async (text: string) => (await findNodes(actor, { user, text })).map(({ name }) => name);
  assert.deepEqual(await findNames("NODE 1"), ["Node 1", "Node 10", "Node 11", "Node 12"]);
  assert.deepEqual(await findNames("LUK"), ["Node 4"]);
  assert.deepEqual(await findNames("%"), []);
  const card = await getNodeCard(actor, { user, node: at(3) });
  assert.deepEqual(card.names, ["zoe lukas"]);
});

test("another project's graph is not there, a viewer sees none, and only who may export does so, on record", async () => {
  const { actor, user, asked, at } = await makeView(3);
  const stranger = await makeActor();
  await assert.rejects(getGraphView(stranger, asked), { code: "not_found" });
  await assert.rejects(getNodeCard(stranger, { user, node: at(0) }), { code: "not_found" });
  assert.deepEqual(await findNodes(stranger, { user, text: "Node" }), []);
  await assert.rejects(getGraphView(await makeActor("viewer"), asked), { code: "forbidden" });
  await assert.rejects(recordExport(await makeActor("support"), { user, nodes: 3, facts: 2 }), { code: "forbidden" });
  await recordExport(actor, { user, nodes: 3, facts: 2 });
  const event = await db().auditEvent.findFirstOrThrow({ where: { action: "graph.exported" } });
  assert.deepEqual(event.data, { nodes: 3, facts: 2 });
});
