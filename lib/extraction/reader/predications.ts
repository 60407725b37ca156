import { readBeginning, ruleOut } from "#lib/extraction/reader/consequences.ts";
import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { readBirth, readLastDay, readLoss, readRetired, readSoldIt } from "#lib/extraction/reader/losses.ts";
import { type Found, listObjects } from "#lib/extraction/reader/objects.ts";
import { describePredicate, type Predication } from "#lib/extraction/reader/predicate.ts";
import { matchPassiveEnds, matchRules, type Rule } from "#lib/extraction/reader/rules.ts";
import {
  findDependent,
  getMarker,
  getRelation,
  getText,
  getWord,
  hasMarker,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";
import { findSubject, isNobody, isSpokenOfSelf } from "#lib/extraction/reader/subjects.ts";
import { decideFact, isSaidNow, type Told } from "#lib/extraction/reader/telling.ts";
import { listTimesOf, listTimesOfNext } from "#lib/extraction/reader/when.ts";
import type { End } from "#lib/extraction/schema.ts";

/** Reads what the predicates of a sentence state by the patterns of the vocabulary. */
export function readPredications(sentence: Sentence, discourse: Discourse): void {
  for (const at of sentence.tokens.keys()) {
    readLoss(sentence, discourse, at);
    readBirth(sentence, discourse, at);
    readLastDay(sentence, discourse, at);
    readRetired(sentence, discourse, at);
    readSoldIt(sentence, discourse, at);
    readStart(sentence, discourse, at);
    readPassiveEnd(sentence, discourse, at);
    readMatches(sentence, discourse, at);
  }
}

function readMatches(sentence: Sentence, discourse: Discourse, at: number): void {
  const matches = matchRules(sentence, at);
  const predication = matches.length > 0 ? describePredicate(sentence, at) : null;
  if (!predication?.isReal) return;
  const { finite } = predication;
  const speaking = findSubject(sentence, finite) ?? (isSpokenOfSelf(sentence, finite) ? null : undefined);
  // "I quit my job at Bosch" ends that one; only "I quit my job" ends whatever it was.
  const told = new Set<string>();
  const ordered = matches.toSorted((a, b) => Number(b.rule.pattern.hasObject) - Number(a.rule.pattern.hasObject));
  for (const { rule, match } of ordered) {
    const subject = match.subject ?? speaking;
    const isKnown = !rule.pattern.hasObject && told.has(rule.relation);
    if (subject === undefined || isKnown || disagreesInPerson(sentence, subject, finite)) continue;
    if (readMatch(sentence, discourse, { rule, object: match.object, at, subject, predication }))
      told.add(rule.relation);
  }
}

/** "I'm asking for my brother, he works at Acme": "I" is not who "works". */
function disagreesInPerson(sentence: Sentence, subject: number | null, finite: number): boolean {
  // "I'm a vegan who loves barbecues."
  if (/^acl:relcl/.test(getRelation(sentence, finite))) return false;
  const isSpeaker = subject === null || /^(?:i|we|you)$/.test(getWord(sentence, subject));
  return isSpeaker && sentence.tokens[finite]?.xpos === "VBZ" && !/^['’]?s$/.test(getWord(sentence, finite));
}

/** "The flat in Split is sold", "our Honda was stolen": it was theirs, and is no more. */
function readPassiveEnd(sentence: Sentence, discourse: Discourse, at: number): void {
  const head = sentence.tokens[at]?.head ?? -1;
  const isGot = getRelation(sentence, at) === "xcomp" && /^g[eo]t(?:ten)?$/.test(getWord(sentence, head));
  if (!isGot && listDependents(sentence, at, /^(?:aux:pass|cop)$/).length === 0) return;
  const subject = findDependent(sentence, isGot ? head : at, /^nsubj/);
  const determiner = getWord(sentence, findDependent(sentence, subject ?? -1, /^(?:nmod:poss|det)$/) ?? -1);
  const predication = subject === undefined ? null : describePredicate(sentence, isGot ? head : at);
  if (subject === undefined || !predication?.isReal || !/^(?:my|our|the)$/.test(determiner)) return;
  for (const { rule, match } of matchPassiveEnds(sentence, at, subject))
    readMatch(sentence, discourse, { rule, object: match.object, at, subject: null, predication });
}

/** "I got the job at Meridian Rail! I start on the first.": when what was just told begins. */
function readStart(sentence: Sentence, discourse: Discourse, at: number): void {
  const last = discourse.facts.findLast(({ kind }) => kind === "holds");
  if (!/^(?:start|begin|starting)$/.test(getWord(sentence, at)) || last?.name !== "WORKS_AT" || last.validAt !== null)
    return;
  if (
    listDependents(sentence, at, /^(?:obj|xcomp)/).length > 0 ||
    matchRules(sentence, at).some(({ rule, match }) => rule.row.theme === "work" && match.object !== null)
  )
    return;
  const time = listTimesOf(sentence, at, at).find(
    ({ role, ahead }) => role === "at" && ahead !== null && ahead > discourse.saidAt,
  );
  if (time) last.validAt = time.ahead;
}

/** Who leaves a town so comes back. */
const NOT_FOR_GOOD =
  /\b(?:early|late(?:r)?|again|tonight|last night|open|running|behind|arriving|this (?:morning|afternoon|evening)|for (?:an?|the|my|some) (?:day|night|weekend|week|holidays?|vacation|trip|while|conference|meeting|break|lunch|bit|moment|appointment)|back (?:on|by|in|at|tomorrow|soon|home))\b/i;
const FOR_A_WHILE =
  /\b(?:at (?:noon|midnight|\d)|on time|o['’]?clock|for (?:the|a|my) (?:day|week|weekend|holidays?|vacation|trip|while))\b/i;

const FULL_OF_SOMETHING = /\bpregnant with (?!twins|triplets|our|my|a\b|number|\d|#)/i;

/** @returns whether anything is known by it. */
function readMatch(sentence: Sentence, discourse: Discourse, found: Found): boolean {
  const { rule, subject } = found;
  const told = isFigure(sentence, found) ? null : decideMatch(sentence, discourse, found);
  if (!told || (subject !== null && isNobody(sentence, subject))) return false;
  const template = findOwnTemplate(rule);
  if (template && told.name !== rule.relation) return false;
  const subjects = listSubjects(sentence, discourse, subject);
  const objects = subjects.length > 0 ? listObjects(sentence, discourse, found) : [];
  if (objects.length === 0) return false;
  for (const end of subjects) tellOf(sentence, discourse, { found, told, objects, end, template });
  return true;
}

interface Telling {
  found: Found;
  told: Told;
  objects: ReturnType<typeof listObjects>;
  /** Of whom it is told. */
  end: End;
  template: string | undefined;
}

/** Tells of one subject what a match says, with what follows from it. */
function tellOf(sentence: Sentence, discourse: Discourse, { found, told, objects, end, template }: Telling): void {
  const { rule, at, predication } = found;
  if (rule.row.replacedByNow && told.kind === "holds" && isSaidNow(sentence, predication.finite))
    discourse.add({ kind: "closes", name: rule.relation, source: end, object: null, invalidAt: told.validAt });
  for (const [index, object] of objects.entries()) {
    const kind = index > 0 || isOnTop(sentence, found) ? makeAddition(told, rule) : told.kind;
    discourse.add({ ...told, kind, source: end, object, ...tellOwn(template), ...closeKnown(object) });
  }
  if (!told.name.startsWith("NOT_")) readStage(discourse, rule, end, told, objects);
  if (rule.relation === "WORKS_AS" && rule.pattern.copular) readWorkplaceOfTrade(sentence, discourse, end, told, at);
}

function tellOwn(template: string | undefined): { fact?: string } {
  return template ? { fact: template } : {};
}

/** "I sold the Volvo": whichever of theirs that is, if any is known. */
function closeKnown(object: ReturnType<typeof listObjects>[number]): { kind?: "closes"; isOfKnown?: true } {
  return object?.isDefinite ? { kind: "closes", isOfKnown: true } : {};
}

/** What follows where something begins or ends. */
function readStage(
  discourse: Discourse,
  { relation, stage }: Rule,
  source: End,
  told: Told,
  [object]: ReturnType<typeof listObjects>,
): void {
  if (stage === "begins" && told.kind === "holds") readBeginning(discourse, relation, source, told.validAt);
  if (stage !== "ends" && stage !== "closes") return;
  // "I left Acme" says nothing of their boss, unless they worked there.
  const node = stage === "closes" && object && "node" in object ? object.node : undefined;
  if (stage === "closes" && object && node === undefined) return;
  ruleOut(
    discourse,
    relation,
    source,
    told.invalidAt,
    node === undefined ? {} : { follows: { name: relation, target: node } },
  );
}

/** The sentence of "I'm diabetic" beside that of "I have diabetes", where the relation has one. */
function findOwnTemplate({ pattern: { copular, heads }, row, stage }: Rule): string | undefined {
  const verb = copular && heads.size === 0 ? "be" : [...heads].join("|");
  return stage === "states" ? row.templateOf?.[verb] : undefined;
}

function makeAddition({ kind }: Told, { row }: Rule): Told["kind"] {
  return kind === "holds" && row.single ? "adds" : kind;
}

/** What the words of a rule do not mean in this sentence: "I left Paris at noon", "pregnant with ideas". */
function isFigure(sentence: Sentence, { rule: { relation, stage }, at }: Found): boolean {
  if (relation === "EXPECTS_CHILD") return FULL_OF_SOMETHING.test(sentence.text);
  if (stage === "closes" && leavesForNow(sentence, at)) return true;
  if (stage === "begins" && isTakenBack(sentence)) return true;
  if (relation === "IS_RETIRED" || (stage === "closes" && relation !== "LIVES_IN"))
    return retiresToBed(sentence, at) || isOfOther(sentence, at, relation);
  if (relation !== "LIVES_IN" || stage === "states") return false;
  return (stage === "closes" && FOR_A_WHILE.test(sentence.text)) || movesBetweenThings(sentence, at);
}

/** "Switched me to insulin by mistake", "subscribed to it for a friend": nothing of theirs began. */
function isTakenBack(sentence: Sentence): boolean {
  const words = getText(sentence);
  return /\bby mistake\b|\bstraight back\b|\bsubscribed to .* for (?:an?|my) (?:friend|day|week|month|mate)\b/i.test(
    words,
  );
}

/** "I left Acme early today, headache": whoever leaves so comes back. */
function leavesForNow(sentence: Sentence, at: number): boolean {
  const words = getText(sentence);
  return getWord(sentence, at) === "left" && (NOT_FOR_GOOD.test(words) || FOR_A_WHILE.test(words));
}

/** Who "retires to bed" or "for the night" works tomorrow. */
function retiresToBed(sentence: Sentence, at: number): boolean {
  const isRetiring = /^retire/.test(getWord(sentence, at));
  return (
    isRetiring &&
    listDependents(sentence, at, /^obl/).some((place) => /^(?:bed|night|room)$/.test(getWord(sentence, place)))
  );
}

/** "I was a member of the choir and resigned" ends no job, and "I resigned" no membership. */
function isOfOther(sentence: Sentence, at: number, relation: string): boolean {
  return /^resign/.test(getWord(sentence, at)) && (relation === "MEMBER_OF") !== OF_CLUB.test(getText(sentence));
}

const OF_CLUB =
  /\b(?:members?|membership|committee|council|board|club|society|association|choir|church|parish|treasurer|captain|governor|chair|chairman|chairwoman)\b/i;

/** "We moved from Okta to Entra ID": who changes one thing for another changes no home. */
function movesBetweenThings(sentence: Sentence, at: number): boolean {
  const ways = listDependents(sentence, at, /^(?:obl|nmod)/).filter((place) =>
    hasMarker(sentence, place, /^(?:from|to)$/),
  );
  return (
    ways.length > 1 && ways.some((place) => isNameWord(sentence, place) && readSlot(sentence, place, "place") === null)
  );
}

function decideMatch(sentence: Sentence, { saidAt }: Discourse, found: Found): Told | null {
  const { rule, at, predication } = found;
  const own = listTimesOf(sentence, predication.finite, at);
  const isEnd = rule.stage === "ends" || rule.stage === "closes" || predication.aspect === "ends";
  const times = own.length === 0 && isEnd ? listTimesOfNext(sentence, predication.finite) : own;
  // "Retired on 30 June": with a day it tells what happened then, and not how it is.
  if (isClipped(sentence, found) && times.some(({ role }) => role === "at")) return null;
  return decideFact(sentence, rule, straightenTense(sentence, found), times, saidAt);
}

function listSubjects(sentence: Sentence, discourse: Discourse, subject: number | null): End[] {
  if (subject === null) return [discourse.speaker];
  return discourse.resolveAll(sentence, subject).flatMap(({ isPerson, end }) => (isPerson ? [end] : []));
}

/** "I also work at Aldi", "I have a second job at Costa": the first stays as it is. */
function isOnTop(sentence: Sentence, { at, predication }: Found): boolean {
  const object = findDependent(sentence, at, /^obj$/);
  const words = object === undefined ? [] : listDependents(sentence, object, /^(?:amod|det|compound)/);
  const isSecond = words.some((place) =>
    /^(?:second|third|another|extra|side|additional)$/.test(getWord(sentence, place)),
  );
  return predication.isAddition || isSecond;
}

/** "I'm an accountant at Harlow & Finch": the trade with the place where it is done. */
function readWorkplaceOfTrade(sentence: Sentence, discourse: Discourse, source: End, told: Told, at: number): void {
  const place = listDependents(sentence, at, /^(?:nmod|obl)/).find((each) =>
    /^(?:at|for|with)$/.test(getMarker(sentence, each)),
  );
  const slot = place === undefined ? null : readSlot(sentence, place, "organisation");
  // A student is at a school, and works there no more than anywhere.
  if (/^student$/.test(getWord(sentence, at))) return;
  if (!slot || !/^(?:holds|ends)$/.test(told.kind) || told.name.startsWith("NOT_")) return;
  discourse.add({
    ...told,
    name: "WORKS_AT",
    source,
    object: slot.label === null ? { value: slot.text } : { node: discourse.mention(slot.text, slot.label) },
  });
}

/** "Engaged to Jo" without its "am" tells of now, although its word has the form of the past. */
function straightenTense(sentence: Sentence, found: Found): Predication {
  return isClipped(sentence, found) ? { ...found.predication, tense: "present" } : found.predication;
}

function isClipped(sentence: Sentence, { rule, at }: Found): boolean {
  return rule.pattern.copular && rule.stage === "states" && listDependents(sentence, at, /^(?:aux|cop)/).length === 0;
}
