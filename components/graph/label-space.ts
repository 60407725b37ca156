import type { Place } from "#components/graph/places.ts";

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A node as it stands on the screen, in pixels. */
export interface Disc extends Place {
  radius: number;
}

/** The side of a cell, in pixels; a name lies in a few of them. */
const CELL = 64;
const GAP = 6;

/** The room for names on the screen: each name goes where it covers no other name and no node. */
export class LabelSpace {
  readonly #cells = new Map<string, Box[]>();
  readonly #placed = new Map<string, Place | null>();

  /** @param discs the nodes in sight, which names keep clear of. */
  constructor(discs: Iterable<Disc>) {
    for (const { x, y, radius } of discs)
      this.#take({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
  }

  /**
   * Finds room for a name beside a node: to the right, to the left, below, above.
   * @returns where its line of text begins, at its baseline, or null where there is none; for the same name the same again.
   */
  placeName(disc: Disc, width: number, size: number): Place | null {
    const key = `${disc.x} ${disc.y} ${width}`;
    const known = this.#placed.get(key);
    if (known !== undefined) return known;
    const place = this.#findPlace(disc, width, size);
    this.#placed.set(key, place);
    return place;
  }

  #findPlace({ x, y, radius }: Disc, width: number, size: number): Place | null {
    const beside = radius + GAP;
    const candidates: Place[] = [
      { x: x + beside, y: y + size / 3 },
      { x: x - beside - width, y: y + size / 3 },
      { x: x - width / 2, y: y + beside + size * 0.7 },
      { x: x - width / 2, y: y - beside },
    ];
    for (const place of candidates) {
      const box = { left: place.x, top: place.y - size * 0.8, right: place.x + width, bottom: place.y + size * 0.25 };
      if (this.#isTaken(box)) continue;
      this.#take(box);
      return place;
    }
    return null;
  }

  #isTaken(box: Box): boolean {
    return listCells(box).some((cell) => this.#cells.get(cell)?.some((other) => haveOverlap(box, other)));
  }

  #take(box: Box): void {
    for (const cell of listCells(box)) {
      const known = this.#cells.get(cell);
      if (known) known.push(box);
      else this.#cells.set(cell, [box]);
    }
  }
}

function haveOverlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function listCells({ left, top, right, bottom }: Box): string[] {
  const cells: string[] = [];
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1)
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) cells.push(`${column} ${row}`);
  return cells;
}
