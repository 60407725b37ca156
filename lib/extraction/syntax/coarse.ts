/** The number of each tag's coarse part: the universal part of speech before the bar, as in "NOUN|NN". */
export function numberCoarseTags(tags: readonly string[]): Int32Array {
  const coarse = [...new Set(tags.map(takeCoarse))];
  return Int32Array.from(tags, (tag) => coarse.indexOf(takeCoarse(tag)));
}

function takeCoarse(tag: string): string {
  return tag.split("|")[0] ?? tag;
}
