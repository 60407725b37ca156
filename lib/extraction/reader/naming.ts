import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import { HOLDS, readCalled, readHolding, readListedName, readOwnCount } from "#lib/extraction/reader/holdings.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import { introduceAll } from "#lib/extraction/reader/introduce.ts";
import { readOwnCondition, readOwnDevice } from "#lib/extraction/reader/own-things.ts";
import { describePredicate } from "#lib/extraction/reader/predicate.ts";
import { findOwner, findRole, type Role } from "#lib/extraction/reader/roles.ts";
import {
  findDependent,
  getRelation,
  getStretch,
  getWord,
  isInTime,
  isNameWord,
  listConjuncts,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { findNameRun, readPersonName } from "#lib/extraction/reader/slots/names.ts";
import type { Slot } from "#lib/extraction/reader/slots/slot.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";
import { findBeginning } from "#lib/extraction/reader/when.ts";
import type { End } from "#lib/extraction/schema.ts";
import { findRelation } from "#lib/relations.ts";

/** Reads who is what to whom and what things are called: "my sister's name is Anna", "Tom is my husband", "a cat named Milo". */
export function readNamings(sentence: Sentence, discourse: Discourse): void {
  for (const at of sentence.tokens.keys()) {
    if (findRole(sentence, at)) discourse.resolve(sentence, at);
    readOwnCondition(sentence, discourse, at);
    readOwnDevice(sentence, discourse, at);
    readListedName(sentence, discourse, at);
    readOwnCount(sentence, discourse, at);
    if (listDependents(sentence, at, /^cop$/).length > 0) readCopula(sentence, discourse, at);
    readHobbies(sentence, discourse, at);
    if (/^includes?$/.test(getWord(sentence, at))) readIncluded(sentence, discourse, at);
    if (/^(?:called|named)$/.test(getWord(sentence, at))) {
      readCalled(sentence, discourse, at);
      readNamedIt(sentence, discourse, at);
    }
    if (listBases(getWord(sentence, at)).some((base) => HOLDS.has(base))) readHolding(sentence, discourse, at);
    if (/^calls?$/.test(getWord(sentence, at))) readCallMe(sentence, discourse, at);
  }
}

function readCopula(sentence: Sentence, discourse: Discourse, at: number): void {
  const subject = findDependent(sentence, at, /^[nc]subj/);
  const predication = describePredicate(sentence, at);
  if (
    subject === undefined ||
    !predication.isReal ||
    predication.polarity === "negative" ||
    predication.aspect === "ends" ||
    predication.tense === "past"
  )
    return;
  const role = findRole(sentence, at);
  if (role && findOwner(sentence, at) !== undefined) {
    const owner = discourse.resolveOwner(sentence, at);
    if (role.kind !== "value")
      introduceAll(sentence, discourse, owner, role, listConjuncts(sentence, subject), findBeginning(sentence.times));
    else if (role.relation === "HAS_HOBBY") addValue(sentence, discourse, owner, role, subject);
    return;
  }
  if (/^(?:i|im)$/.test(getWord(sentence, subject))) readOwnName(sentence, discourse, at);
  if (findFavorite(sentence, at)) readFavorite(sentence, discourse, at, subject);
  else if (findFavorite(sentence, subject)) readFavorite(sentence, discourse, subject, at);
  else readOwned(sentence, discourse, subject, at);
}

/** "My hobbies are painting and chess", where the parser takes the first for what they are doing. */
function readHobbies(sentence: Sentence, discourse: Discourse, at: number): void {
  const subject = findDependent(sentence, at, /^nsubj/);
  const role = subject === undefined ? null : findRole(sentence, subject);
  const isDoing = sentence.tokens[at]?.xpos === "VBG" && listDependents(sentence, at, /^aux/).length > 0;
  if (subject !== undefined && role?.relation === "HAS_HOBBY" && isDoing)
    addValue(sentence, discourse, discourse.resolveOwner(sentence, subject), role, at);
}

/** "My hobbies include painting and gardening". */
function readIncluded(sentence: Sentence, discourse: Discourse, at: number): void {
  const [subject, object] = [findDependent(sentence, at, /^nsubj/), findDependent(sentence, at, /^(?:obj|xcomp)$/)];
  const role = subject === undefined ? null : findRole(sentence, subject);
  if (subject !== undefined && object !== undefined && role?.relation === "HAS_HOBBY")
    addValue(sentence, discourse, discourse.resolveOwner(sentence, subject), role, object);
}

/** "I'm Dario": a first name and nothing that it could be besides. */
function readOwnName(sentence: Sentence, discourse: Discourse, at: number): void {
  const name = isPlainName(sentence, at) ? readPersonName(sentence, at) : null;
  if (
    name === null ||
    !(isFirstName(name.split(" ")[0] ?? "") || isGreeted(sentence, name)) ||
    findDependent(sentence, at, /^(?:advmod|amod)/) !== undefined ||
    // "I'm Romeo Montague now" is a part in a play, unless a wedding says otherwise.
    [at + 1, at + 2].some((place) => getWord(sentence, place) === "now")
  )
    return;
  discourse.add({ kind: "holds", name: "HAS_NAME", source: discourse.speaker, object: { value: name } });
}

/** "Hi, I'm Tamsin": who greets so says what they are called, be it as rare as it may. */
function isGreeted({ tokens }: Sentence, name: string): boolean {
  return /^(?:hi|hiya|hello|hey|howdy|hullo|ahoy)$/i.test(tokens[0]?.text ?? "") && !name.includes(" ");
}

/** "My boss is Jan", "my sister's name is Anna", "my email is …". */
function readOwned(sentence: Sentence, discourse: Discourse, subject: number, at: number): void {
  const role = findRole(sentence, subject);
  const owner = findOwner(sentence, subject);
  // "Home is Porto": of one's home alone it need not be said whose it is.
  if (role?.relation === "LIVES_IN" && subject === 0) addValue(sentence, discourse, discourse.speaker, role, at);
  if (!role || owner === undefined) return;
  if (role.relation === "HAS_NAME") {
    const holder = findRole(sentence, owner);
    const { unnamed } = discourse;
    if (unnamed && /^(?:his|her|its)$/.test(getWord(sentence, owner)))
      introduceAll(sentence, discourse, unnamed.owner, unnamed.role, [at], unnamed.since);
    else if (/^(?:his|her)$/.test(getWord(sentence, owner)))
      discourse.nameSpokenOf(sentence, owner, readPersonName(sentence, at));
    else if (holder && holder.kind !== "value")
      introduceAll(sentence, discourse, discourse.resolveOwner(sentence, owner), holder, [at]);
    else if (discourse.resolveOwner(sentence, subject) === discourse.speaker)
      addValue(sentence, discourse, discourse.speaker, role, at);
  } else if (role.kind === "value") addValue(sentence, discourse, discourse.resolveOwner(sentence, subject), role, at);
  else if (isPlainName(sentence, at))
    introduceAll(sentence, discourse, discourse.resolveOwner(sentence, subject), role, listConjuncts(sentence, at));
}

/** A name and nothing beside it: "Jan", not "Jan's friend" and not "from Jan". */
function isPlainName(sentence: Sentence, at: number): boolean {
  return (
    isNameWord(sentence, at) &&
    sentence.tokens[at]?.upos === "PROPN" &&
    listDependents(sentence, at, /^(?:case|det|nmod|acl)/).length === 0
  );
}

/** What a role noun says of its owner: an address, a number, a day. */
function addValue(sentence: Sentence, discourse: Discourse, owner: End | undefined, role: Role, at: number): void {
  if (owner === undefined) return;
  const kind = findRelation(role.relation)?.object ?? "nothing";
  for (const place of listConjuncts(sentence, at)) {
    const slot = kind === "person" ? readName(sentence, place) : readSlot(sentence, place, kind);
    // "My phone is a Samsung Galaxy S22" tells no number.
    const device = slot === null && role.relation === "HAS_PHONE" ? readSlot(sentence, place, "device") : null;
    const found = slot ?? device;
    if (!found) continue;
    const object = found.label === null ? { value: found.text } : { node: discourse.mention(found.text, found.label) };
    discourse.add({ kind: "holds", name: device ? "HAS_DEVICE" : role.relation, source: owner, object });
  }
}

function readName(sentence: Sentence, at: number) {
  const text = isPlainName(sentence, at) ? readPersonName(sentence, at) : null;
  return text === null ? null : { text, label: null };
}

/** What somebody's favorite is one of: "movie" of "my favorite movie". */
function findFavorite(sentence: Sentence, subject: number): string | null {
  const adjective = listDependents(sentence, subject, /^(?:amod|compound)/).find((place) =>
    /^(?:favou?rite|fav|fave)$/.test(getWord(sentence, place)),
  );
  if (adjective === undefined || findOwner(sentence, subject) === undefined) return null;
  return getStretch(sentence, adjective + 1, subject).toLowerCase();
}

function readFavorite(sentence: Sentence, discourse: Discourse, subject: number, at: number): void {
  const kind = findFavorite(sentence, subject);
  const owner = discourse.resolveOwner(sentence, subject);
  if (
    owner === undefined ||
    kind === null ||
    /^(?:part|thing|moment|bit|time)$/.test(kind) ||
    listDependents(sentence, at, /^(?:advcl|acl|mark|ccomp|nsubj:outer)/).some(
      (place) => !isBehindComma(sentence, at, place),
    )
  )
    return;
  for (const [index, place] of listConjuncts(sentence, at).entries()) {
    const adjective =
      sentence.tokens[place]?.upos === "ADJ" &&
      /colou?r|food|dish|cuisine|drink|snack/.test(kind) &&
      isAlone(sentence, place)
        ? { text: getWord(sentence, place), label: "Topic" }
        : null;
    const slot =
      adjective ??
      readTitle(sentence, kind, place) ??
      readSlot(sentence, place, isNameWord(sentence, place) ? "organisation" : "thing");
    if (!slot) continue;
    const isCommon = COMMON.test(kind) && /^\p{Ll}/u.test(sentence.tokens[place]?.text ?? "");
    const node = discourse.mention(
      isCommon ? slot.text.toLowerCase() : slot.text,
      slot.label === "Organization" || slot.label === null ? "Topic" : slot.label,
    );
    discourse.add({
      kind: index === 0 ? "holds" : "adds",
      name: "HAS_FAVORITE",
      source: owner,
      object: { node },
      fact: `{subject}'s favorite ${kind} is {object}`,
    });
  }
}

/** Of these the favorite is no name, whatever the parser takes it for. */
const COMMON =
  /\b(?:colou?r|food|dish|meal|snack|drink|fruit|vegetable|dessert|animal|sport|season|flower|subject|hobby)$/;

/** ", got bored of the old one": what is added behind a comma is no part of it. */
function isBehindComma(sentence: Sentence, at: number, clause: number): boolean {
  return clause > at && sentence.tokens.slice(at + 1, clause).some(({ text }) => text === ",");
}

/** One word with nothing that belongs to it. */
function isAlone(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at).every(
    (place) =>
      /^(?:nsubj|cop|punct|conj|cc)/.test(getRelation(sentence, place)) ||
      /^(?:now|still|actually|probably|definitely|always)$/.test(getWord(sentence, place)),
  );
}

/** "The Office": a work or a band is called what is written, article and all. */
function readTitle(sentence: Sentence, kind: string, at: number): Slot | null {
  const article = findDependent(sentence, at, /^det$/);
  const isWork = /\b(?:movie|film|show|series|book|novel|band|song|album|game|podcast|restaurant|team)$/.test(kind);
  const number = sentence.tokens[at + 1];
  // "Paddington 2".
  if (isWork && number?.upos === "NUM" && number.head === at && isNameWord(sentence, at)) {
    const first = findNameRun(sentence, at)?.[0] ?? at;
    return { text: getStretch(sentence, first, at + 1), label: "Topic" };
  }
  if (!isWork || article === undefined || getWord(sentence, article) !== "the" || at - article > 2) return null;
  const isWhole =
    listDependents(sentence, at, /^(?:acl|nmod|advcl)/).length === 0 &&
    !/^(?:one|first|second|last|latest)$/.test(getWord(sentence, at));
  return isWhole ? { text: getStretch(sentence, article, at), label: "Topic" } : null;
}

/** "I adopted a pup, I named it Ned". */
function readNamedIt(sentence: Sentence, discourse: Discourse, at: number): void {
  const { unnamed } = discourse;
  const isIt = /^(?:it|him|her)$/.test(getWord(sentence, at + 1)) && isNameWord(sentence, at + 2);
  if (!unnamed || !isIt || !describePredicate(sentence, at).isReal) return;
  introduceAll(sentence, discourse, unnamed.owner, unnamed.role, [at + 2], unnamed.since);
}

/** "Please call me Jay", "my friends call me Jay". */
function readCallMe(sentence: Sentence, discourse: Discourse, at: number): void {
  const me = getWord(sentence, at + 1);
  const name = readPersonName(sentence, at + 2);
  const helpers = listDependents(sentence, at, /^aux/).map((place) => getWord(sentence, place));
  const called = sentence.tokens[at + 2];
  const isName = called?.upos === "PROPN" || (/^\p{Lu}/u.test(called?.text ?? "") && isFirstName(called?.text ?? ""));
  if (me !== "me" || name === null || !isName || isInTime(sentence, at + 2)) return;
  const next = sentence.tokens[at + 3];
  const isWhole =
    next === undefined ||
    /^[.,!;)]$/.test(next.text) ||
    /^(?:and|please|for|instead|now|but|though|because|cause|since|from)$/.test(next.text.toLowerCase());
  if (
    !isWhole ||
    helpers.some((word) => !/^(?:can|do|just)$/.test(word)) ||
    sentence.tokens.some((_, place) => /^(?:n't|not|if|when|never)$/.test(getWord(sentence, place)))
  )
    return;
  discourse.add({ kind: "holds", name: "HAS_NICKNAME", source: discourse.speaker, object: { value: name } });
}
