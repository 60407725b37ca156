import { addArticle } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getStretch,
  getWord,
  hasMarker,
  isInTime,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { findNameRun, readCalledName, readName } from "#lib/extraction/reader/slots/names.ts";
import { type Slot, toNode, toValue } from "#lib/extraction/reader/slots/slot.ts";

/** "A boat", "my Honda": what is owned for years. */
export function readOwned(sentence: Sentence, at: number): Slot | null {
  const determiner = getWord(sentence, findDependent(sentence, at, /^(?:det|nmod:poss)$/) ?? -1);
  const called = readCalledName(sentence, at);
  if (called !== null) return toNode(called, "Thing");
  if (!/^(?:an?|my|our|the)$/.test(determiner)) return null;
  const slot = isNameWord(sentence, at)
    ? readMake(sentence, at)
    : (readPossession(sentence, at, determiner) ?? readDefinite(sentence, at, determiner));
  return slot && determiner === "the" ? { ...slot, isDefinite: true } : slot;
}

/** "My Honda", and the year of "a 2019 Kia Sportage". */
function readMake(sentence: Sentence, at: number): Slot | null {
  const name = readName(sentence, at, () => true);
  const year = getWord(sentence, (findNameRun(sentence, at)?.[0] ?? 0) - 1);
  return toNode(name !== null && /^(?:19|20)\d\d$/.test(year) ? `${year} ${name}` : name, "Thing");
}

/** "The civic": of what was spoken of before one word of its name is enough. */
function readDefinite(sentence: Sentence, at: number, determiner: string): Slot | null {
  const isPlain = determiner === "the" && sentence.tokens[at]?.xpos === "NN" && getWord(sentence, at - 1) === "the";
  return isPlain ? toNode(getWord(sentence, at), "Thing") : null;
}

/** "My boat", "the flat in Split": of one that was spoken of before, where it is does not tell it from others. */
function readPossession(sentence: Sentence, at: number, determiner: string): Slot | null {
  const more =
    determiner === "the"
      ? []
      : listDependents(sentence, at, /^nmod$/).filter((place) => !hasMarker(sentence, place, /^with$/));
  const within = more.filter((place) => isNamedPlace(sentence, place));
  if (findDependent(sentence, at, /^acl/) !== undefined || more.length > within.length) return null;
  const parts = listDependents(sentence, at, /^(?:compound|amod)/).filter(
    (place) => place < at && !/^(?:new|old|own|first|second|big|nice)$/.test(getWord(sentence, place)),
  );
  const noun = getStretch(sentence, Math.min(at, ...parts), at).toLowerCase();
  if (!lists.POSSESSIONS.has(getWord(sentence, at)) && !lists.POSSESSIONS.has(noun)) return null;
  const last = Math.max(at, ...within.map((place) => findNameRun(sentence, place)?.[1] ?? at));
  return toValue(addArticle(last > at ? `${noun} ${getStretch(sentence, at + 1, last)}` : noun));
}

/** "In Nice", right behind what is there. */
function isNamedPlace(sentence: Sentence, at: number): boolean {
  const marker = findDependent(sentence, at, /^case$/) ?? -1;
  return (
    getWord(sentence, marker) === "in" &&
    marker === (sentence.tokens[at]?.head ?? -1) + 1 &&
    isNameWord(sentence, at) &&
    !isInTime(sentence, at)
  );
}
