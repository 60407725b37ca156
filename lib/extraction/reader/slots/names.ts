import { findRole } from "#lib/extraction/reader/roles.ts";
import {
  getRelation,
  getStretch,
  getWord,
  isInTime,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";

/** The run of name words around or before a word: "New York City", "Procter & Gamble", "University of Leeds". */
export function findNameRun(sentence: Sentence, at: number): [first: number, last: number] | null {
  const start = findRunStart(sentence, at);
  if (start === null) return null;
  const [first, last] = [findRunBegin(sentence, start), findRunEnd(sentence, start)];
  const joined = getStretch(sentence, first, last + 2).toLowerCase();
  return [first, FIRMS_WITH_AND.has(joined) ? last + 2 : last];
}

function findRunBegin(sentence: Sentence, start: number): number {
  let first = start;
  while (first > 0 && mayPrecede(sentence, first - 1)) first -= 1;
  // "iPhone 15 Pro" begins before its number, and "St Mary's Hospital" before its "'s".
  const before = sentence.tokens[first - 1];
  const isLink = before?.upos === "NUM" ? !isInTime(sentence, first - 1) : /^['’]s?$/.test(before?.text ?? "");
  return isLink && isNameWord(sentence, first - 2) ? (findNameRun(sentence, first - 2)?.[0] ?? first) : first;
}

function mayPrecede(sentence: Sentence, at: number): boolean {
  return (
    isNameWord(sentence, at) &&
    !isInTime(sentence, at) &&
    isBesides(sentence, at) &&
    !/^(?:person|animal)$/.test(findRole(sentence, at)?.kind ?? "")
  );
}

function findRunEnd(sentence: Sentence, start: number): number {
  let last = start;
  for (let next = last + 1; next < sentence.tokens.length; next = last + 1) {
    if (isInTime(sentence, next)) break;
    if (isRunWord(sentence, next, last)) last = next;
    else if (isHyphen(sentence, next) || isJointOfName(sentence, next)) last = next + 1;
    else break;
  }
  return last;
}

function isJointOfName(sentence: Sentence, at: number): boolean {
  return isJoint(sentence, at) && isNameWord(sentence, at + 1) && !isInTime(sentence, at + 1);
}

const FIRMS_WITH_AND = new Set([
  "marks and spencer",
  "ernst and young",
  "johnson and johnson",
  "procter and gamble",
  "barnes and noble",
  "crate and barrel",
  "black and decker",
  "dolce and gabbana",
  "abercrombie and fitch",
  "bang and olufsen",
  "tate and lyle",
  "legal and general",
  "fortnum and mason",
]);

/** The word itself or, where the parser hung the name on what follows, the first name word behind the preposition. */
function findRunStart(sentence: Sentence, at: number): number | null {
  if (isNameWord(sentence, at) && !isInTime(sentence, at)) return at;
  const below = listDependents(sentence, at, /^(?:compound|flat|nmod|amod|nummod)/).filter((place) => place < at);
  return below.find((place) => isNameWord(sentence, place) && !isInTime(sentence, place)) ?? null;
}

/** "iPhone 12 mini": what makers add to a model, and writers do not capitalise. */
const MODEL_WORD = /^(?:mini|max|pro|plus|ultra|lite|air|se)$/i;

function isRunWord(sentence: Sentence, at: number, last: number): boolean {
  if (MODEL_WORD.test(getWord(sentence, at)) && sentence.tokens[last]?.upos === "NUM") return true;
  if (!isNameWord(sentence, at)) return isNumberOfName(sentence, at, last);
  const [before, token] = [sentence.tokens[last], sentence.tokens[at]];
  // Who writes names with capitals does not end one without: "Achilles bc he attacked my feet".
  if (/^\p{Lu}\p{Ll}/u.test(before?.text ?? "") && /^\p{Ll}+$/u.test(token?.text ?? "")) return false;
  // Two names side by side are one, unless the tree says that the second is said of something else.
  return (
    before !== undefined &&
    token !== undefined &&
    token.start - before.end <= 1 &&
    (!/^(?:appos|list|vocative|parataxis|nsubj)/.test(token.relation) ||
      (token.relation === "appos" && (isAcronym(before.text) || before.head === at)))
  );
}

/** "IIT Madras" is one name, whatever the parser makes of the second word. */
function isAcronym(text: string): boolean {
  return /^\p{Lu}{2,5}$/u.test(text);
}

/** "Fairphone 5", "iPhone 11": the parser may make either word the other's. */
function isNumberOfName(sentence: Sentence, at: number, last: number): boolean {
  const [name, number] = [sentence.tokens[last], sentence.tokens[at]];
  if (number === undefined || (number.upos !== "NUM" && !/^\d+\p{L}{1,2}$/u.test(number.text))) return false;
  return (
    (number.head === last && /^(?:flat|nmod:unmarked|nummod)$/.test(number.relation)) ||
    (name?.head === at && /^(?:nmod:unmarked|compound)$/.test(name.relation))
  );
}

/** "Ji-woo", "Jean-Luc": a hyphen without white space between two parts of a name. */
function isHyphen({ tokens }: Sentence, at: number): boolean {
  const [before, sign, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return (
    sign?.text === "-" &&
    before?.end === sign.start &&
    after?.start === sign.end &&
    after?.upos === "PROPN" &&
    before?.upos === "PROPN"
  );
}

function isBesides(sentence: Sentence, at: number): boolean {
  return !/^(?:nsubj|vocative|root|obl|discourse)/.test(getRelation(sentence, at));
}

/** What stands inside a name: "&", "of", "'s" and hyphens without white space. */
function isJoint(sentence: Sentence, at: number): boolean {
  const text = sentence.tokens[at]?.text ?? "";
  const isOwning = /^['’]$/.test(text) && /s$/.test(sentence.tokens[at - 1]?.text ?? "");
  return isOwning || /^(?:&|of|'s|’s|de|del|la|the|von|van|upon|am|sur)$/.test(text);
}

/** Written in capitals even by those who write nothing else so. */
const INITIALS = /^(?:usa?|uk|uae|nyc|la|dc|eu|ibm|bmw|kfc|ups|nhs|mit|ucla|nasa|bbc|cnn|nba|nfl|hp|at&t)$/;

/** A name as it stands; in lower case it gets its capitals back. */
export function writeName(sentence: Sentence, first: number, last: number): string {
  const text = getStretch(sentence, first, last);
  if (/[\p{Lu}\d@.]/u.test(text) || !/^\p{Ll}/u.test(text)) return text;
  const words = text.split(" ").map((word, place) => {
    if (INITIALS.test(word)) return word.toUpperCase();
    return place > 0 && /^(?:of|the|and|de|la)$/.test(word)
      ? word
      : word.replace(/(^|-)(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
  });
  return words.join(" ");
}

/** A whole name, and nothing that only begins or ends with one. */
export function readName(
  sentence: Sentence,
  at: number,
  accepts: (sentence: Sentence, first: number, last: number) => boolean,
): string | null {
  const run = findNameRun(sentence, at);
  if (!run) return null;
  const [first, last] = run;
  if (isCutOff(sentence, first, last) || !accepts(sentence, first, last)) return null;
  return writeName(sentence, first, last);
}

/** Whether a name goes on beyond the words that were read: before a hyphen, or as the first part of another noun. */
export function isCutOff({ tokens, times, text }: Sentence, first: number, last: number): boolean {
  const [before, begin, end, next] = [tokens[first - 1], tokens[first], tokens[last], tokens[last + 1]];
  const touches = (sign: string | undefined) => sign !== undefined && /^[-–/:'’]$/.test(sign);
  if (next?.start === end?.end && touches(next?.text)) return true;
  if (before?.end === begin?.start && touches(before?.text)) return true;
  if (next?.upos !== "NOUN" || times.some((time) => next.start < time.end && next.end > time.start)) return false;
  return (
    text.slice(end?.end, next.start).trim() === "" &&
    (end?.head === last + 1 || end?.relation === "compound" || end?.relation === "amod")
  );
}

/** "A tiny studio called Lumpfish": the name that follows. */
export function readCalledName(sentence: Sentence, at: number): string | null {
  const called = [...listDependents(sentence, at, /^acl/), at + 1].find((place) =>
    /^(?:called|named)$/.test(getWord(sentence, place)),
  );
  // The parser may hang the name elsewhere.
  const places = called === undefined ? [] : [...listDependents(sentence, called), called + 1];
  const name = places.find((place) => place > (called ?? 0) && isNameWord(sentence, place));
  return name === undefined ? null : readName(sentence, name, () => true);
}

const NOT_NAMES =
  /^(?:i|me|he|she|it|god|mr|mrs|ms|dr|tomorrow|today|yesterday|now|later|back|home|maybe|asap|please|thanks|lol|ok|okay|yes|no|hi|hello|hey|here|there|mix|cross|breed|catholic|christian|muslim|jewish|covid|english|french|german|spanish|italian|american|british)$/;

/** The name of somebody: one to three words, letters alone. */
export function readPersonName(sentence: Sentence, at: number): string | null {
  if (!isNameWord(sentence, at) && sentence.tokens[at]?.upos !== "PROPN") return null;
  const run = findNameRun(sentence, at);
  if (!run) return null;
  const [first, last] = run;
  const name = writeName(sentence, first, last);
  if (last - first > 2 || isCutOff(sentence, first, last) || NOT_NAMES.test(name.toLowerCase())) return null;
  return /^\p{L}[\p{L}\p{M}.'’ -]*$/u.test(name) && !/\bof\b|&|\.\p{L}{2}/u.test(name) ? name : null;
}
