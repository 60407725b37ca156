import { addArticle } from "#lib/extraction/reader/inflect.ts";
import { findDependent, getStretch, getWord, isInTime, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { type Slot, toValue } from "#lib/extraction/reader/slots/slot.ts";

export const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/** "Two kids", "a dog", "my two kids": how many of a kind, without names. */
export function readCount(sentence: Sentence, at: number): Slot | null {
  const number = findDependent(sentence, at, /^(?:nummod|det)$/);
  const word = number === undefined ? "" : getWord(sentence, number);
  if (
    !/^(?:an?|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/.test(word) ||
    number === undefined ||
    number > at
  )
    return null;
  if (findDependent(sentence, at, /^acl:relcl/) !== undefined) return null;
  if (/^hot$/.test(getWord(sentence, at - 1))) return null;
  // "I have two girls in my class" counts nobody's children.
  if (/^(?:boys|girls)$/.test(getWord(sentence, at)) && findDependent(sentence, at, /^nmod$/) !== undefined)
    return null;
  if (sentence.tokens.slice(number + 1, at).some(({ upos }) => !/^(?:ADJ|NOUN)$/.test(upos))) return null;
  if (/^(?:few|couple|lot|bunch|bit|second|third|new|different)$/.test(getWord(sentence, number + 1))) return null;
  const noun = getStretch(sentence, number + 1, at)
    .toLowerCase()
    .replace(PRAISE, "");
  return toValue(/^an?$/.test(word) ? addArticle(noun) : `${word} ${noun}`);
}

/** What people add to those they count and what is no matter of fact. */
const PRAISE =
  /\b(?:wonderful|beautiful|amazing|lovely|great|adorable|awesome|gorgeous|sweet|crazy|cute|annoying|naughty|lazy|nice|good|awful|perfect|precious),? (?=\S)/g;

/** "34", "34 years old": of people below 120. */
export function readAge(sentence: Sentence, at: number): Slot | null {
  const isOld = getWord(sentence, at) === "old" && /^(?:years?|yrs?)$/.test(getWord(sentence, at - 1));
  const place = isOld ? at - 2 : at;
  const number = getWord(sentence, place);
  const isNumber = /^\d{1,3}$/.test(number) && Number(number) <= 120;
  // "Technically I'm 11" tells of leap years.
  if (/\btechnically\b/i.test(sentence.text)) return null;
  const isQuoted = /['"]$/.test(sentence.tokens[at - 1]?.text ?? "");
  if (isQuoted || !(isNumber || (SPELLED.test(number) && isOfOne(sentence, at)))) return null;
  if (!(isOld || endsWithNumber(sentence, at)) || APPROXIMATE.test(getWord(sentence, place - 1))) return null;
  return findDependent(sentence, at, /^(?:amod|compound)$/) === undefined ? toValue(number) : null;
}

/** Whether nothing is counted by a number: "34 now", "34 in June", not "34 in a row" and not "34 people". */
function endsWithNumber(sentence: Sentence, at: number): boolean {
  const next = sentence.tokens[at + 1]?.text.toLowerCase() ?? ".";
  if (
    !/^(?:[.,;!?)]|and|but|with|w|now|today|tomorrow|last|this|next|in|on|two|a|yesterday|so|btw|lol|haha|rn)$/.test(
      next,
    )
  )
    return false;
  return !/^(?:in|on)$/.test(next) || isInTime(sentence, at + 1) || isInTime(sentence, at + 2);
}

/** Ages of children as they are written out. */
const SPELLED =
  /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)$/;

/** "Lachie is eleven", "my son is six"; not "it is eleven" and not "we are four". */
function isOfOne(sentence: Sentence, at: number): boolean {
  const subject = findDependent(sentence, at, /^nsubj/);
  const isNoun = /^(?:NOUN|PROPN)$/.test(sentence.tokens[subject ?? -1]?.upos ?? "");
  return (
    subject !== undefined &&
    isNoun &&
    /^(?:is|['’]s)$/.test(getWord(sentence, findDependent(sentence, at, /^cop$/) ?? -1))
  );
}

/** "Over 40" and "nearly 40" are not 40. */
const APPROXIMATE =
  /^(?:over|under|above|below|past|pushing|around|about|roughly|approximately|like|near|nearly|almost|maybe|approx|~|circa|in)$/;

/** A number with at least seven figures, as it was written. */
export function readPhone({ text, tokens }: Sentence, at: number): string | null {
  const from = tokens[at]?.start ?? 0;
  const before = /[+(]?\s?$/.exec(text.slice(0, from))?.[0].trim() ?? "";
  const found = /^[+(]?[\d][\d ().-]*\d/.exec(text.slice(from - (before ? before.length : 0)));
  const number = found?.[0].trim() ?? "";
  return number.replace(/\D/g, "").length >= 7 ? number : null;
}
