import type { FeatureList, Scorer } from "#lib/extraction/syntax/features.ts";

/** Counts how often each feature is seen, so that rare ones can be left out. */
export class FeatureCounter {
  #keys = new Uint32Array(1 << 16);
  #counts = new Uint8Array(1 << 16);
  #size = 0;

  count(list: FeatureList): void {
    for (let index = 0; index < list.length; index += 1) this.#countKey(list.keys[index] ?? 0);
  }

  #countKey(key: number): void {
    if (this.#size * 2 > this.#keys.length) this.#grow();
    const place = findPlace(this.#keys, key);
    if (this.#keys[place] === 0) {
      this.#keys[place] = key;
      this.#size += 1;
    }
    this.#counts[place] = Math.min(255, (this.#counts[place] ?? 0) + 1);
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#counts = new Uint8Array(keys.length * 2);
    for (const [index, key] of keys.entries()) {
      if (key === 0) continue;
      const place = findPlace(this.#keys, key);
      this.#keys[place] = key;
      this.#counts[place] = counts[index] ?? 0;
    }
  }

  /** Those that were seen at least so often, in ascending order. */
  listFrequent(least: number): Uint32Array {
    return this.#keys.filter((key, index) => key !== 0 && (this.#counts[index] ?? 0) >= least).sort();
  }
}

function findPlace(keys: Uint32Array, key: number): number {
  let place = key & (keys.length - 1);
  while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) & (keys.length - 1);
  return place;
}

/** An averaged perceptron (Collins 2002) over a fixed set of features. */
export class Perceptron implements Scorer {
  readonly features: Uint32Array;
  readonly classes: number;
  readonly #table: Uint32Array;
  readonly #rows: Int32Array;
  readonly #weights: Float32Array;
  /** The weights times the update at which they came, from which the average follows. */
  readonly #moments: Float32Array;
  #updates = 1;

  constructor(features: Uint32Array, classes: number) {
    this.features = features;
    this.classes = classes;
    this.#table = new Uint32Array(2 ** Math.ceil(Math.log2(features.length * 2 + 2)));
    this.#rows = new Int32Array(this.#table.length).fill(-1);
    for (const [row, key] of features.entries()) {
      const place = findPlace(this.#table, key);
      this.#table[place] = key;
      this.#rows[place] = row;
    }
    this.#weights = new Float32Array(features.length * classes);
    this.#moments = new Float32Array(features.length * classes);
  }

  score(list: FeatureList, scores: Float32Array): void {
    const [weights, classes] = [this.#weights, this.classes];
    scores.fill(0);
    for (let index = 0; index < list.length; index += 1) {
      const row = this.#findRow(list.keys[index] ?? 0);
      if (row < 0) continue;
      const start = row * classes;
      for (let each = 0; each < classes; each += 1) scores[each] = (scores[each] ?? 0) + (weights[start + each] ?? 0);
    }
  }

  /** One decision has been taken; where it was wrong, its features count less for it and more for the right one. */
  learn(list: FeatureList, right: number, taken: number): void {
    this.#updates += 1;
    if (right === taken) return;
    const moment = this.#updates / 1e6;
    for (let index = 0; index < list.length; index += 1) {
      const row = this.#findRow(list.keys[index] ?? 0);
      if (row < 0) continue;
      this.#shift(row * this.classes + right, 1, moment);
      this.#shift(row * this.classes + taken, -1, moment);
    }
  }

  /** -1 for a feature that is left out. */
  #findRow(key: number): number {
    return this.#rows[findPlace(this.#table, key)] ?? -1;
  }

  #shift(place: number, by: number, moment: number): void {
    this.#weights[place] = (this.#weights[place] ?? 0) + by;
    this.#moments[place] = (this.#moments[place] ?? 0) + by * moment;
  }

  /** Goes on with the mean of each weight, which generalises better than the last ones; it learns no more. */
  settleOnAverage(): void {
    this.#weights.set(this.average());
  }

  /** The mean of each weight over all decisions, feature by feature. */
  average(): Float32Array {
    const updates = this.#updates / 1e6;
    return this.#weights.map((weight, index) => weight - (this.#moments[index] ?? 0) / updates);
  }
}
