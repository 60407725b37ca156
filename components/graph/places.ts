import { findKind } from "#components/graph/kinds.ts";
import type { GraphView, ViewNode } from "#lib/graph/view/picture/schema.ts";

export interface Place {
  x: number;
  y: number;
}

/** How far the innermost ring is from the centre, one ring from the next, and two nodes of a ring from each other. */
const INNER = 100;
const BETWEEN_RINGS = 55;
const BETWEEN_NODES = 42;
/** How far from the node it hangs on a node of the second rank stands. */
const BESIDE = 60;
/** The golden angle: its multiples never coincide, so nodes placed by it do not overlap. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * The place of every node of a view before any force moves it: the person in the middle, around them the nodes they have
 * facts with, grouped by kind with the best connected closest, and behind each the nodes known only through it. A node that
 * has a place keeps it. The same view gives the same places.
 */
export function computePlaces(view: GraphView): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { uuid, x, y } of view.nodes) if (x !== null && y !== null) places.set(uuid, { x, y });
  if (!places.has(view.centre)) places.set(view.centre, { x: 0, y: 0 });
  const next = mapNeighbours(view);
  if (places.size === 1) placeAround(view, next.get(view.centre) ?? new Set(), places);
  placeBeside(view, next, places);
  return places;
}

/** Rings around the centre, in which each kind has a sector as wide as it is numerous. */
function placeAround(view: GraphView, close: ReadonlySet<string>, places: Map<string, Place>): void {
  const kinds = Map.groupBy(
    view.nodes.filter(({ uuid }) => uuid !== view.centre && close.has(uuid)),
    findKind,
  );
  const inOrder = [...kinds]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, nodes]) => nodes.toSorted(compareByDegree));
  const total = inOrder.reduce((sum, nodes) => sum + nodes.length, 0);
  let start = -Math.PI / 2;
  for (const nodes of inOrder) {
    const width = (nodes.length / total) * 2 * Math.PI;
    placeInSector(nodes, start, width, places);
    start += width;
  }
}

function placeInSector(nodes: ViewNode[], start: number, width: number, places: Map<string, Place>): void {
  let placed = 0;
  for (let ring = 0; placed < nodes.length; ring += 1) {
    const radius = INNER + ring * BETWEEN_RINGS;
    const room = Math.max(1, Math.floor((radius * width) / BETWEEN_NODES));
    const here = nodes.slice(placed, placed + room);
    for (const [index, { uuid }] of here.entries()) {
      const angle = start + ((index + 0.5) / here.length) * width;
      places.set(uuid, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    }
    placed += here.length;
  }
}

/**
 * A node without a place is put beside a neighbour that has one, starting from the centre. A node without such a neighbour
 * is put below the picture.
 */
function placeBeside(view: GraphView, next: Map<string, Set<string>>, places: Map<string, Place>): void {
  let queue = [...places.keys()];
  const hanging = new Map<string, number>();
  while (queue.length > 0) {
    const reached: string[] = [];
    for (const parent of queue) {
      const at = places.get(parent) ?? { x: 0, y: 0 };
      const outward = Math.atan2(at.y, at.x);
      for (const uuid of next.get(parent) ?? []) {
        if (places.has(uuid)) continue;
        const count = hanging.get(parent) ?? 0;
        hanging.set(parent, count + 1);
        const distance = BESIDE * Math.sqrt(1 + count / 3);
        const angle = outward + count * GOLDEN;
        places.set(uuid, { x: at.x + distance * Math.cos(angle), y: at.y + distance * Math.sin(angle) });
        reached.push(uuid);
      }
    }
    queue = reached;
  }
  const loose = view.nodes.filter(({ uuid }) => !places.has(uuid)).toSorted(compareByDegree);
  const below = loose.length === 0 ? 0 : Math.max(...[...places.values()].map(({ y }) => Math.abs(y))) + BESIDE;
  const columns = Math.max(8, Math.ceil(Math.sqrt(loose.length)));
  for (const [index, { uuid }] of loose.entries()) {
    const column = (index % columns) - (columns - 1) / 2;
    places.set(uuid, { x: column * BETWEEN_NODES, y: -below - Math.floor(index / columns) * BETWEEN_NODES });
  }
}

function mapNeighbours({ facts }: GraphView): Map<string, Set<string>> {
  const next = new Map<string, Set<string>>();
  const addNeighbour = (from: string, to: string) => {
    const known = next.get(from);
    if (known) known.add(to);
    else next.set(from, new Set([to]));
  };
  for (const { source, target } of facts) {
    if (source === target) continue;
    addNeighbour(source, target);
    addNeighbour(target, source);
  }
  return next;
}

function compareByDegree(a: ViewNode, b: ViewNode): number {
  return b.degree - a.degree || (a.uuid < b.uuid ? -1 : 1);
}
