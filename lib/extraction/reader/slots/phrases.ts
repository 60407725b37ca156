import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import { addArticle, makeGerund } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getRelation,
  getStretch,
  getWord,
  isInTime,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { fromList } from "#lib/extraction/reader/slots/listed.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { findNameRun, isCutOff, readCalledName, readName } from "#lib/extraction/reader/slots/names.ts";
import { type Slot, toNode, toValue } from "#lib/extraction/reader/slots/slot.ts";

const DEICTIC =
  /^(?:the|this|that|these|those|some|any|every|each|all|no|another|such|what|which|your|its|their|his|her|my|our|both|half|much|many|more|less|most|few|several|other|same)$/;
const POINTING_NOUN =
  /^(?:way|ways|thing|things|stuff|one|ones|part|parts|lot|lots|bit|kind|sort|type|idea|fact|time|times|moment|place|people|guy|guys|something|anything|everything|nothing|someone|everyone|anyone|product|products|service|app|update|version|feature|answer|response|tip|tips|suggestion|suggestions|job|reason|point|question|problem|issue)$/;

/**
 * A noun with what belongs to it, and nothing that points at the moment: "early meetings", "history of art".
 * @param ignored prepositions whose phrases tell of something else: "maths" of "teach maths to teenagers".
 */
export function readNounPhrase(sentence: Sentence, at: number, ignored?: RegExp): string | null {
  const token = sentence.tokens[at];
  if (!token || isInTime(sentence, at)) return null;
  if (isNameWord(sentence, at)) {
    const run = findNameRun(sentence, at);
    const others = listDependents(sentence, at, /^(?:nmod:poss|acl|nmod$)/).filter(
      (place) => !run || place < run[0] || place > run[1],
    );
    return run && others.length === 0 && !isCutOff(sentence, ...run) ? getStretch(sentence, ...run) : null;
  }
  if (!/^(?:NOUN|X|SYM)$/.test(token.upos) && !/[+#]$/.test(token.text)) return null;
  if (POINTING_NOUN.test(token.text.toLowerCase())) return null;
  if (
    isFirstPart(sentence, at) ||
    listDependents(sentence, at, /^(?:cop|aux)/).some((place) => getWord(sentence, place) === "being")
  )
    return null;
  const parts = listDependents(sentence, at).filter(
    (place) =>
      !isAtAll(sentence, place) &&
      !/^(?:punct|cc|conj|case|cop|nsubj|advmod|discourse|parataxis|appos|obl|mark|aux|advcl|vocative|list|cc:preconj)/.test(
        getRelation(sentence, place),
      ),
  );
  if (
    parts.some(
      (place) =>
        !/^(?:amod|compound|nummod|flat|nmod)/.test(getRelation(sentence, place)) ||
        DEICTIC.test(getWord(sentence, place)),
    )
  )
    return null;
  const isIgnored = (place: number) =>
    ignored?.test(getWord(sentence, findDependent(sentence, place, /^case$/) ?? -1)) === true;
  const inner = parts.filter((place) => /^(?:nmod)/.test(getRelation(sentence, place)) && !isIgnored(place));
  if (inner.some((place) => !isPlainComplement(sentence, place))) return null;
  const adjectives = parts.filter((place) => place < at);
  const first = Math.min(at, ...adjectives, ...adjectives.flatMap((place) => listDependents(sentence, place)));
  const last = Math.max(at, ...inner, ...parts.filter((place) => getRelation(sentence, place) === "flat"));
  const text = getStretch(sentence, first, last);
  if (text.split(" ").length > 5 || hasPointingWord(sentence, first, last) || touchesHyphen(sentence, first, last))
    return null;
  return /\p{L}/u.test(text) && !goesOn(sentence, last, ignored) ? text : null;
}

/** "I don't like vegetables at all". */
function isAtAll(sentence: Sentence, at: number): boolean {
  return getWord(sentence, at) === "all" && getWord(sentence, at - 1) === "at";
}

/** "Animals with fur", "a love of art": what follows belongs to it, whatever the parser hung it on. */
function goesOn(sentence: Sentence, last: number, ignored?: RegExp): boolean {
  const next = getWord(sentence, last + 1);
  return (
    /^(?:with|without|of|from|about|that|who|which|where)$/.test(next) &&
    !ignored?.test(next) &&
    !isInTime(sentence, last + 2)
  );
}

/** "Marine" of "marine biology" where the parser took it for the whole. */
function isFirstPart({ tokens }: Sentence, at: number): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  return (
    token !== undefined &&
    next !== undefined &&
    /^(?:NOUN|PROPN|ADJ)$/.test(next.upos) &&
    next.start - token.end <= 1 &&
    next.relation !== "obl:unmarked"
  );
}

function touchesHyphen({ tokens }: Sentence, first: number, last: number): boolean {
  const isSign = (at: number) => /^[-–/&]$/.test(tokens[at]?.text ?? "");
  return isSign(first - 1) || isSign(last + 1);
}

function isPlainComplement(sentence: Sentence, at: number): boolean {
  const marker = getWord(sentence, findDependent(sentence, at, /^case$/) ?? -1);
  const below = listDependents(sentence, at).filter(
    (place) => !/^(?:case|amod|compound|punct|cc|conj)/.test(getRelation(sentence, place)),
  );
  return /^(?:of|from|with)$/.test(marker) && below.length === 0 && sentence.tokens[at]?.upos !== "PRON";
}

function hasPointingWord(sentence: Sentence, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) {
    if (sentence.tokens[at]?.upos === "PRON" || DEICTIC.test(getWord(sentence, at))) return true;
  }
  return false;
}

/** What people like: a thing, or doing something. */
export function readThing(sentence: Sentence, at: number): Slot | null {
  const token = sentence.tokens[at];
  // A first name alone is somebody, as likely as not the one who is spoken to.
  if (!token || (token.upos === "PROPN" && isFirstName(token.text) && !hasSurname(sentence, at))) return null;
  if (/^VB/.test(token.xpos) && getRelation(sentence, at) !== "obj") return toNode(readDoing(sentence, at), "Activity");
  if (token.xpos === "VBG") return toNode(readDoing(sentence, at), "Activity");
  if (
    /^(?:NOUN|ADJ)$/.test(token.upos) &&
    GENERAL.test(token.text.toLowerCase()) &&
    getWord(sentence, at - 1) === "the" &&
    !listDependents(sentence, at).some((place) => place > at)
  )
    return toNode(`the ${token.text.toLowerCase()}`, "Topic");
  if (token.upos === "NOUN" && token.xpos === "NN" && !isMassNoun(sentence, at)) return null;
  // "I prefer cats over dogs": what is compared with is not a part of it.
  return toNode(readNounPhrase(sentence, at, /^(?:over|than)$/), "Topic");
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

/** "Playing the guitar", "to cook": doing something, with its own object and nothing that points at the moment. */
function readDoing(sentence: Sentence, at: number): string | null {
  const own = listDependents(sentence, at).filter(
    (place) =>
      !/^(?:punct|cc|conj|mark|advmod|discourse|parataxis|obl:unmarked)/.test(getRelation(sentence, place)) &&
      !isCircumstance(sentence, place),
  );
  if (own.some((place) => !/^(?:obj|compound|obl|xcomp)/.test(getRelation(sentence, place)) || place < at)) return null;
  if (listDependents(sentence, at, /^(?:advmod|obl:unmarked)/).length > 0) return null;
  const base = getWord(sentence, at);
  const word = sentence.tokens[at]?.xpos === "VB" ? makeGerund(base) : base;
  if (
    !word.endsWith("ing") ||
    /^(?:being|having|getting|seeing|hearing|knowing|thinking|talking|using|spending|helping)$/.test(word)
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
  return isWhole(sentence, last) ? `${word} ${rest}`.trim() : null;
}

/** Whether a phrase of doing ends where it was cut: before a stop, a conjunction or a circumstance that is left out. */
function isWhole(sentence: Sentence, last: number): boolean {
  const next = sentence.tokens[last + 1];
  if (!next || /^(?:PUNCT|CCONJ|SCONJ|ADV|INTJ|SYM)$/.test(next.upos) || isInTime(sentence, last + 1)) return true;
  return next.upos === "ADP" && isCircumstance(sentence, next.head);
}

/** "With my mom", "in the winter", "before bed": with whom and when are left out, since what is liked is the doing. */
function isCircumstance(sentence: Sentence, at: number): boolean {
  if (!/^(?:obl|nmod)$/.test(getRelation(sentence, at))) return false;
  const marker = getWord(sentence, findDependent(sentence, at, /^case$/) ?? -1);
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

/** "A boat", "my Honda": what is owned for years. */
export function readOwned(sentence: Sentence, at: number): Slot | null {
  const determiner = getWord(sentence, findDependent(sentence, at, /^(?:det|nmod:poss)$/) ?? -1);
  const called = readCalledName(sentence, at);
  if (called !== null) return toNode(called, "Thing");
  if (!/^(?:an?|my|our|the)$/.test(determiner)) return null;
  const slot = isNameWord(sentence, at)
    ? toNode(
        readName(sentence, at, () => true),
        "Thing",
      )
    : readPossession(sentence, at, determiner);
  return slot && determiner === "the" ? { ...slot, isDefinite: true } : slot;
}

/** "My boat", "the flat in Split": of one that was spoken of before, where it is does not tell it from others. */
function readPossession(sentence: Sentence, at: number, determiner: string): Slot | null {
  const more = determiner === "the" ? [] : listDependents(sentence, at, /^nmod$/);
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
  if (article === undefined) return toNode(readNounPhrase(sentence, at), "Activity");
  const isInstrument =
    getWord(sentence, article) === "the" &&
    article === at - 1 &&
    /^(?:guitar|piano|violin|cello|drums|flute|trumpet|saxophone|bass|harp|ukulele|clarinet|banjo|oboe|organ|accordion|trombone|viola|keyboard|bagpipes|harmonica)$/.test(
      word,
    );
  return isInstrument ? toNode(`the ${word}`, "Activity") : null;
}

/** A subject of study: a plain noun or a language. */
export function readTopic(sentence: Sentence, at: number): Slot | null {
  const language = fromList(sentence, at, lists.LANGUAGES, "Language");
  if (language) return language;
  if (
    findDependent(sentence, at, /^(?:det|nmod:poss)/) !== undefined ||
    /^(?:kids|children|hard|students|people|lot|ropes|lesson|lessons)$/.test(getWord(sentence, at))
  )
    return null;
  const { upos = "", xpos = "", text = "" } = sentence.tokens[at] ?? {};
  if (
    !/^(?:NOUN|PROPN)$/.test(upos) ||
    (xpos === "NNS" && !/(?:ics|maths|studies|arts|languages|relations|sciences|dance|lessons)$/i.test(text))
  )
    return null;
  return toNode(readNounPhrase(sentence, at, /^(?:to|at|in|for|with|since)$/), "Topic");
}
