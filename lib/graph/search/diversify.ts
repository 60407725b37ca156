/**
 * Maximal marginal relevance (Carbonell and Goldstein, 1998): picks what is relevant and unlike what was picked before.
 * How alike two rows are is told by their vectors, each of length 1, where both have one, and by their words otherwise.
 * @param lambda 1 weighs relevance alone, 0 novelty alone.
 */
export function diversifyRows<Row extends { uuid: string; score?: number }>(
  rows: Row[],
  textOf: (row: Row) => string,
  vectors: ReadonlyMap<string, readonly number[]>,
  lambda: number,
  limit: number,
): Row[] {
  const best = Math.max(...rows.map((row) => row.score ?? 0), Number.MIN_VALUE);
  const left = rows.map((row) => ({
    row,
    words: extractWords(textOf(row)),
    vector: vectors.get(row.uuid),
    relevance: (row.score ?? 0) / best,
    likeness: 0,
  }));
  const picked: Row[] = [];
  while (picked.length < limit && left.length > 0) {
    const worth = left.map(({ relevance, likeness }) => lambda * relevance - (1 - lambda) * likeness);
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    if (!next) break;
    picked.push(next.row);
    for (const other of left) other.likeness = Math.max(other.likeness, measureLikeness(other, next));
  }
  return picked;
}

interface Compared {
  words: Set<string>;
  vector: readonly number[] | undefined;
}

function measureLikeness(a: Compared, b: Compared): number {
  return a.vector && b.vector ? multiplyVectors(a.vector, b.vector) : measureOverlap(a.words, b.words);
}

/** The cosine of two vectors of length 1. */
function multiplyVectors(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, number, index) => sum + number * (b[index] ?? 0), 0);
}

function extractWords(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

function measureOverlap(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
