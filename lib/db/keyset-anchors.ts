/** How far apart the remembered keys are: the most rows that a jump still has to step over. */
export const ANCHOR_STEP = 500;
/** Up to this row, skipping rows is as fast as using an anchor. */
export const NEAR_ROWS = 1_000;
/** Keys such as the last activity change without changing the number of rows. Anchors are computed again after this time. */
const GOOD_FOR_MS = 60_000;
/** Anchors are computed at most this often, however many people use the table. */
const REST_MS = 10_000;
const MOST_SORTS_REMEMBERED = 200;

export interface KeysetAnchor {
  key: unknown;
  uuid: string;
}

interface AnchorSet {
  /** The key of every ANCHOR_STEP-th row in ascending order; the first is row ANCHOR_STEP. */
  marks: KeysetAnchor[];
  version: bigint;
  takenAt: number;
}

const remembered = new Map<string, AnchorSet>();
const underWay = new Set<string>();

/**
 * Finds where to start reading so that at most ANCHOR_STEP rows are skipped on the way to row `row` (1-based, ascending).
 * Missing or old anchors are computed in the background, so the first jump is slow and later ones are fast. If rows are
 * added or removed meanwhile, a jump may be off by that number of rows.
 * @returns null when there are no anchors yet.
 */
export function findAnchorAtOrBefore(table: string, row: number, version: bigint, take: () => Promise<KeysetAnchor[]>) {
  const marks = getCurrentAnchors(table, version, take);
  const index = Math.floor(row / ANCHOR_STEP);
  const mark = marks?.[index - 1];
  return mark ? { mark, row: index * ANCHOR_STEP } : null;
}

/** The same from the other side: the nearest anchor at or after `row`. */
export function findAnchorAtOrAfter(table: string, row: number, version: bigint, take: () => Promise<KeysetAnchor[]>) {
  const marks = getCurrentAnchors(table, version, take);
  const index = Math.ceil(row / ANCHOR_STEP);
  const mark = marks?.[index - 1];
  return mark ? { mark, row: index * ANCHOR_STEP } : null;
}

function getCurrentAnchors(
  table: string,
  version: bigint,
  take: () => Promise<KeysetAnchor[]>,
): KeysetAnchor[] | undefined {
  const found = remembered.get(table);
  const fresh = found && found.version === version && Date.now() - found.takenAt < GOOD_FOR_MS;
  const rested = !found || Date.now() - found.takenAt > REST_MS;
  if (!fresh && rested && !underWay.has(table)) {
    underWay.add(table);
    take()
      .then((marks) => cacheAnchors(table, { marks, version, takenAt: Date.now() }))
      .catch(() => undefined)
      .finally(() => underWay.delete(table));
  }
  return found?.marks;
}

function cacheAnchors(table: string, marks: AnchorSet): void {
  remembered.delete(table);
  remembered.set(table, marks);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_SORTS_REMEMBERED && oldest) remembered.delete(oldest);
}
