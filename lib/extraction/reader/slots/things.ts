import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import { getRelation, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { isCircumstance, readDoing } from "#lib/extraction/reader/slots/doing.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { findNameRun } from "#lib/extraction/reader/slots/names.ts";
import { readNounPhrase } from "#lib/extraction/reader/slots/phrases.ts";
import { type Slot, toNode } from "#lib/extraction/reader/slots/slot.ts";

/** What people like: a thing, or doing something. */
export function readThing(sentence: Sentence, at: number): Slot | null {
  const token = sentence.tokens[at];
  // A first name alone is somebody, as likely as not the one who is spoken to.
  if (!token || (token.upos === "PROPN" && isFirstName(token.text) && !hasSurname(sentence, at))) return null;
  if (/^VB/.test(token.xpos) && getRelation(sentence, at) !== "obj") return toNode(readDoing(sentence, at), "Activity");
  if (token.xpos === "VBG") return toNode(readDoing(sentence, at), "Activity");
  if (
    /^(?:NOUN|ADJ)$/.test(token.upos) &&
    (GENERAL.test(token.text.toLowerCase()) || lists.INSTRUMENTS.has(token.text.toLowerCase())) &&
    getWord(sentence, at - 1) === "the" &&
    !listDependents(sentence, at).some((place) => place > at)
  )
    return toNode(`the ${token.text.toLowerCase()}`, "Topic");
  if (token.upos === "NOUN" && token.xpos === "NN" && !isMassNoun(sentence, at)) return null;
  // "I prefer cats over dogs": what is compared with is not a part of it.
  return toNode(readNounPhrase(sentence, at, /^(?:over|than)$/), "Topic");
}

/** What is preferred; but of "running in the morning" the morning is the point, and nothing is known of running. */
export function readPreferred(sentence: Sentence, at: number): Slot | null {
  const heads = [at, sentence.tokens[at]?.head ?? -1];
  const isOfTimes = heads.some((head) =>
    listDependents(sentence, head).some((place) => isCircumstance(sentence, place)),
  );
  return isOfTimes ? null : readThing(sentence, at);
}

function hasSurname(sentence: Sentence, at: number): boolean {
  const [first, last] = findNameRun(sentence, at) ?? [at, at];
  return last > first;
}

/** With "the" these are meant in general: "the beach". */
const GENERAL =
  /^(?:beach|ocean|outdoors|mountains|sea|snow|rain|summer|winter|autumn|fall|spring|cold|heat|sun|theater|theatre|cinema|opera|woods|forest|desert|countryside|night|rain|water|wilderness|gym|library)$/;

/** A single countable noun without an article is a slip of the reader or of the writer; with one it is a thing of the moment. */
function isMassNoun(sentence: Sentence, at: number): boolean {
  return !listDependents(sentence, at, /^det$/).some((place) =>
    /^(?:an?|the|this|that)$/.test(getWord(sentence, place)),
  );
}
