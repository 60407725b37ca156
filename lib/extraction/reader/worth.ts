import { findRole } from "#lib/extraction/reader/roles.ts";
import {
  findDependent,
  getRelation,
  getText,
  getWord,
  isNameWord,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";

/** Sentences that score at least this are kept: about a quarter of what people write. */
export const WORTH_KEEPING = 1.8;

const [FEWEST_WORDS, MOST_WORDS] = [5, 60];

/**
 * How much a sentence tells that lasts, by hand-set weights: what somebody did or had, when, with whom and how many speak for
 * it; words to the listener, questions, greetings and reactions speak against it.
 */
export function weighSentence(sentence: Sentence): number {
  const { tokens } = sentence;
  const words = tokens.filter(({ upos }) => upos !== "PUNCT" && upos !== "SYM").length;
  if (words < FEWEST_WORDS || words > MOST_WORDS || isNoStatement(sentence)) return 0;
  const count = (matches: (at: number) => boolean) => tokens.filter((_, at) => matches(at)).length;
  const most = (limit: number, weight: number, matches: (at: number) => boolean) =>
    Math.min(limit, count(matches)) * weight;
  return (
    Math.log2(words) * 0.45 +
    most(1, 0.9, (at) => isOwnPast(sentence, at)) +
    most(1, 0.4, (at) => isOwnPresent(sentence, at)) +
    most(2, 0.35, (at) => at > 0 && isNameWord(sentence, at)) +
    most(2, 0.4, (at) => findRole(sentence, at)?.kind === "person" || findRole(sentence, at)?.kind === "animal") +
    most(2, 0.3, (at) => tokens[at]?.upos === "NUM") +
    most(3, 0.15, (at) => tokens[at]?.upos === "NOUN") +
    Math.min(1, sentence.times.length) * 0.6 -
    most(2, 0.7, (at) => /^(?:you|your|yours|u)$/.test(getWord(sentence, at))) -
    most(1, 1.2, (at) => at < 2 && GREETS.test(getWord(sentence, at))) -
    most(
      1,
      0.8,
      (at) =>
        getRelation(sentence, at) === "root" &&
        tokens[at]?.xpos === "VB" &&
        findDependent(sentence, at, /^nsubj/) === undefined,
    ) -
    most(1, 0.5, (at) => REACTS.test(getWord(sentence, at)))
  );
}

/** A question, a heading or a table without a verb, and words in quotation marks that are somebody else's. */
function isNoStatement({ text, tokens }: Sentence): boolean {
  const words = getText({ text, tokens });
  const marks = words.match(/["“”]/g)?.length ?? 0;
  const hasVerb = tokens.some(({ upos }) => upos === "VERB" || upos === "AUX");
  return /\?[!?]*$/.test(words) || (!hasVerb && /[@|_*]|\d\D+\d/.test(words)) || marks % 2 === 1 || /^["“]/.test(words);
}

const GREETS =
  /^(?:hi|hey|hello|thanks|thank|wow|yeah|yep|bye|congrats|congratulations|cool|awesome|great|nice|good|ok|okay|sure|glad|sounds|that|absolutely|definitely|totally|sorry)$/;
const REACTS = /^(?:amazing|awesome|sounds|thanks|glad|wow|appreciate|hope|agree|cool)$/;

/** "I painted", "we went", "my son had": the speaker's own past. */
function isOwnPast(sentence: Sentence, at: number): boolean {
  return /^(?:VBD|VBN)$/.test(sentence.tokens[at]?.xpos ?? "") && hasOwnSubject(sentence, at);
}

function isOwnPresent(sentence: Sentence, at: number): boolean {
  return /^(?:VBP|VBZ|VBG)$/.test(sentence.tokens[at]?.xpos ?? "") && hasOwnSubject(sentence, at);
}

function hasOwnSubject(sentence: Sentence, at: number): boolean {
  const subject = findDependent(sentence, at, /^nsubj/) ?? -1;
  const owner = findDependent(sentence, subject, /^nmod:poss/) ?? -1;
  return /^(?:i|we)$/.test(getWord(sentence, subject)) || /^(?:my|our)$/.test(getWord(sentence, owner));
}
