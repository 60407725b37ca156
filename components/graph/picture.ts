import Graph from "graphology";
import Sigma from "sigma";
import { animateNodes } from "sigma/utils";
import { arrangeNodes, waitForNextTask } from "#components/graph/arrangement.ts";
import type { Camera } from "#components/graph/camera.ts";
import { Colours } from "#components/graph/colours.ts";
import { drawName, drawNamePlate } from "#components/graph/drawing.ts";
import { EdgeProgram, MANY } from "#components/graph/edge-program.ts";
import { type Disc, LabelSpace } from "#components/graph/label-space.ts";
import { GraphLayout, type KeptPlace } from "#components/graph/layout.ts";
import type { Place } from "#components/graph/places.ts";
import { listNeighbours, type Scene } from "#components/graph/scene.ts";
import { GraphStyling, type Marks } from "#components/graph/styling.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

interface PictureOptions {
  camera: Camera | null;
  /** Nothing moves by itself. */
  still: boolean;
  onSelect: (uuid: string | null) => void;
  onHover: (uuid: string | null) => void;
  onCamera: (camera: Camera) => void;
  /** Nodes came to stand elsewhere: by the forces, or by hand. */
  onPlaces: (places: KeptPlace[]) => void;
}

const FLIGHT_MS = 400;
const CLOSE = 0.25;
/** Names keep clear of at most so many nodes. */
const MOST_CLEAR = 600;
/** A hand that only clicks moves by so many pixels at most. */
const JITTER = 4;

/**
 * A graph drawn with WebGL. It does not depend on the page: methods say what to show, and callbacks report what the person
 * does.
 */
export class Picture {
  readonly #container: HTMLElement;
  readonly #options: PictureOptions;
  readonly #layout: GraphLayout;
  readonly #colours: Colours;
  readonly #styling: GraphStyling;
  readonly #sigma: Sigma;
  #dragged: string | null = null;
  #moved = false;
  /** The room for names in the frame that is being drawn. */
  #room: LabelSpace | null = null;
  #forces = new AbortController();

  /** @throws Error where the browser has no WebGL. */
  constructor(container: HTMLElement, view: GraphView, scene: Scene, options: PictureOptions) {
    this.#container = container;
    this.#options = options;
    this.#layout = new GraphLayout(view);
    this.#colours = new Colours(container);
    this.#styling = new GraphStyling(this.#colours, scene);
    // Sigma starts with an empty graph and gets the real one once the frame is set, so that it indexes the graph only once.
    this.#sigma = new Sigma(new Graph(), container, {
      ...this.#readLettering(),
      ...this.#chooseDensity(),
      defaultDrawNodeLabel: (context, data, settings) =>
        drawName(context, data, settings, { colours: this.#colours, room: this.#findRoom() }),
      defaultDrawNodeHover: (context, data, settings) => drawNamePlate(context, data, settings, this.#colours),
      edgeProgramClasses: { line: EdgeProgram },
      labelSize: 12,
      labelRenderedSizeThreshold: 3.5,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      stagePadding: 48,
      // The URL holds no angle, and names must stay horizontal to be readable.
      enableCameraRotation: false,
      zIndex: true,
      allowInvalidContainer: true,
      zoomDuration: options.still ? 0 : 160,
      inertiaDuration: options.still ? 0 : 200,
      nodeReducer: (uuid, { x, y }) => ({
        x,
        y,
        ...this.#styling.styleNode(uuid, this.#layout.items.get(uuid), this.#isCentre(uuid)),
      }),
      edgeReducer: (key) => this.#styling.styleLink(key),
    });
    this.#sigma.setCustomBBox(this.#layout.computeFrame());
    if (options.camera) this.#sigma.getCamera().setState(options.camera);
    this.#sigma.setGraph(this.#layout.graph);
    this.#listenToSigma();
    void this.#runForces();
  }

  /** Shows another scene of the same view. */
  show(scene: Scene, marks: Marks): void {
    if (this.#styling.updateMarks(scene, marks)) this.#sigma.refresh({ skipIndexation: true });
  }

  /** Takes in another view of the same graph. What is there already stays where it is. */
  replaceView(view: GraphView, scene: Scene, marks: Marks): void {
    this.#cancelForces();
    this.#changeUnseen(() => {
      this.#layout.replaceView(view);
      this.#styling.updateMarks(scene, marks);
      this.#sigma.setSettings(this.#chooseDensity());
    });
    void this.#runForces();
  }

  /** Gives every node that is not pinned a place anew. */
  rearrange(): void {
    this.#cancelForces();
    this.#changeUnseen(() => this.#layout.resetPlaces());
    void this.#runForces();
  }

  /** The theme is another one. */
  recolour(): void {
    this.#styling.recolour();
    this.#sigma.setSettings(this.#readLettering());
    this.#sigma.refresh({ skipIndexation: true });
  }

  flyTo(uuid: string): void {
    const shown = this.#sigma.getNodeDisplayData(uuid);
    if (!shown) return;
    const camera = this.#sigma.getCamera();
    this.moveCamera({ x: shown.x, y: shown.y, ratio: Math.min(camera.ratio, CLOSE) });
  }

  /** Moves the camera. Values that are not given stay as they are. */
  moveCamera(state: Partial<Camera>): void {
    const camera = this.#sigma.getCamera();
    if (this.#options.still) camera.setState(state);
    else void camera.animate(state, { duration: FLIGHT_MS });
  }

  /** @param factor more than 1 comes closer. */
  zoom(factor: number): void {
    const camera = this.#sigma.getCamera();
    this.moveCamera({ ratio: camera.getBoundedRatio(camera.ratio / factor) });
  }

  /** Moves what is in sight by shares of its width and height. */
  pan(right: number, down: number): void {
    const { x, y, ratio } = this.#sigma.getCamera();
    this.moveCamera({ x: x + right * ratio, y: y - down * ratio });
  }

  isPinned(uuid: string): boolean {
    return this.#layout.isPinned(uuid);
  }

  pin(uuid: string, pinned: boolean): void {
    if (this.#layout.pin(uuid, pinned)) this.#options.onPlaces(this.#layout.toKeptPlaces([uuid]));
  }

  /** The node that lies in a direction from another one, of what can be seen: a neighbour where there is one. */
  findNodeBeside(from: string, direction: Place): string | null {
    const { scene } = this.#styling;
    if (!scene.nodes.has(from)) return this.#layout.view.centre;
    return (
      this.#layout.findNodeAhead(from, direction, listNeighbours(scene, from)) ??
      this.#layout.findNodeAhead(from, direction, scene.nodes.keys())
    );
  }

  /** What is in sight, as a PNG. */
  async toPng(): Promise<Blob> {
    const { toBlob } = await import("@sigma/export-image");
    return toBlob(this.#sigma, { format: "png", backgroundColor: this.#colours.readColour("--raised") });
  }

  kill(): void {
    this.#forces.abort();
    this.#sigma.kill();
    this.#colours.remove();
  }

  /** Runs the layout forces only when some node has no place yet, so that a second visit computes no layout. */
  async #runForces(): Promise<void> {
    const { unsettled } = this.#layout;
    if (unsettled.size === 0) return;
    const { signal } = this.#forces;
    const places = await arrangeNodes(this.#layout.graph, signal);
    if (!places || signal.aborted) return;
    const moved = [...places].filter(([uuid]) => unsettled.has(uuid) && uuid !== this.#dragged);
    const keepPlaces = async () => {
      await waitForNextTask();
      this.#options.onPlaces(
        this.#layout.toKeptPlaces([...places.keys()].filter((uuid) => this.#layout.items.has(uuid))),
      );
    };
    unsettled.clear();
    if (this.#options.still || places.size > MANY) {
      for (const [uuid, place] of moved) this.#layout.moveSilently(uuid, place);
      const frame = this.#layout.computeFrame();
      await waitForNextTask();
      if (!signal.aborted) {
        this.#sigma.setCustomBBox(frame);
        // Only places have changed, so no node has to be styled again.
        this.#sigma.refresh({ partialGraph: {} });
      }
      return keepPlaces();
    }
    const goals = Object.fromEntries(moved.map(([uuid, { x, y }]) => [uuid, { x, y }]));
    const cancel = animateNodes(this.#layout.graph, goals, { duration: FLIGHT_MS }, () => {
      this.#sigma.setCustomBBox(this.#layout.computeFrame());
      this.#sigma.refresh();
      void keepPlaces();
    });
    signal.addEventListener("abort", cancel, { once: true });
  }

  #cancelForces(): void {
    this.#forces.abort();
    this.#forces = new AbortController();
  }

  /** Changes the layout while Sigma holds an empty graph, so that everything is computed only once. */
  #changeUnseen(change: () => void): void {
    this.#options.onHover(null);
    this.#sigma.setGraph(new Graph());
    change();
    this.#sigma.setCustomBBox(this.#layout.computeFrame());
    this.#sigma.setGraph(this.#layout.graph);
  }

  /** Of very many nodes names may cover some. */
  #findRoom(): LabelSpace {
    const { nodes } = this.#styling.scene;
    this.#room ??= new LabelSpace(
      nodes.size > MOST_CLEAR ? [] : [...nodes.keys()].flatMap((uuid) => this.#findDisc(uuid)),
    );
    return this.#room;
  }

  #findDisc(uuid: string): Disc[] {
    const shown = this.#sigma.getNodeDisplayData(uuid);
    if (!shown || shown.hidden) return [];
    return [{ ...this.#sigma.framedGraphToViewport(shown), radius: this.#sigma.scaleSize(shown.size) }];
  }

  #listenToSigma(): void {
    const { onCamera, onHover, onSelect } = this.#options;
    const sigma = this.#sigma;
    sigma.on("beforeRender", () => {
      this.#room = null;
    });
    sigma.on("clickNode", ({ node }) => this.#endDrag() || onSelect(node));
    sigma.on("clickStage", () => onSelect(null));
    sigma.on("enterNode", ({ node }) => onHover(node));
    sigma.on("leaveNode", () => onHover(null));
    sigma.getCamera().on("updated", ({ x, y, ratio }) => onCamera({ x, y, ratio }));
    // What was left out while the picture moved comes back once the captor knows that it moves no more.
    const scheduleRender = () => setTimeout(() => sigma.scheduleRender());
    sigma.getMouseCaptor().on("mouseup", scheduleRender);
    sigma.getTouchCaptor().on("touchup", scheduleRender);
    this.#enableDragging();
  }

  /** A node that is taken hold of follows the pointer, and is pinned where it is let go. */
  #enableDragging(): void {
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
      if (this.#moved) this.#layout.move(this.#dragged, sigma.viewportToGraph(event));
    });
    const dropNode = () => {
      if (this.#dragged && this.#moved) this.pin(this.#dragged, true);
      this.#dragged = null;
    };
    sigma.on("upNode", dropNode);
    sigma.on("upStage", dropNode);
  }

  /** @returns whether the click that follows is only the end of a drag. */
  #endDrag(): boolean {
    const moved = this.#moved;
    this.#moved = false;
    return moved;
  }

  #isCentre(uuid: string): boolean {
    return uuid === this.#layout.view.centre;
  }

  #readLettering() {
    return {
      labelFont: getComputedStyle(this.#container).fontFamily,
      labelColor: { color: this.#colours.readColour("--ink") },
    };
  }

  #chooseDensity() {
    const many = this.#layout.items.size > MANY;
    return {
      hideLabelsOnMove: many,
      labelDensity: many ? 1 : 1.5,
      labelGridCellSize: many ? 130 : 70,
    };
  }
}
