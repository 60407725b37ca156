/** How far apart the remembered keys are: the most rows that a jump still has to step over. */
export const MARK_STEP = 500;
/** Up to here stepping over rows is as fast as looking up a mark. */
export const NEAR = 1_000;
/** Keys such as the last activity change without the set of rows changing; their marks are taken anew after this long. */
const GOOD_FOR_MS = 60_000;
/** While people keep coming, marks are taken no more often than this. */
const REST_MS = 10_000;
const MOST_SORTS_REMEMBERED = 200;

export interface Mark {
  key: unknown;
  uuid: string;
}

interface Marks {
  /** The key of every MARK_STEP-th row in ascending order; the first is row MARK_STEP. */
  marks: Mark[];
  version: bigint;
  takenAt: number;
}

const remembered = new Map<string, Marks>();
const underWay = new Set<string>();

/**
 * Where to start reading so that at most MARK_STEP rows are skipped on the way to ascending row number `row` (1-based).
 * The marks of a table are taken in the background when they are missing or out of date, so the first deep jump is slow
 * and later ones are not; a jump made while rows come and go may be off by as many rows as changed meanwhile.
 * @returns null when there are no marks yet.
 */
export function markAtOrBefore(table: string, row: number, version: bigint, take: () => Promise<Mark[]>) {
  const marks = current(table, version, take);
  const index = Math.floor(row / MARK_STEP);
  const mark = marks?.[index - 1];
  return mark ? { mark, row: index * MARK_STEP } : null;
}

/** The same from the other side: the nearest mark at or after `row`. */
export function markAtOrAfter(table: string, row: number, version: bigint, take: () => Promise<Mark[]>) {
  const marks = current(table, version, take);
  const index = Math.ceil(row / MARK_STEP);
  const mark = marks?.[index - 1];
  return mark ? { mark, row: index * MARK_STEP } : null;
}

function current(table: string, version: bigint, take: () => Promise<Mark[]>): Mark[] | undefined {
  const found = remembered.get(table);
  const fresh = found && found.version === version && Date.now() - found.takenAt < GOOD_FOR_MS;
  const rested = !found || Date.now() - found.takenAt > REST_MS;
  if (!fresh && rested && !underWay.has(table)) {
    underWay.add(table);
    take()
      .then((marks) => remember(table, { marks, version, takenAt: Date.now() }))
      .catch(() => undefined)
      .finally(() => underWay.delete(table));
  }
  return found?.marks;
}

function remember(table: string, marks: Marks): void {
  remembered.delete(table);
  remembered.set(table, marks);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_SORTS_REMEMBERED && oldest) remembered.delete(oldest);
}
