import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import type { Colours } from "#components/graph/colours.ts";
import type { Item } from "#components/graph/layout.ts";
import { listNeighbours, makeLinkKey, type Scene } from "#components/graph/scene.ts";

/** What of a scene stands out. */
export interface Marks {
  selected: string | null;
  /** What the pointer or the keyboard is at. */
  hovered: string | null;
  path: string[];
}

const NOTHING: Marks = { selected: null, hovered: null, path: [] };
/** More neighbours than these are not all named at once. */
const NAMED = 40;

/** How the nodes and lines of a scene look: by kind and standing, and by what is marked. */
export class GraphStyling {
  readonly #colours: Colours;
  #tones: Tones;
  scene: Scene;
  #marks = NOTHING;
  /** The node under the pointer or selected, with its neighbours; null when there is none. */
  #lit: ReadonlySet<string> | null = null;
  #path: ReadonlySet<string> = new Set();

  constructor(colours: Colours, scene: Scene) {
    this.#colours = colours;
    this.#tones = readTones(colours);
    this.scene = scene;
  }

  /** @returns whether anything looks different now. */
  updateMarks(scene: Scene, marks: Marks): boolean {
    if (scene === this.scene && areSameMarks(marks, this.#marks)) return false;
    this.scene = scene;
    this.#marks = marks;
    const at = marks.hovered ?? marks.selected;
    this.#lit = at && scene.nodes.has(at) ? new Set([at, ...listNeighbours(scene, at)]) : null;
    const steps = marks.path.slice(1).map((uuid, index) => makeLinkKey(marks.path[index] ?? uuid, uuid));
    this.#path = new Set(steps);
    return true;
  }

  /** The theme is another one. */
  recolour(): void {
    this.#colours.refresh();
    this.#tones = readTones(this.#colours);
  }

  styleNode(uuid: string, item: Item | undefined, isCentre: boolean): Partial<NodeDisplayData> {
    const node = this.scene.nodes.get(uuid);
    if (!node || !item) return { hidden: true };
    const { selected, hovered, path } = this.#marks;
    const chosen = uuid === selected || uuid === hovered || path.includes(uuid);
    const lit = this.#lit?.has(uuid) ?? false;
    const dimmed = this.#lit !== null && !lit && !chosen;
    const colour = node.standing === "over" ? this.#tones.overNode : this.#colours.readKindColour(item.kind);
    return {
      label: dimmed ? null : item.label,
      color: dimmed ? this.#tones.dimmed : colour,
      size: chosen ? item.size + 2 : item.size,
      forceLabel: chosen || isCentre || (lit && this.#lit !== null && this.#lit.size < NAMED),
      highlighted: uuid === selected || uuid === hovered,
      zIndex: chosen ? 2 : dimmed ? 0 : 1,
    };
  }

  styleLink(key: string): Partial<EdgeDisplayData> {
    const link = this.scene.links.get(key);
    if (!link) return { hidden: true };
    const tones = this.#tones;
    const size = Math.min(4, 0.8 + 0.4 * link.facts.length);
    if (this.#path.has(key)) return { color: tones.river, size: size + 2, zIndex: 3 };
    const at = this.#marks.hovered ?? this.#marks.selected;
    const touched = at !== null && (link.source === at || link.target === at);
    if (this.#lit && !touched) return { color: tones.farLink, size: 0.6, zIndex: 0 };
    if (link.standing === "over") return { color: touched ? tones.overTouched : tones.overLink, size: 0.6, zIndex: 1 };
    return { color: touched ? tones.river : tones.link, size, zIndex: 2 };
  }
}

function areSameMarks(a: Marks, b: Marks): boolean {
  return a.selected === b.selected && a.hovered === b.hovered && a.path.join() === b.path.join();
}

type Tones = ReturnType<typeof readTones>;

/** The colours that do not depend on a kind, worked out once per theme. */
function readTones(colours: Colours) {
  return {
    river: colours.readColour("--river"),
    dimmed: colours.readColour("--hairline"),
    overNode: colours.fadeColour("--ended", 0.55),
    link: colours.fadeColour("--edge", 0.55),
    farLink: colours.fadeColour("--hairline", 0.6),
    overLink: colours.fadeColour("--ended", 0.3),
    overTouched: colours.fadeColour("--ended", 0.8),
  };
}
