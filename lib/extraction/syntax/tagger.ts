import { FeatureList, type Scorer } from "#lib/extraction/syntax/features.ts";
import type { WordForm } from "#lib/extraction/syntax/words.ts";

/** Beyond the ends of a sentence. */
const EDGE: WordForm = { text: "", lower: 1, shape: 1, prefixes: [1, 1, 1], suffixes: [1, 1, 1, 1] };
const NO_TAG = -1;

/** Writes what tells the tag of a word: itself, its neighbours, and the tags of the two words before. */
export function listTagFeatures(
  words: readonly WordForm[],
  at: number,
  before: number,
  twoBefore: number,
  list: FeatureList,
): void {
  const word = words[at] ?? EDGE;
  const left = words[at - 1] ?? EDGE;
  const right = words[at + 1] ?? EDGE;
  const [leftmost, rightmost] = [words[at - 2] ?? EDGE, words[at + 2] ?? EDGE];
  list.clear();
  list.add(0);
  list.add(1, word.lower);
  list.add(2, word.shape, at === 0 ? 1 : 0);
  for (let size = 0; size < 4; size += 1) list.add(3 + size, word.suffixes[size]);
  for (let size = 0; size < 3; size += 1) list.add(7 + size, word.prefixes[size]);
  list.add(10, left.lower);
  list.add(11, right.lower);
  list.add(12, leftmost.lower);
  list.add(13, rightmost.lower);
  list.add(14, before);
  list.add(15, before, twoBefore);
  list.add(16, before, word.lower);
  list.add(17, left.lower, word.lower);
  list.add(18, word.lower, right.lower);
  list.add(19, left.suffixes[2]);
  list.add(20, right.suffixes[2]);
  list.add(21, right.suffixes[1], word.suffixes[2]);
  list.add(22, before, word.suffixes[2], right.suffixes[2]);
  list.add(23, left.lower, right.lower);
  list.add(24, right.shape);
  list.add(25, left.shape, word.shape);
  list.add(26, before, right.lower);
  list.add(27, word.suffixes[2], word.shape, at === 0 ? 1 : 0);
  list.add(28, right.lower, rightmost.lower);
}

/** Tags a sentence from left to right, each word with the best of `classes` tags. @returns their numbers. */
export function tagWords(words: readonly WordForm[], scorer: Scorer, classes: number): Int32Array {
  const tags = new Int32Array(words.length);
  const scores = new Float32Array(classes);
  const list = new FeatureList();
  for (let at = 0; at < words.length; at += 1) {
    listTagFeatures(words, at, tags[at - 1] ?? NO_TAG, tags[at - 2] ?? NO_TAG, list);
    scorer.score(list, scores);
    tags[at] = findBest(scores);
  }
  return tags;
}

/** The first of the highest scores. */
export function findBest(scores: Float32Array): number {
  return scores.reduce((best, score, index) => (score > (scores[best] ?? 0) ? index : best), 0);
}
