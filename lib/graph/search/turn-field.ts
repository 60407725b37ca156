import { weighFrequency } from "#lib/graph/search/bm25.ts";

/** A turn by its conversation (32 hexadecimal digits of its uuid) and its place there, from 0. */
export interface Place {
  session: string;
  place: number;
}

/** What a turn takes of those around it, from the fourth before to the second after: what it answers stands before it. */
export const AROUND_WEIGHTS: readonly number[] = [0.15, 0.25, 0.4, 0.6, 1, 0.4, 0.2];
export const FIRST_AROUND = -4;
export const LAST_AROUND = 2;
/** A turn that may answer the question before it takes more of that one. */
const ANSWERS = 1.5;
const LENGTH_WEIGHT = 0.8;

/** A term of a question at the turns of a field. */
interface TermField {
  rarity: number;
  /** How often it is there and around, and there alone. */
  times: Float32Array;
  own: Float32Array;
}

/**
 * The turns that may answer a question, side by side: conversations lie behind one another, so that the turns around one are
 * the numbers around its own, and sums over many turns are sums over arrays.
 */
export class TurnField {
  readonly #sessions: readonly string[];
  readonly #numbers = new Map<string, number>();
  /** Where each conversation begins. */
  readonly #bases: number[] = [];
  readonly #size: number;
  readonly #terms: TermField[] = [];
  readonly #added: Float64Array;

  /**
   * Makes room for these conversations.
   * @param ends of each the last place that anything is said of.
   */
  constructor(sessions: readonly string[], ends: ArrayLike<number>) {
    this.#sessions = sessions;
    let size = 0;
    for (const [number, session] of sessions.entries()) {
      this.#numbers.set(session, number);
      this.#bases.push(size);
      size += (ends[number] ?? 0) - FIRST_AROUND + 1;
    }
    this.#size = size;
    this.#added = new Float64Array(size);
  }

  /** The index of a turn; undefined for one that there is no room for. */
  findIndex({ session, place }: Place): number | undefined {
    const base = this.#bases[this.#numbers.get(session) ?? -1];
    return base === undefined ? undefined : base + place;
  }

  /**
   * Adds a term by the turns that have it.
   * @param rarity how much the term weighs. @param hits by the numbers of conversations; a place is given doubled, and one more where the turn asks something.
   */
  addTerm(hits: readonly { weight: number; uuids: Int32Array; numbers: Int32Array }[], rarity: number): void {
    const [times, own] = [new Float32Array(this.#size), new Float32Array(this.#size)];
    for (const { weight, uuids, numbers } of hits) {
      for (let hit = 0; hit < numbers.length; hit++) {
        const packed = numbers[hit] ?? 0;
        const place = packed >> 1;
        const index = (this.#bases[uuids[hit] ?? 0] ?? 0) + place;
        own[index] = (own[index] ?? 0) + weight;
        for (let step = FIRST_AROUND; step <= Math.min(LAST_AROUND, place); step++) {
          const share = step === -1 && packed % 2 === 1 ? ANSWERS : (AROUND_WEIGHTS[step - FIRST_AROUND] ?? 0);
          times[index - step] = (times[index - step] ?? 0) + weight * share;
        }
      }
    }
    this.#terms.push({ rarity, times, own });
  }

  /** Raises what a turn has beside its words to at least so much. */
  raise(index: number | undefined, score: number): void {
    if (index === undefined) return;
    this.#added[index] = Math.max(this.#added[index] ?? 0, score);
  }

  /** What a turn has beside its words. */
  getAdded(index: number): number {
    return this.#added[index] ?? 0;
  }

  /**
   * What the words of a turn and of those around it are worth, and what of that are its own.
   * @param length of the turn and those around it, in parts of the usual length.
   */
  weighWords(index: number, length: number): { all: number; own: number } {
    let [all, ownPart] = [0, 0];
    for (const { rarity, times, own } of this.#terms) {
      const count = times[index] ?? 0;
      if (count === 0) continue;
      const worth = rarity * weighFrequency(count, length, LENGTH_WEIGHT);
      all += worth;
      ownPart += (worth * (own[index] ?? 0)) / count;
    }
    return { all, own: ownPart };
  }

  /** The turns that would be the best if all were of the usual length. */
  listBest(count: number): (Place & { index: number })[] {
    const scores = this.#added.slice();
    for (const { rarity, times } of this.#terms)
      for (let index = 0; index < times.length; index++) {
        const time = times[index] ?? 0;
        if (time > 0) scores[index] = (scores[index] ?? 0) + rarity * weighFrequency(time, 1, LENGTH_WEIGHT);
      }
    const least = Math.max(findLeastOfBest(scores, count), Number.MIN_VALUE);
    const best: number[] = [];
    scores.forEach((score, index) => {
      if (score >= least) best.push(index);
    });
    let number = 0;
    return best.slice(0, 2 * count).flatMap((index) => {
      while ((this.#bases[number + 1] ?? Number.POSITIVE_INFINITY) <= index) number++;
      const session = this.#sessions[number];
      return session === undefined ? [] : [{ session, place: index - (this.#bases[number] ?? 0), index }];
    });
  }
}

/** The least of the `count` greatest scores, found in one pass: sorting them all takes several times as long. */
function findLeastOfBest(scores: Float64Array, count: number): number {
  const best = new Float64Array(count);
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? 0;
    if (score <= (best[0] ?? 0)) continue;
    let place = 1;
    while (place < count && (best[place] ?? 0) < score) place++;
    best.copyWithin(0, 1, place);
    best[place - 1] = score;
  }
  return best[0] ?? 0;
}
