import { brotliDecompressSync } from "node:zlib";
import type { FeatureList, Scorer } from "#lib/extraction/syntax/features.ts";

/** What a model knows: the words for its classes, and the weights of its tagger and its parser. */
export interface SyntaxModel {
  tags: string[];
  relations: string[];
  tagger: Scorer;
  parser: Scorer;
}

/** The head of a model's file, as JSON; after it come the weights of the tagger and of the parser. */
export interface ModelHead {
  tags: string[];
  relations: string[];
  /** Bytes of the tagger's weights, and the largest weight of each. */
  taggerBytes: number;
  taggerScale: number;
  parserScale: number;
  /** Where the weights come from and what may be done with them. */
  licence: string;
}

/** Opens a model from its file's bytes. */
export function openModel(packed: Uint8Array): SyntaxModel {
  const bytes = brotliDecompressSync(packed);
  const headEnd = bytes.indexOf(0);
  const head: ModelHead = JSON.parse(bytes.subarray(0, headEnd).toString("utf8"));
  const parserStart = headEnd + 1 + head.taggerBytes;
  return {
    tags: head.tags,
    relations: head.relations,
    tagger: new SparseScorer(bytes.subarray(headEnd + 1, parserStart), head.taggerScale),
    parser: new SparseScorer(bytes.subarray(parserStart), head.parserScale),
  };
}

/**
 * Weights kept for the few classes that a feature speaks for or against. In the file: of each feature, in ascending order,
 * the step from the last one as a number of seven bits a byte, how many classes, their numbers, and their weights as signed
 * bytes whose squares are scaled: small weights matter more than the exact size of large ones.
 */
class SparseScorer implements Scorer {
  readonly #table: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #counts: Uint8Array;
  readonly #classes: Uint8Array;
  readonly #weights: Float32Array;

  constructor(bytes: Uint8Array, scale: number) {
    const features = countFeatures(bytes);
    const size = 2 ** Math.ceil(Math.log2(features * 2 + 2));
    this.#table = new Uint32Array(size);
    this.#starts = new Uint32Array(size);
    this.#counts = new Uint8Array(size);
    this.#classes = new Uint8Array(bytes.length);
    this.#weights = new Float32Array(bytes.length);
    let [key, filled] = [0, 0];
    for (let at = 0; at < bytes.length; ) {
      const step = readNumber(bytes, at);
      key += step.value;
      const count = bytes[step.end] ?? 0;
      const start = step.end + 1;
      const place = this.#findPlace(key);
      this.#table[place] = key;
      this.#starts[place] = filled;
      this.#counts[place] = count;
      for (let index = 0; index < count; index += 1) {
        this.#classes[filled] = bytes[start + index] ?? 0;
        this.#weights[filled] = expandWeight(bytes[start + count + index] ?? 0, scale);
        filled += 1;
      }
      at = start + 2 * count;
    }
  }

  score(features: FeatureList, scores: Float32Array): void {
    scores.fill(0);
    for (let index = 0; index < features.length; index += 1) {
      const place = this.#findPlace(features.keys[index] ?? 0);
      const start = this.#starts[place] ?? 0;
      const end = start + (this.#counts[place] ?? 0);
      for (let at = start; at < end; at += 1) {
        const each = this.#classes[at] ?? 0;
        scores[each] = (scores[each] ?? 0) + (this.#weights[at] ?? 0);
      }
    }
  }

  /** Where a feature stands, or the empty place where it would. */
  #findPlace(key: number): number {
    let place = key & (this.#table.length - 1);
    while (this.#table[place] !== 0 && this.#table[place] !== key) place = (place + 1) & (this.#table.length - 1);
    return place;
  }
}

function countFeatures(bytes: Uint8Array): number {
  let features = 0;
  for (let at = 0; at < bytes.length; features += 1) {
    const { end } = readNumber(bytes, at);
    at = end + 1 + 2 * (bytes[end] ?? 0);
  }
  return features;
}

function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let [value, factor, at] = [0, 1, start];
  for (;;) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * factor;
    factor *= 128;
    at += 1;
    if (byte < 128) return { value, end: at };
  }
}

function expandWeight(byte: number, scale: number): number {
  const signed = byte > 127 ? byte - 256 : byte;
  return Math.sign(signed) * (signed / 127) ** 2 * scale;
}
