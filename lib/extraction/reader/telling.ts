import type { Predication } from "#lib/extraction/reader/predicate.ts";
import type { Rule } from "#lib/extraction/reader/rules.ts";
import { getRelation, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { findBeginning, isGoingOn } from "#lib/extraction/reader/when.ts";
import type { FoundFact } from "#lib/extraction/schema.ts";
import type { FoundTime } from "#lib/extraction/times/moment.ts";

export type Told = Pick<FoundFact, "kind" | "name" | "validAt" | "invalidAt">;

/** What a match says of its relation by tense, aspect and polarity; null where it says nothing that is known. */
export function decideFact(
  sentence: Sentence,
  rule: Rule,
  predication: Predication,
  times: readonly FoundTime[],
  saidAt: Date,
): Told | null {
  const { relation: name } = rule;
  const { aspect, polarity, tense, perfect } = predication;
  // "I'm loving this" is about the moment; "when I was ten" ends no age.
  if (predication.progressive && !predication.perfect && rule.row.theme === "likes" && rule.row.object === "thing")
    return null;
  if (rule.row.object === "age" && predication.tense === "past" && rule.stage === "states") return null;
  const stage = aspect === "begins" && rule.stage === "states" ? "begins" : rule.stage;
  if (polarity === "negative") {
    const isDenial = stage === "states" && tense === "present" && !perfect && aspect === "plain";
    return isDenial ? { kind: "holds", name: `NOT_${name}`, validAt: null, invalidAt: null } : null;
  }
  if (aspect === "ends") return stage === "states" ? { kind: "ends", name, ...findEnd(predication, times) } : null;
  if (stage === "states") return decideState(sentence, rule, predication, times, saidAt);
  if (stage === "begins") return decideBeginning(sentence, rule, predication, times, saidAt);
  return isDone(sentence, rule, predication)
    ? { kind: stage, name, ...findEnd(rule.pattern.copular ? { aspect: "ends" } : predication, times) }
    : null;
}

/** Whether what ends something has happened: "sold it", "have sold it", "am retired"; not "am selling it". */
function isDone(sentence: Sentence, { pattern }: Rule, { tense, perfect, progressive, finite }: Predication): boolean {
  if (progressive && tense === "present") return false;
  return tense === "past" || perfect || isFormOfPast(sentence, finite) || pattern.copular;
}

/** "Quit" and "split" look the same in the past. */
function isFormOfPast(sentence: Sentence, at: number): boolean {
  return /^(?:quit|split)$/.test(getWord(sentence, at));
}

/** Of these the past tense says that they are over; "I liked the film" is about the film. */
function endsWithPast({ row, relation }: Rule): boolean {
  // "Four months later we were married" tells of a beginning.
  if (relation === "HAS_RELATIONSHIP_STATUS") return false;
  return row.single === true || row.theme === "work" || row.theme === "animals" || relation === "OWNS";
}

/** What is so of somebody from the first, so that no date of telling dates it. */
function isTimeless({ row, relation }: Rule): boolean {
  return row.theme === "who" || row.theme === "people" || relation === "COMES_FROM";
}

/** What is true in the present tense is known to hold from when it was said (as Graphiti's reference time). */
function decideState(
  sentence: Sentence,
  rule: Rule,
  predication: Predication,
  times: readonly FoundTime[],
  saidAt: Date,
): Told | null {
  const { relation: name } = rule;
  if (predication.tense === "past" && !predication.perfect) {
    // "I was already a vegetarian" says nothing of its end.
    const isStill = listDependents(sentence, predication.finite, /^advmod/).some((place) =>
      /^(?:already|still|also)$/.test(getWord(sentence, place)),
    );
    if (!endsWithPast(rule) || isStill) return null;
    const span = times.find(({ role }) => role === "span");
    if (span) return { kind: "holds", name, validAt: span.behind, invalidAt: span.until ?? null };
    const until = times.find(({ role }) => role === "until");
    if (until) return { kind: "ends", name, validAt: null, invalidAt: until.behind };
    return times.some(({ role }) => role === "at" || role === "since")
      ? null
      : { kind: "ends", name, validAt: null, invalidAt: null };
  }
  if (!isGoingOn(sentence, predication, times)) return null;
  // "Next year I'm living in Lisbon" is not so yet.
  const fronted = sentence.times.filter(({ end }) => end <= (sentence.tokens[predication.finite]?.start ?? 0));
  if ([...times, ...fronted].some(({ role, behind }) => role !== "until" && behind !== null && behind > saidAt))
    return null;
  const isUndated = isTimeless(rule) && !isSaidNow(sentence, predication.finite);
  return { kind: "holds", name, validAt: findBeginning(times) ?? (isUndated ? null : saidAt), invalidAt: null };
}

/** "I'm 35 now": of this it is said that it was otherwise. */
export function isSaidNow(sentence: Sentence, finite: number): boolean {
  return listDependents(sentence, finite, /^advmod/).some((place) =>
    /^(?:now|nowadays)$/.test(getWord(sentence, place)),
  );
}

/** Whether a clause only dates another: "when we moved". */
function isAside(sentence: Sentence, finite: number): boolean {
  return (
    /^advcl/.test(getRelation(sentence, finite)) &&
    listDependents(sentence, finite, /^(?:mark|advmod)$/).some((place) =>
      /^(?:when|while)$/.test(getWord(sentence, place)),
    )
  );
}

const YEAR = 365 * 86_400_000;

function decideBeginning(
  sentence: Sentence,
  { relation: name, row }: Rule,
  predication: Predication,
  times: readonly FoundTime[],
  saidAt: Date,
): Told | null {
  const at = times.find(({ role }) => role === "at" || role === "since");
  // "I was twelve when we moved to Canada" need not hold any more.
  if (isAside(sentence, predication.finite) && at === undefined && row.single) return null;
  const isDone = (predication.tense === "past" || predication.perfect) && !predication.progressive;
  const isLongAgo = at?.behind != null && saidAt.getTime() - at.behind.getTime() > YEAR;
  if (isDone && row.object === "age" && isLongAgo) return null;
  if (isDone) return { kind: "holds", name, validAt: at?.behind ?? null, invalidAt: null };
  const isFixed = predication.tense === "present" && !predication.progressive && at?.ahead && at.ahead > saidAt;
  return isFixed ? { kind: "holds", name, validAt: at.ahead, invalidAt: null } : null;
}

export function findEnd(
  { aspect }: Pick<Predication, "aspect">,
  times: readonly FoundTime[],
): Pick<FoundFact, "validAt" | "invalidAt"> {
  const at = times.find(({ role }) => role === "at" || role === "until" || (role === "since" && aspect === "ends"));
  return { validAt: null, invalidAt: at?.behind ?? null };
}
