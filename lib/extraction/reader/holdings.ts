import { listCountedNames, listNamesBehind } from "#lib/extraction/reader/beside.ts";
import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import { introduceAll, introduceByName } from "#lib/extraction/reader/introduce.ts";
import { describePredicate, type Predication } from "#lib/extraction/reader/predicate.ts";
import { findCountRelation, findOwner, findRole, type Role } from "#lib/extraction/reader/roles.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isNameWord,
  listConjuncts,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { readPersonName } from "#lib/extraction/reader/slots/names.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";
import { findSubject, isSpokenOfSelf } from "#lib/extraction/reader/subjects.ts";
import { findBeginning, findMoment, listTimesOf } from "#lib/extraction/reader/when.ts";
import type { End } from "#lib/extraction/schema.ts";

/** Verbs after which somebody has what their object names. */
export const HOLDS = new Set(["have", "get", "adopt", "buy", "rescue", "own", "foster", "pick"]);

/** "My dog is called Rex", "a cat named Milo". */
export function readCalled(sentence: Sentence, discourse: Discourse, at: number): void {
  const named = listDependents(sentence, at, /^(?:xcomp|obj|appos|obl|flat|compound)/).filter(
    (place) => place > at && isNameWord(sentence, place),
  )[0];
  const holder = getRelation(sentence, at).startsWith("acl")
    ? sentence.tokens[at]?.head
    : findDependent(sentence, at, /^nsubj/);
  if (named === undefined || holder === undefined) return;
  const predication = describePredicate(
    sentence,
    getRelation(sentence, at).startsWith("acl") ? (sentence.tokens[holder]?.head ?? at) : at,
  );
  const { unnamed } = discourse;
  if (unnamed && /^(?:he|she|it)$/.test(getWord(sentence, holder)) && predication.isReal) {
    introduceAll(sentence, discourse, unnamed.owner, unnamed.role, [named], unnamed.since);
    return;
  }
  const role = findRole(sentence, holder);
  if (!role || role.kind === "value" || !predication.isReal || predication.polarity === "negative") return;
  const owner = findOwnerOfCalled(sentence, discourse, holder, role);
  const names = [named, ...listConjuncts(sentence, named).slice(1)];
  if (owner === undefined) return;
  const isOver = predication.tense === "past" && hasVerb(sentence, holder, /^(?:had|owned)$/);
  if (isOver) endAll(sentence, discourse, owner, role, names);
  else {
    const verb = sentence.tokens[holder]?.head ?? -1;
    const since = role.kind === "animal" ? findArrival(sentence, verb, predication) : null;
    introduceAll(sentence, discourse, owner, role, names, since);
  }
}

function findOwnerOfCalled(sentence: Sentence, discourse: Discourse, holder: number, role: Role): End | undefined {
  if (findOwner(sentence, holder) !== undefined) return discourse.resolveOwner(sentence, holder);
  const owner = findHolder(sentence, discourse, holder);
  if (owner !== undefined) return owner;
  // "We have a dog, a Bernese called Bruno": the one that was just spoken of.
  const { unnamed } = discourse;
  if (unnamed?.role.relation === role.relation && getWord(sentence, holder - 1) === "a") return unnamed.owner;
  // "The other two cats are called …": whose else would they be?
  const determiner = getWord(sentence, findDependent(sentence, holder, /^det$/) ?? -1);
  return role.kind === "animal" && determiner === "the" ? discourse.speaker : undefined;
}

/** "I had a cat called Milo": they do no longer. */
function endAll(sentence: Sentence, discourse: Discourse, owner: End, role: Role, places: number[]): void {
  for (const place of places) {
    const name = readPersonName(sentence, place);
    if (name === null) continue;
    discourse.add({
      kind: "ends",
      name: role.relation,
      source: owner,
      object: { node: discourse.introduce(owner, role, name).end },
    });
  }
}

function hasVerb(sentence: Sentence, noun: number, verb: RegExp): boolean {
  return verb.test(getWord(sentence, sentence.tokens[noun]?.head ?? -1));
}

/** Who has what is the object of "have": the subject of that verb. */
function findHolder(sentence: Sentence, discourse: Discourse, noun: number): End | undefined {
  const verb = sentence.tokens[noun]?.head ?? -1;
  if (getRelation(sentence, noun) !== "obj" || !listBases(getWord(sentence, verb)).some((base) => HOLDS.has(base)))
    return undefined;
  const subject = findSubject(sentence, verb);
  return subject === undefined ? undefined : discourse.resolveAll(sentence, subject)[0]?.end;
}

/** "We have two kids, Ola and Stas", "I have a dog". */
export function readHolding(sentence: Sentence, discourse: Discourse, at: number): void {
  const noun = findDependent(sentence, at, /^obj$/);
  const predication = describePredicate(sentence, at);
  if (
    noun === undefined ||
    !predication.isReal ||
    predication.polarity === "negative" ||
    predication.aspect !== "plain"
  )
    return;
  const isClipped = findSubject(sentence, at) === undefined && isSpokenOfSelf(sentence, at);
  const holder = isClipped ? discourse.speaker : findHolder(sentence, discourse, noun);
  if (holder === undefined) return;
  const names = listDependents(sentence, noun, /^(?:appos|conj)/)
    .filter((place) => isNameWord(sentence, place) && isSetOff(sentence, place))
    .flatMap((place) => listConjuncts(sentence, place));
  const role = findRole(sentence, noun);
  const isPast = predication.tense === "past" && listBases(getWord(sentence, at)).includes("have");
  const since = role?.kind === "animal" ? findArrival(sentence, at, predication) : null;
  if (role && role.kind !== "value" && !isPast)
    introduceHeld(sentence, discourse, { noun, names, role, holder, since });
  const counted = CHILDREN_COUNTED[findCountRelation(getWord(sentence, noun)) ?? ""];
  const called = counted && !isPast ? listCountedNames(sentence, noun) : [];
  if (counted) introduceByName(discourse, holder, { relation: counted, kind: "person", noun: "" }, called, null);
  for (const place of listConjuncts(sentence, noun))
    readCount(sentence, discourse, holder, { verb: at, noun: place, predication });
}

/** "We have two girls, Ines and Carla". */
const CHILDREN_COUNTED: Readonly<Record<string, string>> = { HAS_DAUGHTERS: "HAS_DAUGHTER", HAS_SONS: "HAS_SON" };

interface Held {
  noun: number;
  /** Where their names stand. */
  names: number[];
  role: Role;
  holder: End;
  since: Date | null;
}

/** By their names, where those stand beside or behind the noun; else they may be told next. */
function introduceHeld(sentence: Sentence, discourse: Discourse, { noun, names, role, holder, since }: Held): void {
  const listed = /^[,:]$/.test(getWord(sentence, noun + 1)) ? listNamesBehind(sentence, noun) : [];
  const last = role.kind === "animal" && names.length === 0 ? findLastName(sentence) : undefined;
  if (names.length > 0 && listed.length > names.length) introduceByName(discourse, holder, role, listed, since);
  else if (names.length > 0) introduceAll(sentence, discourse, holder, role, names, since);
  else if (last !== undefined)
    introduceAll(sentence, discourse, holder, role, [last], since ?? findBeginning(sentence.times));
  else discourse.unnamed = { role, owner: holder, since };
}

/** "We've got a second dog since Saturday, Clementine": the name that a sentence ends with, behind a comma. */
function findLastName({ tokens }: Sentence): number | undefined {
  const last = tokens.findLastIndex(({ upos }) => upos !== "PUNCT");
  const isName = tokens[last]?.upos === "PROPN" && /^\p{Lu}\p{Ll}+$/u.test(tokens[last]?.text ?? "");
  return isName && tokens[last - 1]?.text === "," ? last : undefined;
}

/** "A black lab, Pepper, and two goldfish", where the parser takes the name for one more of the list. */
function isSetOff(sentence: Sentence, at: number): boolean {
  if (getRelation(sentence, at).startsWith("appos")) return true;
  return getWord(sentence, at - 1) === "," && getWord(sentence, at + 1) === ",";
}

/** "I live with my two cats": whose they are says how many somebody has, unless they are gone. */
export function readOwnCount(sentence: Sentence, discourse: Discourse, at: number): void {
  const relation = findCountRelation(getWord(sentence, at));
  const verb = sentence.tokens[at]?.head ?? -1;
  if (relation === undefined || findDependent(sentence, at, /^nummod/) === undefined) return;
  if (!/^(?:my|our)$/.test(getWord(sentence, findDependent(sentence, at, /^nmod:poss/) ?? -1))) return;
  const isGone = listBases(getWord(sentence, verb)).some((base) =>
    /^(?:die|lose|miss|pass|bury|sell|give)$/.test(base),
  );
  const isSome = listDependents(sentence, at, /^amod/).some((place) =>
    /^(?:first|last|other|next)$/.test(getWord(sentence, place)),
  );
  const slot = isGone || isSome || !describePredicate(sentence, verb).isReal ? null : readSlot(sentence, at, "count");
  if (slot) discourse.add({ kind: "holds", name: relation, source: discourse.speaker, object: { value: slot.text } });
}

/** "We adopted a kitten in May": since when they have it. */
function findArrival(sentence: Sentence, verb: number, predication: Predication): Date | null {
  const arrives = listBases(getWord(sentence, verb)).some((base) => /^(?:get|adopt|buy|rescue|pick)$/.test(base));
  if (!arrives || predication.tense !== "past") return null;
  return findMoment(listTimesOf(sentence, predication.finite, verb));
}

function readCount(
  sentence: Sentence,
  discourse: Discourse,
  holder: End,
  { verb, noun, predication }: { verb: number; noun: number; predication: Predication },
): void {
  const isPast = predication.tense === "past";
  const relation = findCountRelation(getWord(sentence, noun));
  const isHaving = /^(?:have|has|'ve|’ve|got|owns?|adopted)$/.test(getWord(sentence, verb));
  if (relation === undefined || !isHaving || (isPast && !/^(?:got|adopted)$/.test(getWord(sentence, verb)))) return;
  const ordinal = readOrdinal(sentence, noun);
  const value = ordinal ?? readSlot(sentence, noun, "count")?.text;
  const isNew = sentence.tokens.some((_, at) => getWord(sentence, at) === "now");
  const arrival = ordinal === null ? null : findArrival(sentence, verb, predication);
  const validAt = isNew && !isPast ? discourse.saidAt : arrival;
  if (value) discourse.add({ kind: "holds", name: relation, source: holder, object: { value }, validAt });
}

const COUNTING: Readonly<Record<string, string>> = { second: "two", third: "three", fourth: "four", fifth: "five" };

/** "We got a third dog": so many they are now. */
function readOrdinal(sentence: Sentence, noun: number): string | null {
  const number = COUNTING[getWord(sentence, findDependent(sentence, noun, /^amod/) ?? -1)];
  if (/\b(?:on (?:the|its) way|coming|due)\b/i.test(sentence.text)) return null;
  const isNext = getWord(sentence, findDependent(sentence, noun, /^(?:det|nmod:poss)/) ?? -1) !== "the";
  const word = getWord(sentence, noun);
  return number && isNext && /^(?:dog|cat|horse|rabbit|hamster|kid|child)$/.test(word)
    ? `${number} ${word === "child" ? "children" : `${word}s`}`
    : null;
}

/** "One of my dogs, Daisy, is a Labrador": a name between commas behind what it is one of. */
export function readListedName(sentence: Sentence, discourse: Discourse, at: number): void {
  const [role, name, owner] = [findRole(sentence, at), sentence.tokens[at + 2], findOwner(sentence, at)];
  if (!role || role.kind === "value" || owner === undefined || !name || getWord(sentence, at + 1) !== ",") return;
  if (!/^[,.]$/.test(getWord(sentence, at + 3)) || !/^\p{Lu}\p{Ll}+$/u.test(name.text)) return;
  const isOneOf = getWord(sentence, at - 2) === "of";
  const holder = discourse.resolveOwner(sentence, at);
  if (!isOneOf || holder === undefined) return;
  const { end } = discourse.introduce(holder, role, name.text);
  discourse.add({ kind: "holds", name: role.relation, source: holder, object: { node: end } });
}
