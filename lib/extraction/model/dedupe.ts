/**
 * Finds what a name means among names that are known, without a model: Graphiti's deterministic part
 * (graphiti_core/utils/maintenance/dedup_helpers.py). The same name, whatever its case, accents and spaces; else one
 * that is so long and so alike that it can only be a slip of the pen. @returns the known spelling, or null. The order
 * of the known names does not matter.
 */
export function matcher(known: Iterable<string>): (name: string) => string | null {
  const exact = new Map<string, string>();
  for (const name of [...known].sort()) if (!exact.has(exactKey(name))) exact.set(exactKey(name), name);
  const fuzzy = new Map([...exact].map(([key, name]) => [name, shinglesOf(key)]));
  const bands = new Map<string, string[]>();
  for (const [key, name] of exact) {
    for (const band of bandsOf(shinglesOf(key))) bands.set(band, [...(bands.get(band) ?? []), name]);
  }
  return (name) => {
    const key = exactKey(name);
    const same = exact.get(key);
    if (same !== undefined || !isTelling(key)) return same ?? null;
    const shingles = shinglesOf(key);
    const near = new Set(bandsOf(shingles).flatMap((band) => bands.get(band) ?? []));
    const scored = [...near]
      .filter((candidate) => digitsOf(candidate) === digitsOf(name))
      .map((candidate) => ({ candidate, likeness: jaccard(shingles, fuzzy.get(candidate) ?? new Set()) }))
      .filter(({ likeness }) => likeness >= LIKENESS)
      .sort((a, b) => b.likeness - a.likeness || (a.candidate < b.candidate ? -1 : 1));
    return scored[0]?.candidate ?? null;
  };
}

/** A name without case, accents and superfluous spaces: what two spellings of one name have in common. */
export function exactKey(name: string): string {
  return unaccented(unaccented(name).toLowerCase()).replace(/\s+/g, " ").trim();
}

/** Lower case can bring out what had no accent before ("İ"), so both sides of it are stripped. */
function unaccented(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "");
}

const LIKENESS = 0.9;
const LEAST_ENTROPY = 1.5;
const LEAST_LENGTH = 6;
const LEAST_WORDS = 2;
const PERMUTATIONS = 32;
const BAND = 4;

/** Whether a name says enough to be compared loosely: "Al" and "aaaaaa" do not. */
function isTelling(key: string): boolean {
  const words = lettersOf(key);
  const longEnough = words.length >= LEAST_LENGTH || words.split(" ").length >= LEAST_WORDS;
  return longEnough && entropy(words.replaceAll(" ", "")) >= LEAST_ENTROPY;
}

function lettersOf(key: string): string {
  return key
    .replace(/[^\p{L}\p{N}' ]/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}

/** Shannon's, in bits per character. */
function entropy(text: string): number {
  const counts = [...Map.groupBy(text, (character) => character).values()].map(({ length }) => length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((bits, count) => bits - (count / total) * Math.log2(count / total), 0);
}

/** One digit more makes another version, room or year, however alike the rest; Graphiti does not ask. */
function digitsOf(name: string): string {
  return name.match(/\p{N}+/gu)?.join(" ") ?? "";
}

function shinglesOf(key: string): Set<string> {
  const text = lettersOf(key).replaceAll(" ", "");
  if (text.length < 3) return new Set(text ? [text] : []);
  return new Set(Array.from({ length: text.length - 2 }, (_, index) => text.slice(index, index + 3)));
}

/** Names of which most shingles agree share at least one band of their MinHash signatures (at .9: in 9,998 of 10,000 cases). */
function bandsOf(shingles: Set<string>): string[] {
  const signature = Array.from({ length: PERMUTATIONS }, (_, seed) =>
    [...shingles].reduce((least, shingle) => Math.min(least, hash(shingle, seed)), Number.POSITIVE_INFINITY),
  );
  return Array.from({ length: PERMUTATIONS / BAND }, (_, index) => {
    const start = index * BAND;
    return `${index} ${signature.slice(start, start + BAND).join(" ")}`;
  });
}

/** FNV-1a of 32 bits, begun elsewhere for every seed, its bits mixed at the end as MurmurHash3 does. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1)) >>> 0;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function jaccard(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((shingle) => b.has(shingle)).length;
  return shared / (a.size + b.size - shared || 1);
}
