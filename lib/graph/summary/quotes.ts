import type { SummaryQuote } from "#lib/graph/summary/prose.ts";

/** So many quotations stand in a summary. */
const MOST_QUOTES = 3;

/**
 * Selects from what somebody said of late what tells most of them: a sentence about themselves that stands alone, with names,
 * numbers or people in it, and more than is known already. The latest of equals come first.
 * @param known what is told of them besides.
 */
export function selectQuotes(late: readonly SummaryQuote[], known: string): SummaryQuote[] {
  const told = new Set(listRoots(known));
  return late
    .map((quote) => ({ quote, weight: weighQuote(quote.words) }))
    .filter(({ quote, weight }) => weight >= LEAST_WEIGHT && !isTold(quote.words, told))
    .toSorted((a, b) => b.weight - a.weight || b.quote.saidAt.getTime() - a.quote.saidAt.getTime())
    .slice(0, MOST_QUOTES)
    .map(({ quote }) => quote)
    .toSorted((a, b) => b.saidAt.getTime() - a.saidAt.getTime());
}

/** Whether at least half of what a sentence says is told already. */
function isTold(words: string, told: ReadonlySet<string>): boolean {
  const roots = listRoots(words);
  return roots.filter((root) => told.has(root)).length * 2 >= roots.length;
}

/** The words that carry meaning, by their first four letters: "lives" is "live", "studies" is "study". */
function listRoots(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length > 3 && !FUNCTION_WORDS.has(word)).map((word) => word.slice(0, 4));
}

const FUNCTION_WORDS = new Set(
  "about after again also always because been before being both could does down even ever from have having into just like made make many more most much never only other over really should since some still such than that their them then there these they this those through under until very want well were what when where which while with without would your".split(
    " ",
  ),
);

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
    count(/\b(?:it|them|him|her|this|that|here['’]s|picture|photo|thanks|thank you|you|your|haha)\b/gi, 3) * 0.5 -
    count(/\bI (?:mean|guess)\b/g, 1) -
    count(/[?]/g, 1) * 0.5 -
    count(/\b(?:starving|hungry|tired|sleepy|knackered|exhausted|bored|bye|lol|lmao|anyway|right now)\b/gi, 2) * 0.7
  );
}
