import Graph from "graphology";
import Sigma from "sigma";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import { animateNodes } from "sigma/utils";
import { arrange } from "#components/graph/arrangement.ts";
import { Colours } from "#components/graph/colours.ts";
import { drawName, drawNamePlate } from "#components/graph/drawing.ts";
import { type Place, placesOf } from "#components/graph/places.ts";
import { linkKey, neighboursIn, type Scene } from "#components/graph/scene.ts";
import { type GraphView, kindOf } from "#lib/graph-view/schema.ts";

/** Where one looks from: the middle of the picture in its own measure, and how much of it is in sight. */
export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

/** What of a scene stands out. */
export interface Marks {
  selected: string | null;
  /** What the pointer or the keyboard is at. */
  looked: string | null;
  path: string[];
}

interface PictureOptions {
  camera: Camera | null;
  /** Nothing moves by itself. */
  still: boolean;
  onSelect: (uuid: string | null) => void;
  onLook: (uuid: string | null) => void;
  onCamera: (camera: Camera) => void;
  /** Nodes came to stand elsewhere: by the forces, or by hand. */
  onPlaces: (places: (Place & { uuid: string; pinned: boolean })[]) => void;
}

const NOTHING: Marks = { selected: null, looked: null, path: [] };
/** Past so many nodes edges are left out while the picture moves, lines are plain, and nothing glides to its place. */
const MANY = 500;
const FLIGHT_MS = 400;
const CLOSE = 0.25;

/** How a node looks when nothing is marked, and whether it was put where it is by hand. */
interface Item {
  label: string;
  kind: string;
  size: number;
  pinned: boolean;
}

/** A graph drawn by WebGL. It knows nothing of the page around it: it is told what to show, and tells what is done to it. */
export class Picture {
  readonly #container: HTMLElement;
  readonly #options: PictureOptions;
  /** Who is where. */
  readonly #graph = new Graph({ type: "undirected", multi: false });
  readonly #items = new Map<string, Item>();
  readonly #colours: Colours;
  readonly #sigma: Sigma;
  #view: GraphView;
  #scene: Scene;
  #marks = NOTHING;
  #lit: ReadonlySet<string> | null = null;
  #path: ReadonlySet<string> = new Set();
  #dragged: string | null = null;
  #forces = new AbortController();

  /** @throws Error where the browser has no WebGL. */
  constructor(container: HTMLElement, view: GraphView, scene: Scene, options: PictureOptions) {
    this.#container = container;
    this.#options = options;
    this.#view = view;
    this.#scene = scene;
    this.#colours = new Colours(container);
    this.#fill(view);
    this.#sigma = new Sigma(this.#graph, container, {
      ...this.#lettering(),
      defaultDrawNodeLabel: (context, data, settings) => drawName(context, data, settings, this.#colours),
      defaultDrawNodeHover: (context, data, settings) => drawNamePlate(context, data, settings, this.#colours),
      labelSize: 12,
      labelDensity: 1.5,
      labelGridCellSize: 70,
      labelRenderedSizeThreshold: 3.5,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      stagePadding: 48,
      zIndex: true,
      hideEdgesOnMove: view.nodes.length >= MANY,
      allowInvalidContainer: true,
      zoomDuration: options.still ? 0 : 160,
      inertiaDuration: options.still ? 0 : 200,
      nodeReducer: (uuid) => this.#drawnNode(uuid),
      edgeReducer: (key) => this.#drawnLink(key),
    });
    this.#frame();
    if (options.camera) this.#sigma.getCamera().setState(options.camera);
    this.#listen();
    void this.#settle();
  }

  /** Shows another scene of the same view. */
  show(scene: Scene, marks: Marks): void {
    this.#scene = scene;
    this.#marks = marks;
    const at = marks.looked ?? marks.selected;
    this.#lit = at && scene.nodes.has(at) ? new Set([at, ...neighboursIn(scene, at)]) : null;
    this.#path = new Set(
      marks.path.flatMap((uuid, index) => (index > 0 ? [linkKey(marks.path[index - 1] ?? "", uuid)] : [])),
    );
    this.#sigma.refresh({ skipIndexation: true });
  }

  /** Takes in another view of the same graph. What is there already stays where it is. */
  take(view: GraphView, scene: Scene, marks: Marks): void {
    this.#forces.abort();
    this.#forces = new AbortController();
    const nodes = view.nodes.map((node) =>
      this.#items.has(node.uuid) ? { ...node, ...this.#placeOf(node.uuid), pinned: this.isPinned(node.uuid) } : node,
    );
    this.#view = { ...view, nodes };
    this.#graph.clear();
    this.#items.clear();
    this.#fill(this.#view);
    this.#frame();
    this.#sigma.setSetting("hideEdgesOnMove", view.nodes.length >= MANY);
    this.show(scene, marks);
    this.#sigma.refresh();
    void this.#settle();
  }

  /** The theme is another one. */
  recolour(): void {
    this.#colours.refresh();
    this.#sigma.setSettings(this.#lettering());
    this.#sigma.refresh({ skipIndexation: true });
  }

  flyTo(uuid: string): void {
    const shown = this.#sigma.getNodeDisplayData(uuid);
    if (!shown) return;
    const camera = this.#sigma.getCamera();
    this.#moveTo({ x: shown.x, y: shown.y, ratio: Math.min(camera.ratio, CLOSE) });
  }

  fit(): void {
    this.#moveTo({ x: 0.5, y: 0.5, ratio: 1 });
  }

  /** @param factor more than 1 comes closer. */
  zoom(factor: number): void {
    const camera = this.#sigma.getCamera();
    this.#moveTo({ ratio: camera.getBoundedRatio(camera.ratio / factor) });
  }

  /** Moves what is in sight by shares of its width and height. */
  pan(right: number, down: number): void {
    const { x, y, ratio } = this.#sigma.getCamera();
    this.#moveTo({ x: x + right * ratio, y: y - down * ratio });
  }

  isPinned(uuid: string): boolean {
    return this.#items.get(uuid)?.pinned ?? false;
  }

  pin(uuid: string, pinned: boolean): void {
    const item = this.#items.get(uuid);
    if (!item) return;
    item.pinned = pinned;
    this.#graph.setNodeAttribute(uuid, "fixed", pinned || uuid === this.#view.centre);
    this.#keep([uuid]);
  }

  /** Gives every node that is not pinned a place anew. */
  rearrange(): void {
    this.#forces.abort();
    this.#forces = new AbortController();
    const nodes = this.#view.nodes.map((node) =>
      this.isPinned(node.uuid)
        ? { ...node, ...this.#placeOf(node.uuid), pinned: true }
        : { ...node, x: null, y: null, pinned: false },
    );
    this.#view = { ...this.#view, nodes };
    for (const [uuid, place] of placesOf(this.#view))
      this.#graph.mergeNodeAttributes(uuid, { ...place, fixed: uuid === this.#view.centre || this.isPinned(uuid) });
    this.#frame();
    void this.#settle();
  }

  /** The node that lies in a direction from another one, of what can be seen: a neighbour where there is one. */
  beside(from: string, direction: { x: number; y: number }): string | null {
    if (!this.#scene.nodes.has(from)) return this.#view.centre;
    const { x, y } = this.#placeOf(from);
    const ahead = (uuids: Iterable<string>) => {
      let best: string | null = null;
      let least = Number.POSITIVE_INFINITY;
      for (const uuid of uuids) {
        if (uuid === from) continue;
        const there = this.#placeOf(uuid);
        const [right, up] = [there.x - x, there.y - y];
        const along = right * direction.x + up * direction.y;
        const across = Math.abs(right * direction.y - up * direction.x);
        // What lies more aside than ahead is in another direction.
        if (along <= 0 || across > along) continue;
        const far = along + 2 * across;
        if (far < least) [best, least] = [uuid, far];
      }
      return best;
    };
    return ahead(neighboursIn(this.#scene, from)) ?? ahead(this.#scene.nodes.keys());
  }

  /** What is in sight, as a PNG. */
  async toPng(): Promise<Blob> {
    const { toBlob } = await import("@sigma/export-image");
    return toBlob(this.#sigma, { format: "png", backgroundColor: this.#colours.of("--raised") });
  }

  kill(): void {
    this.#forces.abort();
    this.#sigma.kill();
    this.#colours.remove();
  }

  #fill(view: GraphView): void {
    const places = placesOf(view);
    const placed = view.nodes.some(({ x }) => x !== null);
    for (const node of view.nodes) {
      const fixed = node.pinned || node.uuid === view.centre || (placed && node.x !== null);
      const size = node.uuid === view.centre ? 14 : Math.min(12, 3.5 + 1.4 * Math.sqrt(node.degree));
      this.#items.set(node.uuid, { label: node.name, kind: kindOf(node), size, pinned: node.pinned });
      this.#graph.addNode(node.uuid, { ...(places.get(node.uuid) ?? { x: 0, y: 0 }), size, fixed });
    }
    for (const { source, target } of view.facts)
      if (source !== target) this.#graph.mergeEdgeWithKey(linkKey(source, target), source, target);
  }

  /** Forces are let loose only on what has no place of its own yet: a second visit lays out nothing. */
  async #settle(): Promise<void> {
    const unplaced = new Set(this.#view.nodes.filter(({ x }) => x === null).map(({ uuid }) => uuid));
    unplaced.delete(this.#view.centre);
    if (unplaced.size === 0) return;
    const { signal } = this.#forces;
    const places = await arrange(this.#graph, signal);
    if (!places || signal.aborted) return;
    const moved = new Map([...places].filter(([uuid]) => unplaced.has(uuid) && uuid !== this.#dragged));
    this.#view = { ...this.#view, nodes: this.#view.nodes.map((node) => ({ ...node, ...places.get(node.uuid) })) };
    const done = () => {
      this.#frame();
      this.#keep([...places.keys()]);
    };
    if (this.#options.still || this.#graph.order > MANY) {
      this.#graph.updateEachNodeAttributes((uuid, item) => ({ ...item, ...moved.get(uuid) }));
      return done();
    }
    const cancel = animateNodes(
      this.#graph,
      Object.fromEntries([...moved].map(([uuid, { x, y }]) => [uuid, { x, y }])),
      { duration: FLIGHT_MS },
      done,
    );
    signal.addEventListener("abort", cancel, { once: true });
  }

  #keep(uuids: string[]): void {
    this.#options.onPlaces(
      uuids.map((uuid) => {
        const { x, y } = this.#placeOf(uuid);
        return { uuid, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, pinned: this.isPinned(uuid) };
      }),
    );
  }

  /** The person is in the middle of the picture, and everything else within its edges. */
  #frame(): void {
    const middle = this.#placeOf(this.#view.centre);
    let [wide, high] = [1, 1];
    for (const uuid of this.#items.keys()) {
      const { x, y } = this.#placeOf(uuid);
      wide = Math.max(wide, Math.abs(x - middle.x));
      high = Math.max(high, Math.abs(y - middle.y));
    }
    this.#sigma.setCustomBBox({ x: [middle.x - wide, middle.x + wide], y: [middle.y - high, middle.y + high] });
    this.#sigma.refresh();
  }

  #placeOf(uuid: string): Place {
    const { x, y } = this.#graph.getNodeAttributes(uuid);
    return { x: Number(x), y: Number(y) };
  }

  #moveTo(state: Partial<Camera>): void {
    const camera = this.#sigma.getCamera();
    if (this.#options.still) camera.setState(state);
    else void camera.animate(state, { duration: FLIGHT_MS });
  }

  #listen(): void {
    const { onCamera, onLook, onSelect } = this.#options;
    const sigma = this.#sigma;
    sigma.on("clickNode", ({ node }) => onSelect(node));
    sigma.on("clickStage", () => onSelect(null));
    sigma.on("enterNode", ({ node }) => onLook(node));
    sigma.on("leaveNode", () => onLook(null));
    sigma.getCamera().on("updated", ({ x, y, ratio }) => onCamera({ x, y, ratio }));
    sigma.on("downNode", ({ node, preventSigmaDefault }) => {
      this.#dragged = node;
      preventSigmaDefault();
    });
    let moved = false;
    sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (!this.#dragged) return;
      this.#graph.mergeNodeAttributes(this.#dragged, sigma.viewportToGraph(event));
      moved = true;
      preventSigmaDefault();
    });
    const drop = () => {
      if (this.#dragged && moved) this.pin(this.#dragged, true);
      this.#dragged = null;
      moved = false;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }

  #lettering() {
    return {
      labelFont: getComputedStyle(this.#container).fontFamily,
      labelColor: { color: this.#colours.of("--ink") },
    };
  }

  #drawnNode(uuid: string): Partial<NodeDisplayData> {
    const [node, item] = [this.#scene.nodes.get(uuid), this.#items.get(uuid)];
    if (!node || !item) return { hidden: true };
    const { selected, looked, path } = this.#marks;
    const chosen = uuid === selected || uuid === looked || path.includes(uuid);
    const dimmed = this.#lit !== null && !this.#lit.has(uuid) && !chosen;
    const standing = node.standing === "over" ? this.#colours.faded("--ended", 0.55) : this.#colours.ofKind(item.kind);
    const near = this.#lit !== null && this.#lit.size < 40 && this.#lit.has(uuid);
    return {
      ...this.#placeOf(uuid),
      label: dimmed ? null : item.label,
      color: dimmed ? this.#colours.of("--hairline") : standing,
      size: chosen ? item.size + 2 : item.size,
      forceLabel: chosen || near || uuid === this.#view.centre,
      highlighted: uuid === selected || uuid === looked,
      zIndex: chosen ? 2 : dimmed ? 0 : 1,
    };
  }

  #drawnLink(key: string): Partial<EdgeDisplayData> {
    const link = this.#scene.links.get(key);
    if (!link) return { hidden: true };
    const colours = this.#colours;
    const size = Math.min(4, 0.8 + 0.4 * link.facts.length);
    if (this.#path.has(key)) return { color: colours.of("--river"), size: size + 2, zIndex: 3 };
    const at = this.#marks.looked ?? this.#marks.selected;
    const touched = at !== null && (link.source === at || link.target === at);
    if (this.#lit && !touched) return { color: colours.faded("--hairline", 0.6), size: 0.6, zIndex: 0 };
    if (link.standing === "over") return { color: colours.faded("--ended", touched ? 0.8 : 0.3), size: 0.6, zIndex: 1 };
    return { color: touched ? colours.of("--river") : colours.faded("--edge", 0.55), size, zIndex: 2 };
  }
}
