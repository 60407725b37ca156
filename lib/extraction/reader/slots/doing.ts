import { makeGerund } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getMarker,
  getRelation,
  getStretch,
  getWord,
  isInTime,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { readNounPhrase } from "#lib/extraction/reader/slots/phrases.ts";
import { type Slot, toNode } from "#lib/extraction/reader/slots/slot.ts";

/** What is played or done again and again: a game, a sport, an instrument. */
export function readActivity(sentence: Sentence, at: number): Slot | null {
  const word = getWord(sentence, at);
  if (
    (lists.NOT_ACTIVITIES.has(word) && findDependent(sentence, at, /^compound/) === undefined) ||
    (sentence.tokens[at - 1]?.xpos === "VBG" &&
      sentence.tokens[at]?.head !== at - 1 &&
      getRelation(sentence, at) !== "xcomp")
  )
    return null;
  if (sentence.tokens[at]?.xpos === "VBG") return toNode(readDoing(sentence, at), "Activity");
  const article = findDependent(sentence, at, /^det$/);
  // "Badminton on Tuesdays with my brother" is badminton.
  if (article === undefined) return toNode(readNounPhrase(sentence, at, /^(?:on|at|with|after|before)$/), "Activity");
  const isInstrument = getWord(sentence, article) === "the" && article === at - 1 && lists.INSTRUMENTS.has(word);
  return isInstrument ? toNode(`the ${word}`, "Activity") : null;
}

/** Doing something, and no thing: "dancing". */
export function readGerund(sentence: Sentence, at: number): Slot | null {
  return sentence.tokens[at]?.xpos === "VBG" ? toNode(readDoing(sentence, at), "Activity") : null;
}

/** "Playing the guitar", "to cook": doing something, with its own object and nothing that points at the moment. */
export function readDoing(sentence: Sentence, at: number): string | null {
  const own = listDependents(sentence, at).filter(
    (place) =>
      !/^(?:punct|cc|conj|mark|nsubj|aux|advmod|discourse|parataxis|obl:unmarked)/.test(getRelation(sentence, place)) &&
      !isCircumstance(sentence, place),
  );
  if (own.some((place) => !/^(?:obj|compound|obl|xcomp)/.test(getRelation(sentence, place)) || place < at)) return null;
  if (listDependents(sentence, at, /^(?:advmod|obl:unmarked)/).length > 0) return null;
  const base = getWord(sentence, at);
  if (getWord(sentence, at + 1) === "sure" || listDependents(sentence, at, /^ccomp/).length > 0) return null;
  const word = sentence.tokens[at]?.xpos === "VB" ? makeGerund(base) : base;
  if (
    !word.endsWith("ing") ||
    /^(?:being|having|getting|saying|telling|believing|seeing|hearing|knowing|thinking|talking|using|spending|helping)$/.test(
      word,
    )
  )
    return null;
  const last = own.reduce(
    (most, place) =>
      Math.max(
        most,
        place,
        ...listDependents(sentence, place).filter(
          (below) => !/^(?:punct|conj|cc)/.test(getRelation(sentence, below)) && !isCircumstance(sentence, below),
        ),
      ),
    at,
  );
  const rest = last > at ? getStretch(sentence, at + 1, last) : "";
  if (
    rest.split(" ").length > 4 ||
    hasPersonalWord(sentence, at + 1, last) ||
    own.some((place) => isInTime(sentence, place))
  )
    return null;
  const hasMore = (place: number) =>
    listDependents(sentence, place, /^(?:acl|nmod|appos|amod)/).some(
      (below) => below > place && !isCircumstance(sentence, below),
    );
  if (own.some(hasMore)) return null;
  if (rest.includes(",") || own.some((place) => isOfMoment(sentence, place))) return null;
  return isWhole(sentence, last) ? `${word} ${rest}`.trim() : null;
}

/** "Prepping the feast": the one of that day, not what is there for everybody, such as the stars. */
function isOfMoment(sentence: Sentence, at: number): boolean {
  const word = getWord(sentence, at);
  if (getRelation(sentence, at) !== "obj" || FOR_EVERYBODY.test(word) || lists.INSTRUMENTS.has(word)) return false;
  return getWord(sentence, findDependent(sentence, at, /^det$/) ?? -1) === "the";
}

const FOR_EVERYBODY =
  /^(?:dogs?|cats?|news|paper|papers|stars|sky|sun|moon|sunset|sunrise|sea|ocean|waves|mountains|hills|woods|garden|outdoors|countryside|city|world|radio|crossword|laundry|dishes|opera|theatre|theater|internet|markets?|beach)$/;

/** Whether a phrase of doing ends where it was cut: before a stop, a conjunction or a circumstance that is left out. */
function isWhole(sentence: Sentence, last: number): boolean {
  const next = sentence.tokens[last + 1];
  if (/^["“‘]$/.test(next?.text ?? "")) return false;
  if (!next || /^(?:PUNCT|CCONJ|SCONJ|ADV|INTJ|SYM|AUX)$/.test(next.upos) || isInTime(sentence, last + 1)) return true;
  return next.upos === "ADP" && isCircumstance(sentence, next.head);
}

/** "With my mom", "in the winter", "before bed": with whom and when are left out, since what is liked is the doing. */
export function isCircumstance(sentence: Sentence, at: number): boolean {
  if (!/^(?:obl|nmod)$/.test(getRelation(sentence, at))) return false;
  const marker = getMarker(sentence, at);
  const isForSomebody =
    marker === "for" && /^(?:cooking|baking|cook|bake)$/.test(getWord(sentence, sentence.tokens[at]?.head ?? -1));
  if (marker === "with" || isForSomebody) return findDependent(sentence, at, /^nmod:poss/) !== undefined;
  return /^(?:on|in|at|before|after|during)$/.test(marker) && WHEN.test(getWord(sentence, at));
}

const WHEN =
  /^(?:weekends?|evenings?|mornings?|nights?|summers?|winters?|spring|fall|autumn|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|bed|work|school|dinner|lunch|breakfast|holidays?)$/;

function hasPersonalWord(sentence: Sentence, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) {
    if (sentence.tokens[at]?.upos === "PRON" || /^(?:this|that|these|those|some|any)$/.test(getWord(sentence, at)))
      return true;
  }
  return false;
}
