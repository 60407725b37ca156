/** The items in an order that looks random and is the same for the same seed. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = makeRandom(seed + 1);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (xorshift32). */
export function makeRandom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
