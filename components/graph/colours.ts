import { kindColour } from "#components/graph/kinds.ts";

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
  of(property: string): string {
    const known = this.#known.get(property);
    if (known) return known;
    this.#probe.style.color = `var(${property})`;
    const colour = asHex(getComputedStyle(this.#probe).color);
    this.#known.set(property, colour);
    return colour;
  }

  ofKind(kind: string): string {
    const known = this.#known.get(kind);
    if (known) return known;
    const colour = this.of(kindColour(kind));
    this.#known.set(kind, colour);
    return colour;
  }

  /** A colour faded towards the paper: `share` of it is left. */
  faded(property: string, share: number): string {
    const [colour, paper] = [channels(this.of(property)), channels(this.of("--raised"))];
    return hexOf(colour.map((channel, index) => channel * share + (paper[index] ?? 0) * (1 - share)));
  }

  /** Forgets what was read: the theme is another one. */
  refresh(): void {
    this.#known.clear();
  }

  remove(): void {
    this.#probe.remove();
  }
}

function asHex(computed: string): string {
  return hexOf([...computed.matchAll(/[\d.]+/g)].slice(0, 3).map(([number]) => Number(number)));
}

function hexOf(rgb: number[]): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
