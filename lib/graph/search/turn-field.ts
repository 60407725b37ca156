import { weighFrequency } from "#lib/graph/search/bm25.ts";

/** A turn by its conversation (32 hexadecimal digits of its uuid) and its place there, from 0. */
export interface Place {
  session: string;
  place: number;
}

/** What a turn takes of those around it: what it answers stands before it, and what it is about. */
const AROUND: readonly (readonly [step: number, weight: number])[] = [
  [0, 1],
  [-1, 0.6],
  [-2, 0.4],
  [-3, 0.25],
  [-4, 0.15],
  [1, 0.4],
  [2, 0.2],
];
export const AROUND_STEPS = AROUND.map(([step]) => step);
export const AROUND_WEIGHTS = AROUND.map(([, weight]) => weight);
/** As far as a turn is felt by those after it. */
const REACH = -Math.min(...AROUND_STEPS);
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
      size += (ends[number] ?? 0) + REACH + 1;
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
        for (const [step, share] of AROUND) {
          if (step > place) continue;
          const at = index - step;
          times[at] = (times[at] ?? 0) + weight * (step === -1 && packed % 2 === 1 ? ANSWERS : share);
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
      times.forEach((time, index) => {
        if (time > 0) scores[index] = (scores[index] ?? 0) + rarity * weighFrequency(time, 1, LENGTH_WEIGHT);
      });
    const least = Math.max(scores.toSorted()[Math.max(0, scores.length - count)] ?? 0, Number.MIN_VALUE);
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
