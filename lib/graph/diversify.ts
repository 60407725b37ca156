/**
 * Maximal marginal relevance (Carbonell and Goldstein, 1998) over words: picks what is relevant and unlike what was
 * picked before. @param lambda 1 weighs relevance alone, 0 novelty alone.
 */
export function diversify<Row extends { score?: number }>(
  rows: Row[],
  textOf: (row: Row) => string,
  lambda: number,
  limit: number,
): Row[] {
  const best = Math.max(...rows.map((row) => row.score ?? 0), Number.MIN_VALUE);
  const left = rows.map((row) => ({
    row,
    words: wordsOf(textOf(row)),
    relevance: (row.score ?? 0) / best,
    likeness: 0,
  }));
  const picked: Row[] = [];
  while (picked.length < limit && left.length > 0) {
    const worth = left.map(({ relevance, likeness }) => lambda * relevance - (1 - lambda) * likeness);
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    if (!next) break;
    picked.push(next.row);
    for (const other of left) other.likeness = Math.max(other.likeness, jaccard(other.words, next.words));
  }
  return picked;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

function jaccard(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
