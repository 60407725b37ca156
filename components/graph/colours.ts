import { getKindColour } from "#components/graph/kinds.ts";

/** Reads the theme's colours as a canvas needs them, from the custom properties that the rest of the page uses. */
export class Colours {
  readonly #probe: HTMLElement;
  readonly #known = new Map<string, string>();

  /** @param within an element of the page whose theme counts. */
  constructor(within: HTMLElement) {
    this.#probe = within.ownerDocument.createElement("span");
    this.#probe.hidden = true;
    within.append(this.#probe);
  }

  /** The colour of a custom property, as `#rrggbb`. */
  readColour(property: string): string {
    const known = this.#known.get(property);
    if (known) return known;
    this.#probe.style.color = `var(${property})`;
    const colour = toHex(getComputedStyle(this.#probe).color);
    this.#known.set(property, colour);
    return colour;
  }

  readKindColour(kind: string): string {
    const known = this.#known.get(kind);
    if (known) return known;
    const colour = this.readColour(getKindColour(kind));
    this.#known.set(kind, colour);
    return colour;
  }

  /** A colour mixed with the background: `share` of it is kept. */
  fadeColour(property: string, share: number): string {
    const [colour, paper] = [parseChannels(this.readColour(property)), parseChannels(this.readColour("--raised"))];
    return formatHex(colour.map((channel, index) => channel * share + (paper[index] ?? 0) * (1 - share)));
  }

  /** Forgets what was read: the theme is another one. */
  refresh(): void {
    this.#known.clear();
  }

  remove(): void {
    this.#probe.remove();
  }
}

function toHex(computed: string): string {
  return formatHex([...computed.matchAll(/[\d.]+/g)].slice(0, 3).map(([number]) => Number(number)));
}

function formatHex(rgb: number[]): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

function parseChannels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
