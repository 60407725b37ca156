import {
  findDependent,
  getRelation,
  getWord,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { findNameRun, readPersonName } from "#lib/extraction/reader/slots/names.ts";

/** The name in apposition to a role: "my wife Anna", "my brother, Ben,", "Anna, my sister,". */
export function findNameBeside(sentence: Sentence, at: number): string | null {
  const after = listDependents(sentence, at, /^(?:appos|flat|compound|nmod:unmarked)/).find(
    (place) => place > at && isBeside(sentence, at, place),
  );
  if (after !== undefined) return readPersonName(sentence, after);
  const { head = -1, relation = "" } = sentence.tokens[at] ?? {};
  const next = at + 1;
  const goesOn = /^(?:DET|ADJ|NUM)$/.test(sentence.tokens[next]?.upos ?? "");
  if (isTitleOfWork(sentence, at)) return null;
  if (
    /^(?:compound|appos|nmod:unmarked|amod)/.test(relation) &&
    isNameWord(sentence, head) &&
    Math.abs(head - at) <= 5 &&
    !(head < at && goesOn)
  )
    return readPersonName(sentence, head);
  if (isOwnedRole(sentence, at) && isSetOff(sentence, at + 2)) return readPersonName(sentence, at + 2);
  // "My dog Rex is five" where the parser takes the name for the head or for another subject.
  const isOwned = findDependent(sentence, at, /^nmod:poss/) !== undefined;
  if (
    isOwned &&
    sentence.tokens[next]?.upos === "PROPN" &&
    /^(?:appos|flat|nsubj|compound|obj)/.test(getRelation(sentence, next))
  )
    return readPersonName(sentence, next);
  return null;
}

function isOwnedRole(sentence: Sentence, at: number): boolean {
  return findDependent(sentence, at, /^nmod:poss/) !== undefined;
}

/** "My youngest, Effie, is ill", whatever the parser makes of the name. */
function isSetOff(sentence: Sentence, name: number): boolean {
  return (
    isNameWord(sentence, name) &&
    getWord(sentence, name - 1) === "," &&
    getWord(sentence, name + 1) === "," &&
    !/^(?:and|or|,)$/.test(getWord(sentence, name + 2))
  );
}

/** "My Uncle Ben's rice", "my Sister Act DVD": with a capital such a word begins what something is called. */
function isTitleOfWork(sentence: Sentence, at: number): boolean {
  const isCapital = at > 0 && /^\p{Lu}\p{Ll}/u.test(sentence.tokens[at]?.text ?? "");
  const owns = /^['’]s$/.test(getWord(sentence, at + 2)) && sentence.tokens[at + 3]?.upos === "NOUN";
  const isLonger = isNameWord(sentence, at + 1) && isNameWord(sentence, at + 2);
  return isCapital && (owns || isLonger);
}

function isBeside(sentence: Sentence, at: number, name: number): boolean {
  // "My girlfriend, Toby and I" lists three.
  const isListed =
    getWord(sentence, at + 1) === "," &&
    /^(?:and|,)$/.test(getWord(sentence, name + 1)) &&
    sentence.tokens.slice(name + 1, name + 3).some(({ text }) => text.toLowerCase() === "and");
  if (isListed && getRelation(sentence, at) !== "obj") return false;
  // "My doctor, Dr Osei," is called by both words.
  const first = findNameRun(sentence, name)?.[0] ?? name;
  return first - at <= 2 && first > at && isNameWord(sentence, name);
}

/** "My friends Josh and Mark", "our dogs, Tom, Rex and Kit": all that are named behind a role of several. */
export function listNamesBehind(sentence: Sentence, at: number): string[] {
  const names: string[] = [];
  let place = /^[,:]$/.test(getWord(sentence, at + 1)) ? at + 2 : at + 1;
  for (let name = readPersonName(sentence, place); name !== null; name = readPersonName(sentence, place)) {
    names.push(name);
    place += name.split(" ").length;
    const end = place;
    while (/^(?:,|and|&)$/.test(getWord(sentence, place))) place += 1;
    if (place > end && /^(?:little|baby|young|big)$/.test(getWord(sentence, place))) place += 1;
    if (place === end) break;
  }
  return names;
}

const NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "Our two cats, Fig and Olive": as many names behind a role of several as there are of them. */
export function listCountedNames(sentence: Sentence, at: number): string[] {
  const number = getWord(sentence, findDependent(sentence, at, /^nummod/) ?? -1);
  const names = /^[,:]$/.test(getWord(sentence, at + 1)) ? listNamesBehind(sentence, at) : [];
  return names.length === (Number(number) || NUMBERS.indexOf(number) + 1) ? names : [];
}

/** "Take care, my friend, Linda" is signed by her. */
export function isSignature(sentence: Sentence, at: number): boolean {
  const { tokens } = sentence;
  const isLast = tokens.slice(at + 3).every(({ upos }) => upos === "PUNCT");
  return getWord(sentence, at - 2) === "," && getWord(sentence, at + 1) === "," && isLast;
}
