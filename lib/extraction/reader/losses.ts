import { diesInEarnest, isByDeath } from "#lib/extraction/reader/deaths.ts";
import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import { describePredicate } from "#lib/extraction/reader/predicate.ts";
import type { Referent } from "#lib/extraction/reader/referent.ts";
import { findRole } from "#lib/extraction/reader/roles.ts";
import {
  findDependent,
  getMarker,
  getWord,
  hasMarker,
  isNameWord,
  isOwned,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { readPersonName } from "#lib/extraction/reader/slots/names.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";
import { findEnd } from "#lib/extraction/reader/telling.ts";
import { findMoment, listTimesOf } from "#lib/extraction/reader/when.ts";

const ANIMALS = ["HAS_PET", "HAS_DOG", "HAS_CAT"];
/** Of somebody whose role is not said here, whichever of these is known is over. */
const ENDED_BY_DEATH = ["HAS_SPOUSE", "HAS_PARTNER", ...ANIMALS];

/** Of whom moves out of where somebody lives. */
const HOUSEMATES = ["HAS_ROOMMATE"];

/** What is over for somebody who has died. */
const ENDED_FOR_THE_DEAD = ["LIVES_IN", "WORKS_AT", "WORKS_AS"];

/** "My wife died in March", "we had to give Clover away": what somebody was to their people is over. */
export function readLoss(sentence: Sentence, discourse: Discourse, at: number): void {
  if (readLossOfThing(sentence, discourse, at)) return;
  const loss = findLoss(sentence, at);
  if (!loss) return;
  const predication = describePredicate(sentence, at);
  const isDone = predication.tense === "past" || predication.perfect;
  if (!predication.isReal || predication.polarity === "negative" || !isDone) return;
  const own = findEnd(predication, listTimesOf(sentence, predication.finite, at));
  // "Goodbye to Barnaby in December", where the parser hangs the time on the name.
  const times = own.invalidAt ? own : findEnd(predication, listTimesOf(sentence, loss.whom, loss.whom));
  const gone = discourse.resolve(sentence, loss.whom);
  if (gone?.end == null) {
    if (loss.isName) readLossByName(sentence, discourse, loss, times);
    return;
  }
  if (gone.end === discourse.speaker) return;
  for (const { name, source } of listRoles(gone, loss.relations, discourse.speaker))
    discourse.add({ kind: "closes", name, source, object: { node: gone.end }, ...times });
  const isOwnSpouse = gone.role?.relation === "HAS_SPOUSE" && gone.role.owner === discourse.speaker;
  const mayBeSpouse = gone.isPerson && (gone.role === null || isOwnSpouse);
  if (loss.relations === ENDED_BY_DEATH && mayBeSpouse) readWidowhood(discourse, gone.end, times);
  if (loss.relations !== ENDED_BY_DEATH || !gone.isPerson) return;
  for (const name of ENDED_FOR_THE_DEAD)
    discourse.add({ kind: "closes", name, source: gone.end, object: null, ...times });
}

/** Whose husband or wife has died is widowed. */
function readWidowhood(discourse: Discourse, spouse: string, { invalidAt }: Ends): void {
  discourse.add({
    kind: "holds",
    name: "HAS_RELATIONSHIP_STATUS",
    source: discourse.speaker,
    object: { value: "widowed" },
    validAt: invalidAt,
    follows: { name: "HAS_SPOUSE", target: spouse },
  });
}

/** "Clover died": whoever is called so of those that are known. */
function readLossByName(sentence: Sentence, discourse: Discourse, { whom, relations }: Loss, times: Ends): void {
  const first = sentence.tokens[whom]?.text ?? "";
  const isName =
    /^\p{Lu}\p{Ll}+$/u.test(first) && listDependents(sentence, whom, /^(?:det|nmod:poss|amod)/).length === 0;
  const name = readPersonName(sentence, whom) ?? (isName ? first : null);
  if (name === null || !isName) return;
  for (const relation of relations)
    discourse.add({
      kind: "closes",
      name: relation,
      source: discourse.speaker,
      object: { node: name },
      ...times,
      isOfKnown: true,
    });
  if (relations === ENDED_BY_DEATH) readWidowhood(discourse, name, times);
}

type Ends = ReturnType<typeof findEnd>;

const FOR_GOOD = /^(?:finally|completely|good|eventually)$/;

/** What is over of a thing that has died. */
const THINGS = ["USES", "HAS_DEVICE", "OWNS", "DRIVES"];

/** "The old PC has died", "I gave the MacBook Air to my niece": a thing is theirs no more. @returns whether it is about one. */
function readLossOfThing(sentence: Sentence, discourse: Discourse, at: number): boolean {
  const isGone =
    /^(?:gone|history)$/.test(getWord(sentence, at)) && findDependent(sentence, at, /^(?:cop|aux)/) !== undefined;
  const isDead = listBases(getWord(sentence, at)).includes("die");
  const isGiven = isHandedOn(sentence, at);
  const thing = isGiven ? /^obj/ : isGone || isDead ? /^nsubj/ : null;
  const place = thing === null ? undefined : findDependent(sentence, at, thing);
  if (place === undefined || findRole(sentence, place) !== null) return false;
  const determiner = findDependent(sentence, place, /^(?:det|nmod:poss)$/);
  if (determiner === undefined || !/^(?:the|my|our|this)$/.test(getWord(sentence, determiner))) return false;
  const slot = readSlot(sentence, place, "product");
  const predication = describePredicate(sentence, at);
  // A telephone dies every day, and a car on the road: only what has died for good is gone.
  const isForGood =
    isGiven || predication.perfect || listDependents(sentence, at).some((one) => FOR_GOOD.test(getWord(sentence, one)));
  if (slot === null || !(isForGood || isGone) || !predication.isReal || predication.polarity === "negative")
    return true;
  const times = findEnd(predication, listTimesOf(sentence, predication.finite, at));
  for (const name of THINGS)
    discourse.add({
      kind: "closes",
      name,
      source: discourse.speaker,
      object: { node: slot.text },
      ...times,
      isOfKnown: true,
    });
  return true;
}

/** "I gave Ripley to my nephew", "passed it on to Tom": somebody else has what the speaker had. */
function isHandedOn(sentence: Sentence, at: number): boolean {
  const isGiving = listBases(getWord(sentence, at)).some((base) => /^(?:give|pass|donate)$/.test(base));
  const subject = getWord(sentence, findDependent(sentence, at, /^nsubj/) ?? -1);
  const isTo = listDependents(sentence, at, /^obl/).some((place) => getMarker(sentence, place) === "to");
  return isGiving && isTo && /^(?:i|we|)$/.test(subject);
}

const CHILDREN = /^HAS_(?:SON|DAUGHTER|CHILD|GRANDCHILD|NIECE|NEPHEW)$/;

/** "Our daughter Elsie was born on 9 May": since when somebody is theirs, and that they expect her no longer. */
export function readBirth(sentence: Sentence, discourse: Discourse, at: number): void {
  const subject = getWord(sentence, at) === "born" ? findDependent(sentence, at, /^nsubj/) : undefined;
  const born = subject === undefined ? null : discourse.resolve(sentence, subject);
  const predication = describePredicate(sentence, at);
  if (!born?.role || !CHILDREN.test(born.role.relation) || !predication.isReal || predication.polarity === "negative")
    return;
  const { relation, owner } = born.role;
  const { invalidAt: validAt } = findEnd(predication, listTimesOf(sentence, predication.finite, at));
  const known = discourse.facts.filter(
    ({ name, source, target }) => name === relation && source === owner && target === born.end,
  );
  for (const fact of known) fact.validAt = validAt;
  discourse.add({
    kind: "closes",
    name: "EXPECTS_CHILD",
    source: owner,
    object: null,
    validAt: null,
    invalidAt: validAt,
  });
}

/** "I drive a Volvo. No wait, we sold it": what was just told of a thing is over. */
export function readSoldIt(sentence: Sentence, discourse: Discourse, at: number): void {
  const isSold = listBases(getWord(sentence, at)).some((base) => /^(?:sell|scrap|return|lose)$/.test(base));
  const object = isSold ? findDependent(sentence, at, /^obj$/) : undefined;
  const subject = getWord(sentence, findDependent(sentence, at, /^nsubj/) ?? -1);
  if (getWord(sentence, object ?? -1) !== "it" || !/^(?:i|we)$/.test(subject)) return;
  const predication = describePredicate(sentence, at);
  const isDone = predication.tense === "past" || predication.perfect;
  if (!predication.isReal || predication.polarity === "negative" || !isDone) return;
  const told = discourse.facts.filter(({ name, source }) => THINGS.includes(name) && source === discourse.speaker);
  // "We owned a flat and have sold it in April."
  const thing = told.findLast(({ kind, invalidAt }) => kind === "holds" || (kind === "ends" && invalidAt === null));
  // "The Volvo is gone, I sold it in February."
  const times = findEnd(predication, listTimesOf(sentence, predication.finite, at));
  for (const fact of told) if (thing === undefined && fact.kind === "closes") Object.assign(fact, times);
  if (thing) Object.assign(thing, { kind: "ends", ...times });
}

/** "I'm a retired librarian": what is said of the trade is said of its bearer. */
export function readRetired(sentence: Sentence, discourse: Discourse, at: number): void {
  const isRetired = listDependents(sentence, at, /^amod$/).some((place) => getWord(sentence, place) === "retired");
  const subject = findDependent(sentence, at, /^nsubj/);
  if (!isRetired || subject === undefined || findDependent(sentence, at, /^cop$/) === undefined) return;
  const predication = describePredicate(sentence, at);
  if (!predication.isReal || predication.polarity === "negative" || predication.tense === "past") return;
  for (const { end, isPerson } of discourse.resolveAll(sentence, subject))
    if (isPerson) discourse.add({ kind: "holds", name: "IS_RETIRED", source: end, object: null });
}

/** "Yesterday was my last day at Costa", "as a chef": so ends a job, where that day is not still to come. */
export function readLastDay(sentence: Sentence, discourse: Discourse, at: number): void {
  const isLast = getWord(sentence, at) === "day" && getWord(sentence, at - 1) === "last";
  const place = listDependents(sentence, at, /^(?:nmod|obl)/).find((each) =>
    hasMarker(sentence, each, /^(?:at|with|as)$/),
  );
  const isTrade = place !== undefined && hasMarker(sentence, place, /^as$/);
  const slot = place === undefined ? null : readSlot(sentence, place, isTrade ? "occupation" : "organisation");
  const day = findMoment(sentence.times);
  const predication = describePredicate(sentence, at);
  const isDone = day ? day <= discourse.saidAt : predication.tense === "past";
  if (
    !isLast ||
    !isOwned(sentence, at) ||
    !slot ||
    !isDone ||
    !predication.isReal ||
    predication.polarity === "negative"
  )
    return;
  const object = slot.label === null ? { value: slot.text } : { node: discourse.mention(slot.text, slot.label) };
  const end = { source: discourse.speaker, invalidAt: day };
  discourse.add({ ...end, kind: "ends", name: isTrade ? "WORKS_AS" : "WORKS_AT", object });
  discourse.add({ ...end, kind: "closes", name: isTrade ? "WORKS_AT" : "WORKS_AS", object: null });
}

function listRoles({ role }: Referent, relations: readonly string[], speaker: Referent["end"]) {
  if (!role) return relations.map((name) => ({ name, source: speaker }));
  const isMeant = relations === ENDED_BY_DEATH || relations.includes(role.relation);
  return isMeant ? [{ name: role.relation, source: role.owner }] : [];
}

interface Loss {
  whom: number;
  relations: readonly string[];
  /** The words leave no doubt that it is somebody, whatever they are called. */
  isName: boolean;
}

function findLoss(sentence: Sentence, at: number): Loss | null {
  const bases = listBases(getWord(sentence, at));
  const subject = findDependent(sentence, at, /^nsubj/);
  const whom = (place: number | undefined, relations: readonly string[], isName = true) =>
    place === undefined ? null : { whom: place, relations, isName };
  const next = getWord(sentence, at + 1);
  if (bases.includes("die")) return diesInEarnest(sentence, at) ? whom(subject, ENDED_BY_DEATH) : null;
  if (bases.includes("pass") && next === "away") return whom(subject, ENDED_BY_DEATH);
  if (bases.includes("move") && next === "out") return whom(subject, HOUSEMATES);
  if (bases.includes("say")) return whom(findPartedFrom(sentence, at), ENDED_BY_DEATH);
  const object = findDependent(sentence, at, /^i?obj$/);
  if (bases.includes("have") && isPutToSleep(sentence, at)) return whom(object, ANIMALS);
  if (bases.includes("lose") && isByDeath(sentence, at)) return whom(object, ENDED_BY_DEATH, false);
  return isGivenUp(sentence, at, bases, object) ? whom(object ?? subject, ANIMALS) : null;
}

/** "Had to have Ludo put to sleep". */
function isPutToSleep(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^(?:xcomp|ccomp|acl)/).some(
    (put) => getWord(sentence, put) === "put" && isGivenUp(sentence, put, ["put"], at),
  );
}

/** "Put Ludo to sleep", "gave Clover away", "gave Ripley to my nephew", "rehomed Fennel". */
function isGivenUp(sentence: Sentence, at: number, bases: readonly string[], object: number | undefined): boolean {
  const has = (word: string) =>
    [...listDependents(sentence, at), (object ?? at) + 1].some((place) => getWord(sentence, place) === word);
  if (bases.includes("put")) return has("sleep") || (object !== undefined && has("down"));
  if (object === undefined) return false;
  const isGivenAway = has("away") || (isNameWord(sentence, object) && isHandedOn(sentence, at));
  return bases.includes("rehome") || (bases.includes("give") && isGivenAway);
}

/** "We had to say goodbye to Barnaby in December": on a day it is for good. */
function findPartedFrom(sentence: Sentence, at: number): number | undefined {
  const words = [at + 1, at + 2].map((place) => getWord(sentence, place));
  const name = sentence.tokens[at + 3];
  const isForGood = words.join(" ") === "goodbye to" && /^\p{Lu}\p{Ll}+$/u.test(name?.text ?? "");
  return isForGood && sentence.times.length > 0 ? at + 3 : undefined;
}
