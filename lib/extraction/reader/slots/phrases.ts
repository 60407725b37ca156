import {
  findDependent,
  getMarker,
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
import { findNameRun, isCutOff } from "#lib/extraction/reader/slots/names.ts";
import { type Slot, toNode } from "#lib/extraction/reader/slots/slot.ts";

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
      (place) => (!run || place < run[0] || place > run[1]) && ignored?.test(getMarker(sentence, place)) !== true,
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
  const isIgnored = (place: number) => ignored?.test(getMarker(sentence, place)) === true;
  const inner = parts.filter((place) => /^(?:nmod)/.test(getRelation(sentence, place)) && !isIgnored(place));
  if (inner.some((place) => !isPlainComplement(sentence, place))) return null;
  // "Long walks", where the parser takes the adjective for an adverb.
  const adverbs = listDependents(sentence, at, /^advmod$/).filter(
    (place) => place === at - 1 && /^(?:long|early|late|fast|slow|deep|high|low|hard)$/.test(getWord(sentence, place)),
  );
  const adjectives = [...parts.filter((place) => place < at), ...adverbs];
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
  const marker = getMarker(sentence, at);
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

/** Subjects that look like what somebody is doing. */
const SUBJECT_IN_ING =
  /^(?:accounting|engineering|nursing|marketing|acting|banking|catering|plumbing|welding|programming|computing|surveying|journaling|nanoengineering|bookkeeping|woodworking|metalworking|filmmaking|dressmaking|blacksmithing)$/i;

/** A subject of study: a plain noun or a language. */
export function readTopic(sentence: Sentence, at: number): Slot | null {
  const language = fromList(sentence, at, lists.LANGUAGES, "Language");
  if (language) return language;
  const isInstrument = lists.INSTRUMENTS.has(getWord(sentence, at)) && getWord(sentence, at - 1) === "the";
  if (isInstrument) return toNode(`the ${getWord(sentence, at)}`, "Topic");
  if (
    findDependent(sentence, at, /^(?:det|nmod:poss)/) !== undefined ||
    /^(?:kids|children|hard|students|people|lot|ropes|lesson|lessons)$/.test(getWord(sentence, at))
  )
    return null;
  const { upos = "", xpos = "", text = "" } = sentence.tokens[at] ?? {};
  if (SUBJECT_IN_ING.test(text)) return toNode(text.toLowerCase(), "Topic");
  if (
    !/^(?:NOUN|PROPN)$/.test(upos) ||
    (xpos === "NNS" && !/(?:ics|maths|studies|arts|languages|relations|sciences|dance|lessons)$/i.test(text))
  )
    return null;
  return toNode(readNounPhrase(sentence, at, /^(?:to|at|in|for|with|since)$/), "Topic");
}
