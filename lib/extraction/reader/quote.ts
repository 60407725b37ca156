import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { getRelation, getWord, isNameWord, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { readPersonName } from "#lib/extraction/reader/slots/names.ts";
import { WORTH_KEEPING, weighSentence } from "#lib/extraction/reader/worth.ts";
import { SAID } from "#lib/relations.ts";

/** A text says at most so much that is worth quoting; the rest of a long one is found as the text that it is. */
const MOST_QUOTES = 12;
const LONGEST_QUOTE = 400;

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/**
 * Quotes from a text the sentences that tell something that lasts: verbatim, with who said them and when. A quote is never
 * told as truth. It is about somebody whom it names, else about who says it.
 * @param original the text as it was written; what differs in the sentence is not the speaker's own and is not quoted.
 */
export function quoteStatements(sentences: readonly Sentence[], original: string, discourse: Discourse): void {
  const quotes = sentences
    .map((sentence) => ({ sentence, worth: weighSentence(sentence) }))
    .filter(({ worth }) => worth >= WORTH_KEEPING)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST_QUOTES);
  for (const { sentence } of quotes) {
    const [from, to] = [sentence.tokens[0]?.start ?? 0, sentence.tokens.at(-1)?.end ?? 0];
    const words = original.slice(from, to);
    if (words !== sentence.text.slice(from, to) || words.length > LONGEST_QUOTE || /[{}\n]/.test(words)) continue;
    const named = findNamed(sentence, discourse);
    discourse.add({
      kind: "holds",
      name: SAID,
      source: discourse.speaker,
      object: named === null ? null : { node: named },
      fact: `{subject} said on ${DAY.format(discourse.saidAt)}: “${words}”`,
      single: false,
      validAt: discourse.saidAt,
      confidence: QUOTE_CONFIDENCE,
    });
  }
}

/** What somebody said is not known to be so: below whatever is told as known. */
const QUOTE_CONFIDENCE = 0.5;

/** "Nate, I got a letter": to whom it is said is not whom it is about. */
function isAddressed(sentence: Sentence, at: number): boolean {
  return getRelation(sentence, at) === "vocative" || (at === 0 && getWord(sentence, 1) === ",");
}

/** Somebody whom the sentence names and the text has spoken of. */
function findNamed(sentence: Sentence, discourse: Discourse): string | null {
  for (const at of sentence.tokens.keys()) {
    if (!isNameWord(sentence, at) || getWord(sentence, at) === "i" || isAddressed(sentence, at)) continue;
    const name = readPersonName(sentence, at);
    const mentioned = name === null ? undefined : discourse.mentions.find((mention) => mention.name === name);
    if (mentioned) return mentioned.name;
  }
  return null;
}
