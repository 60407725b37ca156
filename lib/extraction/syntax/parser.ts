import { FeatureList, type Scorer } from "#lib/extraction/syntax/features.ts";
import type { WordForm } from "#lib/extraction/syntax/words.ts";

/**
 * Transitions of the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and Satta 2011): 0 shifts the next word, an odd number
 * makes the top of the stack a dependent of the next word, an even one of the word below it. The relation is (n - 1) >> 1.
 */
export const SHIFT = 0;
export const toLeft = (relation: number) => 1 + 2 * relation;
export const toRight = (relation: number) => 2 + 2 * relation;
const isLeft = (transition: number) => transition % 2 === 1;
const getRelation = (transition: number) => (transition - 1) >> 1;

/** How far a sentence has been parsed. Words count from 1; 0 is the root, at the bottom of the stack. */
export class ParserState {
  readonly size: number;
  /** Of each word its head, or -1, and the number of the relation to it. */
  readonly heads: Int32Array;
  readonly relations: Int32Array;
  /** The outermost dependents on each side, 0 where there is none, and how many there are. */
  readonly leftmost: Int32Array;
  readonly rightmost: Int32Array;
  readonly leftCount: Int32Array;
  readonly rightCount: Int32Array;
  readonly stack: Int32Array;
  depth = 1;
  next = 1;

  constructor(size: number) {
    this.size = size;
    this.heads = new Int32Array(size + 1).fill(-1);
    this.relations = new Int32Array(size + 1).fill(-1);
    this.leftmost = new Int32Array(size + 1);
    this.rightmost = new Int32Array(size + 1);
    this.leftCount = new Int32Array(size + 1);
    this.rightCount = new Int32Array(size + 1);
    this.stack = new Int32Array(size + 2);
  }

  /** The word so many below the top of the stack; -1 below its bottom. */
  peek(below = 0): number {
    return this.depth - 1 - below < 0 ? -1 : (this.stack[this.depth - 1 - below] ?? -1);
  }

  isDone(): boolean {
    return this.next > this.size && this.depth === 1;
  }

  canShift(): boolean {
    return this.next <= this.size;
  }

  canAttachLeft(): boolean {
    return this.depth > 1 && this.next <= this.size;
  }

  canAttachRight(): boolean {
    return this.depth > 1;
  }

  apply(transition: number): void {
    if (transition === SHIFT) {
      this.stack[this.depth] = this.next;
      this.depth += 1;
      this.next += 1;
      return;
    }
    const dependent = this.peek();
    const head = isLeft(transition) ? this.next : this.peek(1);
    this.depth -= 1;
    this.heads[dependent] = head;
    this.relations[dependent] = getRelation(transition);
    if (dependent < head) {
      // Those nearer to the head come first, so the last one to come is the outermost.
      this.leftmost[head] = dependent;
      this.leftCount[head] = (this.leftCount[head] ?? 0) + 1;
    } else {
      this.rightmost[head] = dependent;
      this.rightCount[head] = (this.rightCount[head] ?? 0) + 1;
    }
  }
}

/** A sentence as the parser looks at it: its words, with their joint tags and the coarse part of these. */
export interface TaggedSentence {
  words: readonly WordForm[];
  tags: Int32Array;
  coarse: Int32Array;
}

const ROOT = 7;
const NONE = 11;

/** Writes what tells the next transition: the words at hand, their tags, and what has been attached to them. */
export function listParseFeatures(state: ParserState, sentence: TaggedSentence, list: FeatureList): void {
  const { words, tags, coarse } = sentence;
  const wordOf = (node: number) => (node > 0 ? (words[node - 1]?.lower ?? NONE) : node === 0 ? ROOT : NONE);
  const tagOf = (node: number) => (node > 0 ? (tags[node - 1] ?? -1) + 20 : node === 0 ? ROOT : NONE);
  const coarseOf = (node: number) => (node > 0 ? (coarse[node - 1] ?? -1) + 20 : node === 0 ? ROOT : NONE);
  const relationOf = (node: number) => (node > 0 ? (state.relations[node] ?? -1) + 20 : NONE);
  const [s0, s1, s2] = [state.peek(0), state.peek(1), state.peek(2)];
  const beyond = (ahead: number) => (state.next + ahead <= state.size ? state.next + ahead : -1);
  const [b0, b1, b2] = [beyond(0), beyond(1), beyond(2)];
  const child = (side: Int32Array, node: number) => (node >= 0 ? side[node] || -1 : -1);
  const s0l = child(state.leftmost, s0);
  const s0r = child(state.rightmost, s0);
  const s1l = child(state.leftmost, s1);
  const s1r = child(state.rightmost, s1);
  const b0l = child(state.leftmost, b0);
  const [w0, w1, wb, wb1] = [wordOf(s0), wordOf(s1), wordOf(b0), wordOf(b1)];
  const [t0, t1, t2, tb, tb1, tb2] = [tagOf(s0), tagOf(s1), tagOf(s2), tagOf(b0), tagOf(b1), tagOf(b2)];
  const [c0, c1, cb, cb1] = [coarseOf(s0), coarseOf(s1), coarseOf(b0), coarseOf(b1)];
  const distance = b0 > 0 && s0 >= 0 ? Math.min(b0 - s0, 8) : 9;
  const between = s0 > 0 && s1 >= 0 ? Math.min(s0 - s1, 8) : 9;
  const left0 = s0 >= 0 ? Math.min(state.leftCount[s0] ?? 0, 3) : 4;
  const right0 = s0 >= 0 ? Math.min(state.rightCount[s0] ?? 0, 3) : 4;
  const right1 = s1 >= 0 ? Math.min(state.rightCount[s1] ?? 0, 3) : 4;
  const leftB = b0 > 0 ? Math.min(state.leftCount[b0] ?? 0, 3) : 4;

  list.clear();
  list.add(0);
  list.add(1, w0, t0);
  list.add(2, w0);
  list.add(3, t0);
  list.add(4, w1, t1);
  list.add(5, w1);
  list.add(6, t1);
  list.add(7, wb, tb);
  list.add(8, wb);
  list.add(9, tb);
  list.add(10, wb1, tb1);
  list.add(11, tb1);
  list.add(12, tb2);
  list.add(13, t2);
  list.add(14, w0, wb);
  list.add(15, w0, tb);
  list.add(16, t0, wb);
  list.add(17, t0, tb);
  list.add(18, w0, w1);
  list.add(19, w0, t1);
  list.add(20, t0, w1);
  list.add(21, t0, t1);
  list.add(22, t0, tb, tb1);
  list.add(23, t1, t0, tb);
  list.add(24, t2, t1, t0);
  list.add(25, tb, tb1, tb2);
  list.add(26, t0, tb, tagOf(s0l));
  list.add(27, t0, tb, tagOf(s0r));
  list.add(28, t0, tb, tagOf(b0l));
  list.add(29, t0, t1, tagOf(s1l));
  list.add(30, t0, t1, tagOf(s1r));
  list.add(31, t0, t1, tagOf(s0l));
  list.add(32, t0, t1, tagOf(s0r));
  list.add(33, c0, cb, distance);
  list.add(34, c0, c1, between);
  list.add(35, w0, distance);
  list.add(36, wb, distance);
  list.add(37, w0, left0, right0);
  list.add(38, t0, left0, right0);
  list.add(39, w1, right1);
  list.add(40, t1, right1, t0);
  list.add(41, wb, leftB);
  list.add(42, tb, leftB, t0);
  list.add(43, t0, relationOf(s0l), relationOf(s0r));
  list.add(44, t1, relationOf(s1l), relationOf(s1r));
  list.add(45, w0, relationOf(s0l), relationOf(s0r));
  list.add(46, w1, relationOf(s1l), relationOf(s1r));
  list.add(47, tb, relationOf(b0l));
  list.add(48, wordOf(s0l), t0);
  list.add(49, wordOf(s0r), t0, t1);
  list.add(50, wordOf(s1r), t1, t0);
  list.add(51, wordOf(b0l), tb);
  list.add(52, c0, c1, wb);
  list.add(53, w1, wb, c0);
  list.add(54, c1, c0, cb);
  list.add(55, c0, cb, cb1);
  list.add(56, w0, tb1, tb);
  list.add(57, coarseOf(s1r), coarseOf(s0l), c0);
  list.add(58, words[s0 - 1]?.suffixes[2] ?? NONE, c1);
  list.add(59, words[b0 - 1]?.suffixes[2] ?? NONE, c0);
}

/** The best transition that the state allows. */
export function chooseTransition(state: ParserState, scores: Float32Array): number {
  const allowed = [state.canAttachRight(), state.canAttachLeft()];
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let transition = 0; transition < scores.length; transition += 1) {
    const may = transition === SHIFT ? state.canShift() : allowed[transition % 2];
    const score = scores[transition] ?? Number.NEGATIVE_INFINITY;
    if (may && score > highest) {
      best = transition;
      highest = score;
    }
  }
  return best;
}

/** Parses a sentence, deciding greedily from left to right. @param transitions how many classes the scorer tells apart. */
export function parseSentence(sentence: TaggedSentence, scorer: Scorer, transitions: number): ParserState {
  const state = new ParserState(sentence.words.length);
  const scores = new Float32Array(transitions);
  const list = new FeatureList();
  while (!state.isDone()) {
    listParseFeatures(state, sentence, list);
    scorer.score(list, scores);
    state.apply(chooseTransition(state, scores));
  }
  return state;
}
