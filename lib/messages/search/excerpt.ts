/** A piece of a text, and whether it is one of the words that were searched for. */
export interface ExcerptPart {
  /** Where in the text it begins. */
  start: number;
  words: string;
  isHit: boolean;
}

/** How many characters stand before the first hit, and in all. */
const BEFORE = 80;
const LONGEST = 280;
const CUT = "…";

/**
 * The stretch of a text around the first of the words searched for, parted where they stand. A word counts as found where it
 * begins like one of them, since the search itself goes by stems: "moving" finds "moved".
 */
export function makeExcerpt(content: string, searched: readonly string[]): ExcerptPart[] {
  const beginnings = searched.flatMap(listWords).map(({ folded }) => folded.slice(0, Math.max(3, folded.length - 3)));
  const hits = listWords(content).filter(({ folded }) => beginnings.some((beginning) => folded.startsWith(beginning)));
  const first = hits[0]?.start ?? 0;
  const from = first <= BEFORE ? 0 : findGap(content, first - BEFORE);
  const to = content.length - from <= LONGEST ? content.length : findGap(content, from + LONGEST);
  const parts: ExcerptPart[] = from > 0 ? [{ start: -1, words: CUT, isHit: false }] : [];
  let at = from;
  for (const { start, end } of hits.filter((hit) => hit.start >= from && hit.end <= to)) {
    if (start > at) parts.push({ start: at, words: content.slice(at, start), isHit: false });
    parts.push({ start, words: content.slice(start, end), isHit: true });
    at = end;
  }
  if (at < to) parts.push({ start: at, words: content.slice(at, to), isHit: false });
  return to < content.length ? [...parts, { start: to, words: CUT, isHit: false }] : parts;
}

/** The words of a search that have to occur: without what must not, and without the "or" between alternatives. */
export function listSearched(text: string): string[] {
  return (text.replace(/(?<=^|\s)-\S+/g, " ").match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []).filter(
    (word) => word.toLowerCase() !== "or",
  );
}

/** Where a word ends at or before a place, so that none is cut. */
function findGap(content: string, near: number): number {
  const gap = content.lastIndexOf(" ", near);
  return gap < near - 40 ? near : gap;
}

function listWords(text: string) {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    folded: word.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase(),
  }));
}
