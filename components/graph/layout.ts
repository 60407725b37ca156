import Graph from "graphology";
import { findKind } from "#components/graph/kinds.ts";
import { computePlaces, type Place } from "#components/graph/places.ts";
import { makeLinkKey } from "#components/graph/scene.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

/** How a node looks when nothing is marked, and whether it was put where it is by hand. */
export interface Item {
  label: string;
  kind: string;
  size: number;
  pinned: boolean;
}

/** A node's place as it is kept. */
export interface KeptPlace extends Place {
  uuid: string;
  pinned: boolean;
}

const CENTRE_SIZE = 14;
const LARGEST = 12;

/** The nodes and edges of a view with their places. The renderer draws them, and the layout forces move them. */
export class GraphLayout {
  readonly graph = new Graph({ type: "undirected", multi: false });
  readonly items = new Map<string, Item>();
  view: GraphView;
  /** The nodes that have never come to stand anywhere. */
  readonly unsettled = new Set<string>();

  constructor(view: GraphView) {
    this.view = view;
    this.#fillGraph();
  }

  /** Takes another view of the same graph. What is there already stays where it is. */
  replaceView(view: GraphView): void {
    const nodes = view.nodes.map((node) =>
      this.items.has(node.uuid) ? { ...node, ...this.getPlace(node.uuid), pinned: this.isPinned(node.uuid) } : node,
    );
    this.view = { ...view, nodes };
    this.graph.clear();
    this.items.clear();
    this.#fillGraph();
  }

  /** Puts every node that is not pinned where it would stand on a first visit. */
  resetPlaces(): void {
    const nodes = this.view.nodes.map((node) =>
      this.isPinned(node.uuid)
        ? { ...node, ...this.getPlace(node.uuid), pinned: true }
        : { ...node, x: null, y: null, pinned: false },
    );
    this.view = { ...this.view, nodes };
    for (const [uuid, place] of computePlaces(this.view)) {
      if (!this.#isFixed(uuid)) this.unsettled.add(uuid);
      this.graph.mergeNodeAttributes(uuid, { ...place, fixed: this.#isFixed(uuid) });
    }
  }

  move(uuid: string, { x, y }: Place): void {
    this.graph.mergeNodeAttributes(uuid, { x, y });
  }

  /** Moves a node without telling those who watch the graph, for whoever moves many and tells them once. */
  moveSilently(uuid: string, { x, y }: Place): void {
    Object.assign(this.graph.getNodeAttributes(uuid), { x, y });
  }

  getPlace(uuid: string): Place {
    const { x, y } = this.graph.getNodeAttributes(uuid);
    return { x: Number(x), y: Number(y) };
  }

  toKeptPlaces(uuids: string[]): KeptPlace[] {
    return uuids.map((uuid) => {
      const { x, y } = this.getPlace(uuid);
      return { uuid, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, pinned: this.isPinned(uuid) };
    });
  }

  isPinned(uuid: string): boolean {
    return this.items.get(uuid)?.pinned ?? false;
  }

  /** @returns whether there is such a node. */
  pin(uuid: string, pinned: boolean): boolean {
    const item = this.items.get(uuid);
    if (!item) return false;
    item.pinned = pinned;
    this.graph.setNodeAttribute(uuid, "fixed", this.#isFixed(uuid));
    return true;
  }

  /** A frame with the person in its middle and everything else within its edges. */
  computeFrame(): { x: [number, number]; y: [number, number] } {
    const middle = this.getPlace(this.view.centre);
    let [wide, high] = [1, 1];
    for (const uuid of this.items.keys()) {
      const { x, y } = this.getPlace(uuid);
      wide = Math.max(wide, Math.abs(x - middle.x));
      high = Math.max(high, Math.abs(y - middle.y));
    }
    return { x: [middle.x - wide, middle.x + wide], y: [middle.y - high, middle.y + high] };
  }

  /** The nearest of some nodes in one direction. A node that lies more to the side than ahead does not count. */
  findNodeAhead(from: string, direction: Place, uuids: Iterable<string>): string | null {
    const { x, y } = this.getPlace(from);
    let best: string | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const uuid of uuids) {
      if (uuid === from) continue;
      const there = this.getPlace(uuid);
      const [right, up] = [there.x - x, there.y - y];
      const along = right * direction.x + up * direction.y;
      const across = Math.abs(right * direction.y - up * direction.x);
      if (along <= 0 || across > along) continue;
      const far = along + 2 * across;
      if (far < least) [best, least] = [uuid, far];
    }
    return best;
  }

  #isFixed(uuid: string): boolean {
    return uuid === this.view.centre || this.isPinned(uuid);
  }

  #fillGraph(): void {
    const { centre, facts, nodes } = this.view;
    const places = computePlaces(this.view);
    for (const node of nodes) {
      const size = node.uuid === centre ? CENTRE_SIZE : Math.min(LARGEST, 3.5 + 1.4 * Math.sqrt(node.degree));
      if (node.x === null && !this.#isFixed(node.uuid)) this.unsettled.add(node.uuid);
      this.items.set(node.uuid, { label: node.name, kind: findKind(node), size, pinned: node.pinned });
      // What came to stand somewhere stays there when others join it.
      const fixed = this.#isFixed(node.uuid) || !this.unsettled.has(node.uuid);
      this.graph.addNode(node.uuid, { ...(places.get(node.uuid) ?? { x: 0, y: 0 }), size, fixed });
    }
    for (const uuid of this.unsettled) if (!this.items.has(uuid)) this.unsettled.delete(uuid);
    for (const { source, target } of facts)
      if (source !== target) this.graph.mergeEdgeWithKey(makeLinkKey(source, target), source, target);
  }
}
