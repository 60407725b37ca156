import { type Aspect, describeTense, findFinite, type Tense } from "#lib/extraction/reader/finite.ts";
import { getStretch, getWord, isInClause, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { isAsked, isStated, NEARLY_NEGATIVE, NEGATIVE } from "#lib/extraction/reader/stated.ts";

/** How something is said: the terms are those of linguistics. */
export interface Predication extends Tense {
  /** The word that bears tense, subject and negation: the predicate itself, "stopped" of "stopped working". */
  finite: number;
  /** It is stated: not asked, wished, supposed, planned, nearly so, or only thought by somebody. */
  isReal: boolean;
  polarity: "positive" | "negative";
  /** "Started working" begins, "stopped working", "used to work" and "no longer works" end. */
  aspect: Aspect;
  /** "Also": it comes on top of what holds. */
  isAddition: boolean;
}

/** Describes how a predicate is said in its sentence. */
export function describePredicate(sentence: Sentence, at: number): Predication {
  const { finite, aspect } = findFinite(sentence, at);
  const adverbs = listDependents(sentence, finite, /^(?:advmod|obl|cc:preconj|discourse|mark|det)/).concat(
    finite === at ? [] : listDependents(sentence, at, /^advmod/),
  );
  const words = adverbs.map((place) => getWord(sentence, place));
  const isStanding = /^(?:stand|bear)s?$/.test(getWord(sentence, at));
  if (isStanding)
    return {
      finite,
      isReal: cannotStand(sentence, at) && !isAsked(sentence, at),
      polarity: "positive",
      tense: "present",
      perfect: false,
      progressive: false,
      aspect: "plain",
      isAddition: false,
    };
  const isOver = isNoLonger(sentence, finite, at);
  const isRefused = !isOver && cannotEat(sentence, at);
  const isDenied = !isOver && words.some((word) => NEGATIVE.test(word));
  const { tense, perfect, progressive } = describeTense(sentence, finite);
  const isTakenBack = TAKEN_BACK.test(getStretch(sentence, at, sentence.tokens.length - 1));
  return {
    finite,
    isReal:
      (isRefused ? !isAsked(sentence, at) : isStated(sentence, finite, at)) &&
      !words.some((word) => UNSURE.test(word) || NEARLY_NEGATIVE.test(word) || (isDenied && ONLY.test(word))) &&
      !isCompared(sentence, finite, at),
    polarity: isDenied ? "negative" : "positive",
    tense: isTakenBack ? "past" : tense,
    perfect,
    progressive,
    aspect: isOver ? "ends" : aspect,
    isAddition: words.some((word) => /^(?:also|too|additionally)$/.test(word)),
  };
}

/** "I'm a designer at Acme, well, was": what was said of now is of the past. */
const TAKEN_BACK = /,? (?:well|or rather|i mean|or)\b,? (?:i )?(?:was|used to be|did)(?: until [^,]+)?[.!…]*$/i;

/** The words that help a verb or stand by it: "ca" and "n't" of "can't eat". */
function listHelpers(sentence: Sentence, at: number): string[] {
  return listDependents(sentence, at, /^(?:aux|advmod)/).map((place) => getWord(sentence, place));
}

/** "I can't eat dairy" says that somebody does not eat it; what they cannot eat today says nothing. */
function cannotEat(sentence: Sentence, at: number): boolean {
  const helpers = listHelpers(sentence, at);
  return (
    /^(?:eat|drink)$/.test(getWord(sentence, at)) &&
    sentence.times.length === 0 &&
    helpers.some((word) => /^(?:ca|can)$/.test(word)) &&
    helpers.some((word) => /^(?:not|n't)$/.test(word)) &&
    helpers.length === 2
  );
}

/** "As passionate about it as you are": whose passion it is, is not said. */
function isCompared(sentence: Sentence, finite: number, at: number): boolean {
  return [finite, at].some((place) =>
    listDependents(sentence, place, /^advmod/).some((word) => word < place && getWord(sentence, word) === "as"),
  );
}

/** "Can't stand olives" says that somebody dislikes them, whatever its words. */
function cannotStand(sentence: Sentence, at: number): boolean {
  const helpers = listHelpers(sentence, at);
  return (
    /^(?:stand|bear)$/.test(getWord(sentence, at)) &&
    helpers.some((word) => /^(?:ca|can)$/.test(word)) &&
    helpers.some((word) => NEGATIVE.test(word))
  );
}

const UNSURE =
  /^(?:almost|nearly|maybe|perhaps|probably|possibly|hopefully|supposedly|apparently|allegedly|kinda|practically|basically|virtually|theoretically|mentally|spiritually|emotionally|figuratively|ideally|temporarily)$/;

/** "We don't just like it": it is more than that. */
const ONLY =
  /^(?:just|only|merely|simply|very|well|much|always|often|usually|fluently|properly|necessarily|quite|exactly|fully|entirely)$/;

/** The "no more" of "I'm vegan, no more meat": of what is eaten, and not of what somebody is. */
function isOfNoun(sentence: Sentence, at: number): boolean {
  const more = getWord(sentence, at) === "no" ? at + 1 : at;
  return (
    getWord(sentence, more) === "more" &&
    getWord(sentence, more - 1) === "no" &&
    /^(?:NOUN|PROPN|ADJ|NUM)$/.test(sentence.tokens[more + 1]?.upos ?? "")
  );
}

/** "No longer", "not … any more": it was so and is not. */
function isNoLonger(sentence: Sentence, finite: number, at: number): boolean {
  const { tokens } = sentence;
  // "A tram driver now, not a bus driver any more": of the first nothing is over.
  const isContrast = tokens.some(
    (_, place) =>
      place > Math.max(finite, at) &&
      /^(?:not|n't)$/.test(getWord(sentence, place)) &&
      getWord(sentence, place - 1) === ",",
  );
  if (isContrast) return false;
  const said = tokens
    .map((_, place) => {
      const isSaid = isInClause(sentence, place, finite) || isInClause(sentence, place, at);
      return isSaid && !isOfNoun(sentence, place) ? getWord(sentence, place) : "";
    })
    .join(" ");
  return (
    /\bno longer\b|\bno more\b/.test(said) ||
    (/(?:\bnot|n't)\b/.test(said) && /\bany ?more\b|\bany longer\b/.test(said))
  );
}
