/** Okapi BM25's saturation and its weight of length (Robertson and Zaragoza, 2009). */
const K1 = 1.2;
const LENGTH_WEIGHT = 0.75;

/** How rare a word is among so many texts, of which some have it. */
export function weighRarity(texts: number, having: number): number {
  const others = Math.max(0, texts - having);
  return Math.log(1 + (others + 0.5) / (having + 0.5));
}

/**
 * What a word adds to the score of a text by how often it is there.
 * @param length of the text, in parts of the usual length.
 */
export function weighFrequency(times: number, length: number, lengthWeight = LENGTH_WEIGHT): number {
  return (times * (K1 + 1)) / (times + K1 * (1 - lengthWeight + lengthWeight * length));
}
