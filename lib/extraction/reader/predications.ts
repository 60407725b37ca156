import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import { type Found, listObjects } from "#lib/extraction/reader/objects.ts";
import { describePredicate, type Predication } from "#lib/extraction/reader/predicate.ts";
import { matchRules } from "#lib/extraction/reader/rules.ts";
import { findDependent, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";
import { findSubject, isNobody, isSpokenOfSelf } from "#lib/extraction/reader/subjects.ts";
import { decideFact, findEnd, type Told } from "#lib/extraction/reader/telling.ts";
import { listTimesOf } from "#lib/extraction/reader/when.ts";
import type { End } from "#lib/extraction/schema.ts";

/** Reads what the predicates of a sentence state by the patterns of the vocabulary. */
export function readPredications(sentence: Sentence, discourse: Discourse): void {
  for (const at of sentence.tokens.keys()) {
    readDeath(sentence, discourse, at);
    readStart(sentence, discourse, at);
    const matches = matchRules(sentence, at);
    if (matches.length === 0) continue;
    const predication = describePredicate(sentence, at);
    if (!predication.isReal) continue;
    const subject =
      findSubject(sentence, predication.finite) ?? (isSpokenOfSelf(sentence, predication.finite) ? null : undefined);
    if (subject === undefined) continue;
    // "I quit my job at Bosch" ends that one; only "I quit my job" ends whatever it was.
    const told = new Set<string>();
    for (const { rule, match } of matches.toSorted(
      (a, b) => Number(b.rule.pattern.hasObject) - Number(a.rule.pattern.hasObject),
    )) {
      if (!rule.pattern.hasObject && told.has(rule.relation)) continue;
      if (readMatch(sentence, discourse, { rule, object: match.object, at, subject, predication }))
        told.add(rule.relation);
    }
  }
}

/** "My wife died in March": what somebody was to their people is over. */
function readDeath(sentence: Sentence, discourse: Discourse, at: number): void {
  const bases = listBases(getWord(sentence, at));
  const isDeath = bases.includes("die") || (bases.includes("pass") && getWord(sentence, at + 1) === "away");
  const subject = isDeath ? findDependent(sentence, at, /^nsubj/) : undefined;
  if (subject === undefined) return;
  const predication = describePredicate(sentence, at);
  const dead = discourse.resolve(sentence, subject);
  if (
    !predication.isReal ||
    predication.polarity === "negative" ||
    (predication.tense !== "past" && !predication.perfect) ||
    dead?.end == null
  )
    return;
  const times = findEnd(predication, listTimesOf(sentence, predication.finite, at));
  const { role, end } = dead;
  if (role) discourse.add({ kind: "closes", name: role.relation, source: role.owner, object: { node: end }, ...times });
  else
    for (const name of ENDED_BY_DEATH)
      discourse.add({ kind: "closes", name, source: discourse.speaker, object: { node: end }, ...times });
}

/** Of somebody whose role is not said here, whichever of these is known is over. */
const ENDED_BY_DEATH = ["HAS_SPOUSE", "HAS_PARTNER", "HAS_PET", "HAS_DOG", "HAS_CAT"];

/** "I got the job at Meridian Rail! I start on the first.": when what was just told begins. */
function readStart(sentence: Sentence, discourse: Discourse, at: number): void {
  const last = discourse.facts.at(-1);
  if (
    !/^(?:start|begin|starting)$/.test(getWord(sentence, at)) ||
    last?.name !== "WORKS_AT" ||
    last.kind !== "holds" ||
    last.validAt !== null
  )
    return;
  if (
    listDependents(sentence, at, /^(?:obj|xcomp)/).length > 0 ||
    matchRules(sentence, at).some(({ match }) => match.object !== null)
  )
    return;
  const time = listTimesOf(sentence, at, at).find(
    ({ role, ahead }) => role === "at" && ahead !== null && ahead > discourse.saidAt,
  );
  if (time) last.validAt = time.ahead;
}

/** @returns whether anything is known by it. */
function readMatch(sentence: Sentence, discourse: Discourse, found: Found): boolean {
  const { rule, at, subject, predication } = found;
  const times = listTimesOf(sentence, predication.finite, at);
  const told = decideFact(sentence, rule, straightenTense(sentence, found), times, discourse.saidAt);
  if (!told || (subject !== null && isNobody(sentence, subject))) return false;
  const subjects =
    subject === null
      ? [discourse.speaker]
      : discourse.resolveAll(sentence, subject).flatMap(({ isPerson, end }) => (isPerson ? [end] : []));
  if (subjects.length === 0) return false;
  const objects = listObjects(sentence, discourse, found);
  for (const end of subjects) {
    for (const [index, object] of objects.entries()) {
      const adds = told.kind === "holds" && rule.row.single && (index > 0 || predication.isAddition);
      discourse.add({ ...told, kind: adds ? "adds" : told.kind, source: end, object });
    }
    if (rule.relation === "WORKS_AS" && rule.pattern.copular && objects.length > 0)
      readWorkplaceOfTrade(sentence, discourse, end, told, at);
  }
  return objects.length > 0;
}

/** "I'm an accountant at Harlow & Finch": the trade with the place where it is done. */
function readWorkplaceOfTrade(sentence: Sentence, discourse: Discourse, source: End, told: Told, at: number): void {
  const place = listDependents(sentence, at, /^(?:nmod|obl)/).find((each) =>
    /^(?:at|for)$/.test(getWord(sentence, findDependent(sentence, each, /^case$/) ?? -1)),
  );
  const slot = place === undefined ? null : readSlot(sentence, place, "organisation");
  if (!slot || !/^(?:holds|ends)$/.test(told.kind) || told.name.startsWith("NOT_")) return;
  discourse.add({
    ...told,
    name: "WORKS_AT",
    source,
    object: slot.label === null ? { value: slot.text } : { node: discourse.mention(slot.text, slot.label) },
  });
}

/** "Engaged to Jo" without its "am" tells of now, although its word has the form of the past. */
function straightenTense(sentence: Sentence, { rule, at, predication }: Found): Predication {
  const isClipped =
    rule.pattern.copular && rule.stage === "states" && listDependents(sentence, at, /^(?:aux|cop)/).length === 0;
  return isClipped ? { ...predication, tense: "present" } : predication;
}
