import Graph from "graphology";
import Sigma from "sigma";
import { animateNodes } from "sigma/utils";
import { arrange, nextTask } from "#components/graph/arrangement.ts";
import type { Camera } from "#components/graph/camera.ts";
import { Colours } from "#components/graph/colours.ts";
import { drawName, drawNamePlate } from "#components/graph/drawing.ts";
import { Ground, type KeptPlace } from "#components/graph/ground.ts";
import { Lines, MANY } from "#components/graph/lines.ts";
import { Looks, type Marks } from "#components/graph/looks.ts";
import type { Place } from "#components/graph/places.ts";
import { neighboursIn, type Scene } from "#components/graph/scene.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

interface PictureOptions {
  camera: Camera | null;
  /** Nothing moves by itself. */
  still: boolean;
  onSelect: (uuid: string | null) => void;
  onLook: (uuid: string | null) => void;
  onCamera: (camera: Camera) => void;
  /** Nodes came to stand elsewhere: by the forces, or by hand. */
  onPlaces: (places: KeptPlace[]) => void;
}

const FLIGHT_MS = 400;
const CLOSE = 0.25;
/** A hand that only clicks moves by so many pixels at most. */
const JITTER = 4;

/** A graph drawn by WebGL. It knows nothing of the page around it: it is told what to show, and tells what is done to it. */
export class Picture {
  readonly #container: HTMLElement;
  readonly #options: PictureOptions;
  readonly #ground: Ground;
  readonly #colours: Colours;
  readonly #looks: Looks;
  readonly #sigma: Sigma;
  #dragged: string | null = null;
  #moved = false;
  #forces = new AbortController();

  /** @throws Error where the browser has no WebGL. */
  constructor(container: HTMLElement, view: GraphView, scene: Scene, options: PictureOptions) {
    this.#container = container;
    this.#options = options;
    this.#ground = new Ground(view);
    this.#colours = new Colours(container);
    this.#looks = new Looks(this.#colours, scene);
    // It starts empty and takes the graph when its frame is known, so that the graph is gone through once.
    this.#sigma = new Sigma(new Graph(), container, {
      ...this.#lettering(),
      ...this.#density(),
      defaultDrawNodeLabel: (context, data, settings) => drawName(context, data, settings, this.#colours),
      defaultDrawNodeHover: (context, data, settings) => drawNamePlate(context, data, settings, this.#colours),
      edgeProgramClasses: { line: Lines },
      labelSize: 12,
      labelRenderedSizeThreshold: 3.5,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      stagePadding: 48,
      // An address tells of no angle, and names are read level.
      enableCameraRotation: false,
      zIndex: true,
      allowInvalidContainer: true,
      zoomDuration: options.still ? 0 : 160,
      inertiaDuration: options.still ? 0 : 200,
      nodeReducer: (uuid, { x, y }) => ({
        x,
        y,
        ...this.#looks.node(uuid, this.#ground.items.get(uuid), this.#isCentre(uuid)),
      }),
      edgeReducer: (key) => this.#looks.link(key),
    });
    this.#sigma.setCustomBBox(this.#ground.frame());
    if (options.camera) this.#sigma.getCamera().setState(options.camera);
    this.#sigma.setGraph(this.#ground.graph);
    this.#listen();
    void this.#settle();
  }

  /** Shows another scene of the same view. */
  show(scene: Scene, marks: Marks): void {
    if (this.#looks.mark(scene, marks)) this.#sigma.refresh({ skipIndexation: true });
  }

  /** Takes in another view of the same graph. What is there already stays where it is. */
  take(view: GraphView, scene: Scene, marks: Marks): void {
    this.#callOff();
    this.#quietly(() => {
      this.#ground.take(view);
      this.#looks.mark(scene, marks);
      this.#sigma.setSettings(this.#density());
    });
    void this.#settle();
  }

  /** Gives every node that is not pinned a place anew. */
  rearrange(): void {
    this.#callOff();
    this.#quietly(() => this.#ground.unsettle());
    void this.#settle();
  }

  /** The theme is another one. */
  recolour(): void {
    this.#looks.recolour();
    this.#sigma.setSettings(this.#lettering());
    this.#sigma.refresh({ skipIndexation: true });
  }

  flyTo(uuid: string): void {
    const shown = this.#sigma.getNodeDisplayData(uuid);
    if (!shown) return;
    const camera = this.#sigma.getCamera();
    this.look({ x: shown.x, y: shown.y, ratio: Math.min(camera.ratio, CLOSE) });
  }

  /** Looks from elsewhere; what is not said stays as it is. */
  look(state: Partial<Camera>): void {
    const camera = this.#sigma.getCamera();
    if (this.#options.still) camera.setState(state);
    else void camera.animate(state, { duration: FLIGHT_MS });
  }

  /** @param factor more than 1 comes closer. */
  zoom(factor: number): void {
    const camera = this.#sigma.getCamera();
    this.look({ ratio: camera.getBoundedRatio(camera.ratio / factor) });
  }

  /** Moves what is in sight by shares of its width and height. */
  pan(right: number, down: number): void {
    const { x, y, ratio } = this.#sigma.getCamera();
    this.look({ x: x + right * ratio, y: y - down * ratio });
  }

  isPinned(uuid: string): boolean {
    return this.#ground.isPinned(uuid);
  }

  pin(uuid: string, pinned: boolean): void {
    if (this.#ground.pin(uuid, pinned)) this.#options.onPlaces(this.#ground.kept([uuid]));
  }

  /** The node that lies in a direction from another one, of what can be seen: a neighbour where there is one. */
  beside(from: string, direction: Place): string | null {
    const { scene } = this.#looks;
    if (!scene.nodes.has(from)) return this.#ground.view.centre;
    return (
      this.#ground.ahead(from, direction, neighboursIn(scene, from)) ??
      this.#ground.ahead(from, direction, scene.nodes.keys())
    );
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

  /** Forces are let loose only on what has no place of its own yet: a second visit lays out nothing. */
  async #settle(): Promise<void> {
    const { unsettled } = this.#ground;
    if (unsettled.size === 0) return;
    const { signal } = this.#forces;
    const places = await arrange(this.#ground.graph, signal);
    if (!places || signal.aborted) return;
    const moved = [...places].filter(([uuid]) => unsettled.has(uuid) && uuid !== this.#dragged);
    const keep = async () => {
      await nextTask();
      this.#options.onPlaces(this.#ground.kept([...places.keys()].filter((uuid) => this.#ground.items.has(uuid))));
    };
    unsettled.clear();
    if (this.#options.still || places.size > MANY) {
      for (const [uuid, place] of moved) this.#ground.moveUnseen(uuid, place);
      const frame = this.#ground.frame();
      await nextTask();
      if (!signal.aborted) {
        this.#sigma.setCustomBBox(frame);
        // Nothing but places changed: nobody's looks are worked out again.
        this.#sigma.refresh({ partialGraph: {} });
      }
      return keep();
    }
    const goals = Object.fromEntries(moved.map(([uuid, { x, y }]) => [uuid, { x, y }]));
    const cancel = animateNodes(this.#ground.graph, goals, { duration: FLIGHT_MS }, () => {
      this.#sigma.setCustomBBox(this.#ground.frame());
      this.#sigma.refresh();
      void keep();
    });
    signal.addEventListener("abort", cancel, { once: true });
  }

  #callOff(): void {
    this.#forces.abort();
    this.#forces = new AbortController();
  }

  /** Changes the ground while nobody looks, so that what is drawn is worked out once. */
  #quietly(change: () => void): void {
    this.#options.onLook(null);
    this.#sigma.setGraph(new Graph());
    change();
    this.#sigma.setCustomBBox(this.#ground.frame());
    this.#sigma.setGraph(this.#ground.graph);
  }

  #listen(): void {
    const { onCamera, onLook, onSelect } = this.#options;
    const sigma = this.#sigma;
    sigma.on("clickNode", ({ node }) => this.#letGo() || onSelect(node));
    sigma.on("clickStage", () => onSelect(null));
    sigma.on("enterNode", ({ node }) => onLook(node));
    sigma.on("leaveNode", () => onLook(null));
    sigma.getCamera().on("updated", ({ x, y, ratio }) => onCamera({ x, y, ratio }));
    // What was left out while the picture moved comes back once the captor knows that it moves no more.
    const moved = () => setTimeout(() => sigma.scheduleRender());
    sigma.getMouseCaptor().on("mouseup", moved);
    sigma.getTouchCaptor().on("touchup", moved);
    this.#letDrag();
  }

  /** A node that is taken hold of follows the pointer, and is pinned where it is let go. */
  #letDrag(): void {
    const sigma = this.#sigma;
    let from: Place = { x: 0, y: 0 };
    sigma.on("downNode", ({ node, event, preventSigmaDefault }) => {
      if (event.original instanceof MouseEvent && event.original.button !== 0) return;
      this.#dragged = node;
      this.#moved = false;
      from = { x: event.x, y: event.y };
      preventSigmaDefault();
    });
    sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (!this.#dragged) return;
      preventSigmaDefault();
      this.#moved ||= Math.hypot(event.x - from.x, event.y - from.y) > JITTER;
      if (this.#moved) this.#ground.move(this.#dragged, sigma.viewportToGraph(event));
    });
    const drop = () => {
      if (this.#dragged && this.#moved) this.pin(this.#dragged, true);
      this.#dragged = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }

  /** @returns whether the click that follows is only the end of a drag. */
  #letGo(): boolean {
    const moved = this.#moved;
    this.#moved = false;
    return moved;
  }

  #isCentre(uuid: string): boolean {
    return uuid === this.#ground.view.centre;
  }

  #lettering() {
    return {
      labelFont: getComputedStyle(this.#container).fontFamily,
      labelColor: { color: this.#colours.of("--ink") },
    };
  }

  #density() {
    const many = this.#ground.items.size > MANY;
    return {
      hideLabelsOnMove: many,
      labelDensity: many ? 1 : 1.5,
      labelGridCellSize: many ? 130 : 70,
    };
  }
}
