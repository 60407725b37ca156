/**
 * Finds what a name means among names that are known, without a model: Graphiti's deterministic part
 * (graphiti_core/utils/maintenance/dedup_helpers.py). The same name, whatever its case, accents and spaces; else one
 * that is so long and so alike that it can only be a slip of the pen. @returns the known spelling, or null. The order
 * of the known names does not matter.
 */
export function makeNameMatcher(known: Iterable<string>): (name: string) => string | null {
  const exact = new Map<string, string>();
  for (const name of [...known].sort()) if (!exact.has(makeExactKey(name))) exact.set(makeExactKey(name), name);
  const fuzzy = new Map([...exact].map(([key, name]) => [name, makeShingles(key)]));
  const bands = new Map<string, string[]>();
  for (const [key, name] of exact) {
    for (const band of makeBands(makeShingles(key))) bands.set(band, [...(bands.get(band) ?? []), name]);
  }
  return (name) => {
    const key = makeExactKey(name);
    const same = exact.get(key);
    if (same !== undefined || !isDistinctive(key)) return same ?? null;
    const shingles = makeShingles(key);
    const near = new Set(makeBands(shingles).flatMap((band) => bands.get(band) ?? []));
    const scored = [...near]
      .filter((candidate) => extractDigits(candidate) === extractDigits(name))
      .map((candidate) => ({ candidate, likeness: measureOverlap(shingles, fuzzy.get(candidate) ?? new Set()) }))
      .filter(({ likeness }) => likeness >= LIKENESS)
      .sort((a, b) => b.likeness - a.likeness || (a.candidate < b.candidate ? -1 : 1));
    return scored[0]?.candidate ?? null;
  };
}

/** A name without case, accents and superfluous spaces: what two spellings of one name have in common. */
export function makeExactKey(name: string): string {
  return stripAccents(stripAccents(name).toLowerCase()).replace(/\s+/g, " ").trim();
}

/** Lower case can bring out what had no accent before ("İ"), so both sides of it are stripped. */
function stripAccents(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "");
}

const LIKENESS = 0.9;
const LEAST_ENTROPY = 1.5;
const LEAST_LENGTH = 6;
const LEAST_WORDS = 2;
const PERMUTATIONS = 32;
const BAND = 4;

/** Whether a name says enough to be compared loosely: "Al" and "aaaaaa" do not. */
function isDistinctive(key: string): boolean {
  const words = keepLetters(key);
  const longEnough = words.length >= LEAST_LENGTH || words.split(" ").length >= LEAST_WORDS;
  return longEnough && measureEntropy(words.replaceAll(" ", "")) >= LEAST_ENTROPY;
}

function keepLetters(key: string): string {
  return key
    .replace(/[^\p{L}\p{N}' ]/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}

/** Shannon's, in bits per character. */
function measureEntropy(text: string): number {
  const counts = [...Map.groupBy(text, (character) => character).values()].map(({ length }) => length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((bits, count) => bits - (count / total) * Math.log2(count / total), 0);
}

/**
 * Names with different digits never match, because one digit makes another version, room or year. Graphiti does not check
 * this.
 */
function extractDigits(name: string): string {
  return name.match(/\p{N}+/gu)?.join(" ") ?? "";
}

function makeShingles(key: string): Set<string> {
  const text = keepLetters(key).replaceAll(" ", "");
  if (text.length < 3) return new Set(text ? [text] : []);
  return new Set(Array.from({ length: text.length - 2 }, (_, index) => text.slice(index, index + 3)));
}

/** Names of which most shingles agree share at least one band of their MinHash signatures (at .9: in 9,998 of 10,000 cases). */
function makeBands(shingles: Set<string>): string[] {
  const signature = Array.from({ length: PERMUTATIONS }, (_, seed) =>
    [...shingles].reduce((least, shingle) => Math.min(least, hashShingle(shingle, seed)), Number.POSITIVE_INFINITY),
  );
  return Array.from({ length: PERMUTATIONS / BAND }, (_, index) => {
    const start = index * BAND;
    return `${index} ${signature.slice(start, start + BAND).join(" ")}`;
  });
}

/** FNV-1a of 32 bits, begun elsewhere for every seed, its bits mixed at the end as MurmurHash3 does. */
function hashShingle(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1)) >>> 0;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function measureOverlap(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((shingle) => b.has(shingle)).length;
  return shared / (a.size + b.size - shared || 1);
}
