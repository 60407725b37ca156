import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import type { Predication } from "#lib/extraction/reader/predicate.ts";
import type { Referent } from "#lib/extraction/reader/referent.ts";
import type { Rule } from "#lib/extraction/reader/rules.ts";
import {
  findDependent,
  getRelation,
  getStretch,
  getWord,
  isExcluded,
  isNameWord,
  listConjuncts,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { findNameRun, isCutOff, writeName } from "#lib/extraction/reader/slots/names.ts";
import type { Slot } from "#lib/extraction/reader/slots/slot.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";
import type { End } from "#lib/extraction/schema.ts";
import type { ObjectKind } from "#lib/relations/relation.ts";

export interface Found {
  rule: Rule;
  object: number | null;
  at: number;
  /** The place of its subject; null where the speaker left out "I". */
  subject: number | null;
  predication: Predication;
}

/** An object, and whether it is one that was spoken of before. */
type FactObject = (({ node: End } | { value: string }) & { isDefinite?: true }) | null;

/** The objects of a match, one for each that is joined by "and"; none where they are not what the relation asks for. */
export function listObjects(sentence: Sentence, discourse: Discourse, found: Found): FactObject[] {
  const { rule } = found;
  const kind = rule.pattern.kind ?? rule.row.object ?? "nothing";
  if (!rule.pattern.hasObject) return [null];
  const object = found.object ?? findObjectElsewhere(sentence, discourse, found);
  if (object === null) return [];
  if (typeof object !== "number") return [{ node: object.end }];
  if (object !== found.at && (isExcluded(sentence, object) || hasNegative(sentence, object))) return [];
  // What stands under the article of a phrase that points at the moment points there, too: "the color and texture".
  const first = listConjuncts(sentence, object)[0] ?? object;
  if (kind !== "person" && !rule.pattern.bearer && readSlot(sentence, first, kind) === null)
    return rule.stage === "closes" && rule.pattern.kind === null ? readKnownThing(sentence, first) : [];
  const [begin, end] = kind === "person" ? [object, object] : (findNameRun(sentence, object) ?? [object, object]);
  // "JPMorgan Chase & Co" is one name, whatever the parser joins in it.
  const conjuncts = listConjuncts(sentence, object).filter((place) => place === object || place < begin || place > end);
  const places = [
    ...conjuncts,
    ...listStrayConjuncts(sentence, found.at, object),
    ...listEnumerated(sentence, object, kind),
  ];
  return [...new Set(places)]
    .toSorted((a, b) => a - b)
    .flatMap((place) => readObject(sentence, discourse, found, kind, place));
}

/** What stands at one place as an object of this kind; nothing where it is none. */
function readObject(
  sentence: Sentence,
  discourse: Discourse,
  found: Found,
  kind: ObjectKind,
  place: number,
): FactObject[] {
  const { rule } = found;
  if (kind === "person") {
    const isSomebody = rule.relation !== "HAS_COLLEAGUE" || isFirstName(getWord(sentence, place));
    const referent = discourse.resolve(sentence, place, isSomebody);
    return referent?.end != null && referent.isPerson ? [{ node: referent.end }] : [];
  }
  const slot =
    rule.pattern.bearer && kind !== "plan" && kind !== "status"
      ? readModifier(sentence, place)
      : readSlot(sentence, place, kind);
  if (kind === "count" && !isOfKind(sentence, place, rule.row.nouns)) return [];
  if (!slot || (slot.isDefinite && !/^(?:ends|closes)$/.test(rule.stage))) return [];
  const isOfKnown = slot.isDefinite || (found.subject === null && endsOnlyKnown(sentence, place, rule));
  if (isOfKnown && slot.label !== null) return [{ node: slot.text, isDefinite: true }];
  return [slot.label === null ? { value: slot.text } : { node: discourse.mention(slot.text, slot.label) }];
}

/**
 * "Left Grady", "left the nursery in April": of what is known by that name it does not matter what kind of thing it is. Without
 * a name it has to be long ago, since who leaves the bank on Monday comes back on Tuesday.
 */
function readKnownThing(sentence: Sentence, at: number): FactObject[] {
  const run = findNameRun(sentence, at);
  if (run !== null) return isCutOff(sentence, ...run) ? [] : [{ node: writeName(sentence, ...run), isDefinite: true }];
  const article = findDependent(sentence, at, /^det$/);
  const isLongAgo = sentence.times.some(({ start, end }) => MONTH_OR_YEAR.test(sentence.text.slice(start, end)));
  // Whoever quits it does not come back.
  const isForGood = isLongAgo || /^quit/.test(getWord(sentence, sentence.tokens[at]?.head ?? -1));
  if (getWord(sentence, article ?? -1) !== "the" || !isForGood || sentence.tokens[at]?.upos !== "NOUN") return [];
  const [noun, phrase] = [(article ?? at) + 1, article ?? at].map((from) => getStretch(sentence, from, at));
  return [{ node: noun ?? "", isDefinite: true }, { value: phrase?.toLowerCase() ?? "" }];
}

const MONTH_OR_YEAR =
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\b|\b(?:month|year|spring|summer|autumn|fall|winter|(?:19|20)\d\d)\b/iu;

/** "I left Rome" need not be about a home, and "quit tobacco" is about no employer unless one is called so. */
function endsOnlyKnown({ tokens }: Sentence, at: number, { stage }: Rule): boolean {
  return stage === "closes" || (stage === "ends" && /^\p{Ll}+$/u.test(tokens[at]?.text ?? ""));
}

/** What stands before the noun that bears it: "nut" of "a nut allergy", "Liverpool" of "a Liverpool fan". */
function readModifier(sentence: Sentence, at: number): Slot | null {
  const isPlain =
    /^(?:NOUN|PROPN|ADJ)$/.test(sentence.tokens[at]?.upos ?? "") &&
    !/^(?:big|huge|great|real|true|new|bad|severe|mild|slight|massive|lifelong|total|complete|food|biggest|serious|number|old|movie|film|book|game|video|music|band|team|show)$/.test(
      getWord(sentence, at),
    );
  let first = Math.min(at, ...listDependents(sentence, at, /^(?:compound|flat|amod)/));
  while (first > 0 && isNameWord(sentence, first) && isNameWord(sentence, first - 1)) first -= 1;
  return isPlain ? { text: getStretch(sentence, first, at), label: "Topic" } : null;
}

/** "A mom of two kids" counts children; "of two cats" does not. */
function isOfKind(sentence: Sentence, at: number, nouns = ""): boolean {
  return nouns.split("|").includes(getWord(sentence, at));
}

function hasNegative(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at).some((place) => /^(?:no|neither|none|never)$/.test(getWord(sentence, place)));
}

/** "I live in Bonn and Cologne", "I love pizza and ice cream", where the parser joins the second to the verb. */
function listStrayConjuncts(sentence: Sentence, at: number, object: number): number[] {
  return listDependents(sentence, at, /^conj/).filter(
    (place) =>
      place > object &&
      /^(?:PROPN|NOUN)$/.test(sentence.tokens[place]?.upos ?? "") &&
      listDependents(sentence, place, /^(?:nsubj|cop|aux|case)/).length === 0 &&
      !isExcluded(sentence, place) &&
      sentence.tokens
        .slice(object + 1, place)
        .every(({ upos, text }) => /^(?:PROPN|NOUN|ADJ|DET)$/.test(upos) || /^(?:and|,)$/.test(text)) &&
      sentence.tokens.slice(object + 1, place).some(({ text }) => text === "and"),
  );
}

/** "Spanish, English and a bit of French": what is one of few is found by itself, whatever the parser makes of the list. */
function listEnumerated(sentence: Sentence, object: number, kind: ObjectKind): number[] {
  if (!/^(?:language|medicine|condition)$/.test(kind)) return [];
  const found: number[] = [];
  for (const step of [-1, 1]) {
    for (let place = object + step; sentence.tokens[place]; place += step) {
      if (/^(?:,|and|or|plus|&|a|an|some|little|bit|of|also)$/.test(getWord(sentence, place))) continue;
      if (readSlot(sentence, place, kind) === null) break;
      found.push(place);
    }
  }
  return found;
}

/** "Mia and I broke up" and "one of the languages I study is Spanish": the object stands elsewhere. */
function findObjectElsewhere(
  sentence: Sentence,
  discourse: Discourse,
  { rule, at, subject, predication }: Found,
): number | Referent | null {
  if (subject === null) return null;
  const joined = listConjuncts(sentence, subject);
  // "Lou and I split up the business" parts nobody.
  const thing = getWord(sentence, findDependent(sentence, at, /^obj$/) ?? -1);
  const isOfThing = thing !== "" && !rule.pattern.along.some((words) => words.has(thing));
  if (rule.row.object === "person" && joined.length === 2 && !isOfThing) {
    const others = joined
      .map((place) => discourse.resolve(sentence, place, true))
      .filter((referent) => referent !== null);
    const other = others.find(({ end }) => end !== discourse.speaker);
    return other && others.some(({ end }) => end === discourse.speaker) && other.isPerson ? other : null;
  }
  if (!/^acl:relcl/.test(getRelation(sentence, predication.finite)) || predication.finite !== at) return null;
  for (let place = sentence.tokens[at]?.head ?? -1, steps = 0; place >= 0 && steps < 3; steps += 1) {
    const head = sentence.tokens[place]?.head ?? -1;
    if (getRelation(sentence, place) === "nsubj" && findDependent(sentence, head, /^cop$/) !== undefined) return head;
    place = head;
  }
  return null;
}
