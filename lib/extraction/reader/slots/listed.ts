import { addArticle } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getMarker,
  getStretch,
  getWord,
  isInTime,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { isCutOff, writeName } from "#lib/extraction/reader/slots/names.ts";
import { type Slot, toValue } from "#lib/extraction/reader/slots/slot.ts";

/** A word of a list, with the words before it that make it a longer one of the list. */
export function fromList(sentence: Sentence, at: number, list: ReadonlySet<string>, label: string | null): Slot | null {
  const isCapital = label === "Language" || list === lists.NATIONALITIES;
  const [first, last] = findListed(sentence, at, list) ?? [];
  if (first === undefined || last === undefined) return null;
  if (isCutOff(sentence, first, last) || isExtended(sentence, first, last)) return null;
  const text = getStretch(sentence, first, last);
  return {
    text: isCapital
      ? writeName(sentence, first, last)
      : /^\p{Lu}\p{Ll}/u.test(text) && label === null
        ? text.toLowerCase()
        : text,
    label,
  };
}

/** The longest stretch around a word that stands in a list. */
function findListed(sentence: Sentence, at: number, list: ReadonlySet<string>): [first: number, last: number] | null {
  for (const last of [at + 2, at + 1, at]) {
    for (let first = Math.max(0, at - 3); first <= at; first += 1) {
      if (sentence.tokens[last] && list.has(getStretch(sentence, first, last).toLowerCase())) return [first, last];
    }
  }
  return null;
}

/** "Asthma inhaler", "cancer research": the word is only the first part of another. */
function isExtended({ tokens }: Sentence, first: number, at: number): boolean {
  const determiner = tokens[first - 1]?.text.toLowerCase() ?? "";
  return (
    (tokens[at]?.relation === "compound" && (tokens[at]?.head ?? -1) > at) ||
    /^(?:some|any|no|half|less|more)$/.test(determiner)
  );
}

export function isModified(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^(?:amod|compound|advmod|obl:unmarked|nmod|det)/).some(
    (place) => place === at - 1 && !/^(?:not|n't|also|actually|still|originally|an?)$/.test(getWord(sentence, place)),
  );
}

/** "A nurse", "a software engineer": a trade, not what somebody was or is like. */
export function readOccupation(sentence: Sentence, at: number): Slot | null {
  const bare = findBareTrade(sentence, at);
  if (bare !== undefined) return readBareTrade(sentence, bare);
  const article = findDependent(sentence, at, /^det$/);
  if (article === undefined && isBareTradeOfSelf(sentence, at)) return readBareTrade(sentence, at);
  if (getWord(sentence, at) === "head") return readHeadOf(sentence, at);
  const isTitled = isOnlyOne(sentence, at, article);
  if (article === undefined || !(/^an?$/.test(getWord(sentence, article)) || isTitled) || article > at) return null;
  if (belongsToMore(sentence, at)) return null;
  // "The new manager" is the manager, and a "45-year-old teacher" a teacher.
  const next = getWord(sentence, article + 1) === "new" ? article + 1 : article;
  const aged = /^\d{1,2}$/.test(getWord(sentence, next + 1)) ? findAgeEnd(sentence, next + 1) : next;
  const before = sentence.tokens.slice(aged + 1, at).map(({ text }) => text.toLowerCase());
  if (before.some((word) => lists.FORMER.has(word) || word === "and") || before.length > 3) return null;
  const noun = getStretch(sentence, aged + 1, at);
  const word = getWord(sentence, at);
  const isAs = getMarker(sentence, at) === "as";
  const isGraded = before.some((each) => lists.GRADES.has(each));
  if (!isTrade(word, isAs || isGraded) && !lists.OCCUPATIONS.has(noun.toLowerCase())) return null;
  if (lists.VAGUE_OCCUPATIONS.has(word) && before.length === 0 && !isAs) return null;
  if (isTitled) return toValue(`the ${noun}`);
  if (findDependent(sentence, at, /^acl$/) !== undefined || hasFiction(sentence, at)) return null;
  const isTitle = noun.split(" ").every((each) => /^\p{Lu}\p{Ll}/u.test(each));
  return toValue(addArticle(isTitle ? noun.toLowerCase() : noun));
}

/** "The head of IT". */
function readHeadOf(sentence: Sentence, at: number): Slot | null {
  const of = getWord(sentence, at + 1) === "of" ? findDependent(sentence, at, /^nmod/) : undefined;
  const isPlain =
    of !== undefined && of - at <= 4 && listDependents(sentence, of, /^(?:nmod|acl|det|nmod:poss)/).length === 0;
  return isPlain && !isInTime(sentence, of) ? toValue(`the head of ${getStretch(sentence, at + 2, of)}`) : null;
}

/** "The IT manager at Brightwell", "the sales director": of a post that one has, told with what it is of. */
function isOnlyOne(sentence: Sentence, at: number, article: number | undefined): boolean {
  if (article === undefined || getWord(sentence, article) !== "the") return false;
  // "The designated driver" is somebody for an evening.
  if (sentence.tokens[at - 1]?.xpos === "VBN") return false;
  const more = listDependents(sentence, at, /^(?:acl|nmod|obl)/).filter((place) => !isInTime(sentence, place));
  return article < at - 1 && more.every((place) => /^(?:at|for|of|in)$/.test(getMarker(sentence, place)));
}

/** Where a trade stands without its article: "promoted to shift supervisor", "they made me manager". */
function findBareTrade(sentence: Sentence, at: number): number | undefined {
  const later = sentence.tokens[at]?.upos === "VERB" ? findDependent(sentence, at, /^obj$/) : undefined;
  // The parser may take the "to" for that of a verb.
  if (later === at + 1 && /^(?:to|me|us|him|her)$/.test(getWord(sentence, at - 1))) return later;
  const marker = getWord(sentence, findDependent(sentence, at, /^(?:case|mark)$/) ?? -1);
  const isMade = getWord(sentence, sentence.tokens[at]?.head ?? -1) === "made";
  const hasArticle = findDependent(sentence, at, /^det$/) !== undefined;
  return !hasArticle && (isMade || /^(?:to|as)$/.test(marker)) && !belongsToMore(sentence, at) ? at : undefined;
}

/** "I am hairdresser", as many say it whose first language has no article. */
function isBareTradeOfSelf(sentence: Sentence, at: number): boolean {
  const copula = findDependent(sentence, at, /^cop$/);
  const first = Math.min(at, ...listDependents(sentence, at, /^(?:compound|amod)/));
  const isSelf = copula !== undefined && copula < first && /^(?:am|['’]?m)$/.test(getWord(sentence, copula));
  const isVague = lists.VAGUE_OCCUPATIONS.has(getWord(sentence, at)) && first === at;
  const words = sentence.tokens.slice(first, at).map(({ text }) => text.toLowerCase());
  return isSelf && !isVague && !words.some((word) => lists.FORMER.has(word)) && !belongsToMore(sentence, at);
}

/** "A doctor's daughter" and "a nurse aide" are neither. */
function belongsToMore(sentence: Sentence, at: number): boolean {
  const next = sentence.tokens[at + 1];
  return (
    /^['’]s$/.test(getWord(sentence, at + 1)) ||
    (/^(?:NOUN|PROPN)$/.test(next?.upos ?? "") && !isInTime(sentence, at + 1))
  );
}

/** The last word of "45-year-old" or "45 year old". */
function findAgeEnd(sentence: Sentence, from: number): number {
  const old = [1, 2, 3, 4]
    .map((step) => from + step)
    .find((place) => /^(?:old|yo|y\/o|yrs?)$/.test(getWord(sentence, place)));
  return old ?? from - 1;
}

/** "Promoted to store manager": a trade without its article. */
function readBareTrade(sentence: Sentence, at: number): Slot | null {
  const isVerbLike =
    sentence.tokens[at - 1]?.upos === "VERB" && /^(?:to|me|us|him|her)$/.test(getWord(sentence, at - 2));
  const first = isVerbLike ? at - 1 : Math.min(at, ...listDependents(sentence, at, /^(?:compound|amod)/));
  const noun = getStretch(sentence, first, at);
  return lists.OCCUPATIONS.has(getWord(sentence, at)) && first >= at - 2
    ? toValue(addArticle(noun.toLowerCase()))
    : null;
}

/** A word for a trade; after "work as a", whatever names a doer. */
function isTrade(word: string, isAs: boolean): boolean {
  return lists.OCCUPATIONS.has(word) || TRADE.test(word) || (isAs && DOER.test(word) && !lists.NO_TRADES.has(word));
}

/** Endings of those who do something. */
const DOER = /\p{L}{3}(?:er|or|ist|ian)$/u;
/** Endings that only trades have. */
const TRADE =
  /\p{L}{3}(?:ologist|ographer|therapist|iatrist|keeper|smith)$|^(?:mail|post|fire|sales|business|repair|handy|camera|crafts|police)(?:man|woman)$/u;

function hasFiction(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^nmod/).some((place) =>
    /^(?:game|play|movie|film|life|dream|dreams|heart|disguise|past)$/.test(getWord(sentence, place)),
  );
}

export function readReligion(sentence: Sentence, at: number): Slot | null {
  const word = getWord(sentence, at);
  if (getWord(sentence, at + 1) === "about") return null;
  if (!lists.RELIGIONS.has(word) || listDependents(sentence, at, /^(?:amod|compound)/).length > 0) return null;
  const article = findDependent(sentence, at, /^det$/);
  const text = word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  const shown = /^(?:atheist|agnostic)$/.test(word) ? word : text;
  return toValue(article === undefined ? shown : addArticle(shown));
}
