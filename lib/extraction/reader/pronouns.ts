import { findRole } from "#lib/extraction/reader/roles.ts";
import { getWord, isOwned, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { OCCUPATIONS } from "#lib/extraction/reader/slots/lists.ts";

/** Which pronoun may mean somebody of whom nothing is known. */
export type Stranger = "he" | "she" | "anybody";

/**
 * Somebody before a place who is spoken of by what they are, "a man", "his new boss", "the vet": nobody that the speaker has
 * told whose they are, and no trade that is said of somebody.
 */
export function findOtherPerson(sentence: Sentence, before: number): Stranger | null {
  const found = sentence.tokens.findLastIndex(
    ({ upos, relation }, at) =>
      at < before &&
      /^(?:NOUN|ADJ)$/.test(upos) &&
      !/^(?:appos|vocative)/.test(relation) &&
      !(relation.startsWith("compound") && sentence.tokens[at + 1]?.upos === "PROPN") &&
      isPersonNoun(getWord(sentence, at)) &&
      listDependents(sentence, at, /^cop$/).length === 0 &&
      !listDependents(sentence, at, /^case$/).some((place) => /^(?:as|like)$/.test(getWord(sentence, place))) &&
      !isOwned(sentence, at),
  );
  const word = getWord(sentence, found);
  if (found < 0) return null;
  if (/^(?:man|guy|bloke|lad|boy|gentleman|landlord)$/.test(word)) return "he";
  return /^(?:woman|girl|lady|landlady)$/.test(word) ? "she" : "anybody";
}

function isPersonNoun(word: string): boolean {
  return PERSON_NOUNS.has(word) || OCCUPATIONS.has(word);
}

const PERSON_NOUNS: ReadonlySet<string> = new Set(
  "man woman guy bloke lad boy girl lady gentleman person boss neighbour neighbor landlord landlady friend mate colleague carer burglar thief mayor owner guest customer lodger tenant stranger kid roommate flatmate cousin uncle aunt nephew niece".split(
    " ",
  ),
);

/** Whether a sentence is about somebody of the speaker's before a place: "my husband …". */
export function hasOwnRole(sentence: Sentence, before: number): boolean {
  return sentence.tokens.some(
    ({ relation }, at) =>
      at < before && relation.startsWith("nsubj") && findRole(sentence, at) !== null && isOwned(sentence, at),
  );
}

/** The last subject before a place that is a bare name, which the tagger may take for a noun at the beginning. */
export function findNameSubject(sentence: Sentence, before: number): number | undefined {
  const subject = sentence.tokens.findLastIndex(
    ({ relation, upos, text }, at) =>
      at < before &&
      relation.startsWith("nsubj") &&
      /^(?:PROPN|NOUN)$/.test(upos) &&
      /^\p{Lu}\p{Ll}+$/u.test(text) &&
      listDependents(sentence, at, /^(?:det|nmod|amod|compound)/).length === 0 &&
      findRole(sentence, at) === null,
  );
  return subject < 0 ? undefined : subject;
}
