import { brotliCompressSync, constants } from "node:zlib";
import type { ModelHead } from "#lib/extraction/syntax/model.ts";

interface Weights {
  features: Uint32Array;
  classes: number;
  /** Feature by feature, a weight for each class. */
  values: Float32Array;
}

interface Contents {
  tags: string[];
  relations: string[];
  licence: string;
  tagger: Weights;
  parser: Weights;
}

/** Writes a model as `openModel` reads it. Weights below `least` of the largest are left out. */
export function packModel({ tags, relations, licence, tagger, parser }: Contents, least: number): Buffer {
  const [packedTagger, packedParser] = [packWeights(tagger, least), packWeights(parser, least)];
  const head: ModelHead = {
    tags,
    relations,
    taggerBytes: packedTagger.bytes.length,
    taggerScale: packedTagger.scale,
    parserScale: packedParser.scale,
    licence,
  };
  const whole = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\0`), packedTagger.bytes, packedParser.bytes]);
  return brotliCompressSync(whole, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}

function packWeights({ features, classes, values }: Weights, least: number): { bytes: Buffer; scale: number } {
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const bytes: number[] = [];
  let last = 0;
  for (const [row, key] of features.entries()) {
    const kept: { index: number; byte: number }[] = [];
    for (let index = 0; index < classes; index += 1) {
      const value = values[row * classes + index] ?? 0;
      if (Math.abs(value) < least * scale) continue;
      const signed = Math.sign(value) * Math.round(127 * Math.sqrt(Math.abs(value) / scale));
      if (signed !== 0) kept.push({ index, byte: signed & 255 });
    }
    if (kept.length === 0) continue;
    bytes.push(...encodeNumber(key - last), kept.length);
    for (const { index } of kept) bytes.push(index);
    for (const { byte } of kept) bytes.push(byte);
    last = key;
  }
  return { bytes: Buffer.from(bytes), scale };
}

/** Seven bits a byte, the lowest first; the last byte is below 128. */
function encodeNumber(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...encodeNumber(Math.floor(value / 128))];
}
