import type { SummaryQuote } from "#lib/graph/summary/prose.ts";

/** So many quotations stand in a summary. */
const MOST_QUOTES = 3;

/**
 * Selects from what somebody said of late what tells most of them: a sentence about themselves that stands alone, with names,
 * numbers or people in it. The latest of equals come first.
 */
export function selectQuotes(late: readonly SummaryQuote[]): SummaryQuote[] {
  return late
    .map((quote) => ({ quote, weight: weighQuote(quote.words) }))
    .filter(({ weight }) => weight >= LEAST_WEIGHT)
    .toSorted((a, b) => b.weight - a.weight || b.quote.saidAt.getTime() - a.quote.saidAt.getTime())
    .slice(0, MOST_QUOTES)
    .map(({ quote }) => quote)
    .toSorted((a, b) => b.saidAt.getTime() - a.saidAt.getTime());
}

/** What weighs less tells little by itself. */
export const LEAST_WEIGHT = 1.5;

/** Hand-set weights: whether it is about the speaker and can be understood by itself. */
export function weighQuote(words: string): number {
  const count = (pattern: RegExp, most: number) => Math.min(most, words.match(pattern)?.length ?? 0);
  return (
    count(/(?<![\p{L}])(?:I|my|we|our)(?![\p{L}])/giu, 2) * 0.7 +
    count(/(?<=\S )(?:\p{Lu}\p{Ll}+|\d+)/gu, 2) * 0.5 +
    count(
      /\b(?:wife|husband|partner|son|daughter|kids?|child|children|mother|father|mum|mom|dad|sister|brother|dog|cat|job|work|boss|school|university|doctor|hospital|house|flat|moved|married|divorced|born|died|diagnosed|allergic|retired|bought|sold|quit|started|stopped)\b/gi,
      2,
    ) *
      0.6 -
    count(/^(?:It|He|She|They|This|That|These|Those|Here|There)\b/g, 1) * 1.2 -
    count(/\b(?:them|him|her|this|that|here['’]s|picture|photo|thanks|thank you)\b/gi, 2) * 0.5 -
    count(/[?]/g, 1) * 0.5
  );
}
