/**
 * The features of one decision of the tagger or the parser, as 32-bit digests of what they name: the number of their
 * template and up to three values. Two that share a digest share a weight; among a few hundred thousand that is rare.
 */
export class FeatureList {
  readonly keys = new Uint32Array(96);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  add(template: number, a = 0, b = 0, c = 0): void {
    this.keys[this.length] = mixDigest(template, a, b, c);
    this.length += 1;
  }
}

/** Never 0, which stands for an empty place in a table of weights. */
function mixDigest(template: number, a: number, b: number, c: number): number {
  let digest = Math.imul(template + 1, 0x9e3779b1);
  digest = Math.imul(digest ^ a, 0x85ebca6b);
  digest ^= digest >>> 13;
  digest = Math.imul(digest ^ b, 0xc2b2ae35);
  digest ^= digest >>> 16;
  digest = Math.imul(digest ^ c, 0x27d4eb2f);
  digest ^= digest >>> 15;
  return digest >>> 0 || 1;
}

/** FNV-1a over the UTF-16 units of a text. */
export function digestText(text: string): number {
  let digest = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) digest = Math.imul(digest ^ text.charCodeAt(index), 0x01000193);
  return digest >>> 0;
}

/** Weighs the features of a decision: the sum of their weights for each class, written to `scores`. */
export interface Scorer {
  score(features: FeatureList, scores: Float32Array): void;
}
