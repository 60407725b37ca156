import assert from "node:assert/strict";
import { test } from "node:test";
import { computePlaces } from "#components/graph/places.ts";
import { buildScene, type Choice, partView } from "#components/graph/scene.ts";
import type { GraphView, ViewFact, ViewNode } from "#lib/graph/view/picture/schema.ts";

const parseDay = (iso: string) => Date.parse(iso);

function makeNode(uuid: string, kind: string, degree = 1): ViewNode {
  return {
    uuid,
    name: uuid,
    labels: ["Entity", kind],
    degree,
    since: parseDay("2025-01-01"),
    x: null,
    y: null,
    pinned: false,
  };
}

function makeFact(source: string, name: string, target: string, begun: string, ended: string | null = null): ViewFact {
  const times = { begun: parseDay(begun), isDated: true, ended: ended === null ? null : parseDay(ended) };
  return { uuid: `${source} ${name} ${target}`, source, target, name, fact: `${source} ${name} ${target}`, ...times };
}

const VIEW: GraphView = {
  asked: { limit: 150, open: [], node: null, to: null },
  centre: "jane",
  nodes: [
    makeNode("jane", "User", 4),
    makeNode("acme", "Organization"),
    makeNode("globex", "Organization"),
    makeNode("rex", "Animal"),
    makeNode("bone", "Entity"),
    makeNode("lonely", "Topic", 0),
  ],
  facts: [
    makeFact("jane", "WORKS_AT", "acme", "2025-03-01", "2026-02-01"),
    makeFact("jane", "WORKS_AT", "globex", "2026-02-01"),
    makeFact("jane", "HAS_DOG", "rex", "2025-06-01"),
    makeFact("rex", "LIKES", "bone", "2025-07-01"),
    makeFact("jane", "IS", "jane", "2025-01-01"),
  ],
  total: { nodes: 6, facts: 5 },
  path: [],
  cut: [],
};

const ALL: Choice = {
  kinds: new Set(),
  relations: new Set(),
  hidden: new Set(),
  at: parseDay("2026-11-01"),
  past: true,
  depth: null,
  focus: null,
};

function describeScene(choice: Partial<Choice>): string {
  const { nodes, links } = buildScene(partView(VIEW).known, { ...ALL, ...choice });
  const markOver = (standing: string) => (standing === "over" ? "†" : "");
  const lines = [...links.values()].map(({ source, target, standing }) => `${source}-${target}${markOver(standing)}`);
  return `${[...nodes.values()].map(({ uuid, standing }) => uuid + markOver(standing)).join(" ")} | ${lines.join(" ")}`;
}

test("what ended is there as over, what has not begun is not there, and what is over can be left out", () => {
  assert.equal(describeScene({}), "jane acme† globex rex bone | jane-acme† jane-globex jane-rex rex-bone");
  assert.equal(describeScene({ at: parseDay("2025-12-01") }), "jane acme rex bone | jane-acme jane-rex rex-bone");
  assert.equal(describeScene({ at: parseDay("2024-01-01") }), "jane | ");
  assert.equal(describeScene({ past: false }), "jane globex rex bone | jane-globex jane-rex rex-bone");
});

test("what was only mentioned is told apart from what something is known of", () => {
  const { known, mentioned } = partView(VIEW);
  assert.deepEqual(
    mentioned.map(({ uuid }) => uuid),
    ["lonely"],
  );
  assert.equal(known.nodes.length, VIEW.nodes.length - 1);
  assert.equal(partView(known).known, known);
});

test("a fact ends at the very moment it ends", () => {
  const [before, after] = [parseDay("2026-02-01") - 1, parseDay("2026-02-01")];
  assert.match(describeScene({ at: before }), /jane-acme jane-rex/);
  assert.match(describeScene({ at: after }), /jane-acme† jane-globex/);
});

test("kinds, relations and hidden nodes leave out what they name, never the person", () => {
  assert.equal(describeScene({ kinds: new Set(["Animal"]) }), "jane rex | jane-rex");
  assert.equal(describeScene({ relations: new Set(["HAS_DOG"]) }), "jane rex | jane-rex");
  assert.equal(describeScene({ hidden: new Set(["rex", "jane"]) }), "jane acme† globex | jane-acme† jane-globex");
});

test("so many steps around a node, with the person always in", () => {
  assert.equal(describeScene({ depth: 1, focus: "bone" }), "jane rex bone | jane-rex rex-bone");
  assert.equal(describeScene({ depth: 1 }), "jane acme† globex rex | jane-acme† jane-globex jane-rex");
});

test("the same view gives the same places, no two nodes stand on one spot, and what has a place keeps it", () => {
  const crowd = Array.from({ length: 300 }, (_, index) => makeNode(`n${index}`, index % 3 ? "Person" : "Place"));
  const facts = crowd
    .slice(0, 250)
    .map(({ uuid }, index) => makeFact(index % 2 ? "jane" : "n1", "KNOWS", uuid, "2025-01-01"));
  const view = { ...VIEW, nodes: [makeNode("jane", "User"), ...crowd], facts };
  const places = computePlaces(view);
  assert.equal(places.size, 301);
  assert.deepEqual(places, computePlaces(view));
  assert.deepEqual(places.get("jane"), { x: 0, y: 0 });
  const spots = new Set([...places.values()].map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`));
  assert.equal(spots.size, 301);
  const moved = { ...view, nodes: view.nodes.map((one) => (one.uuid === "n7" ? { ...one, x: 5, y: 6 } : one)) };
  assert.deepEqual(computePlaces(moved).get("n7"), { x: 5, y: 6 });
});
