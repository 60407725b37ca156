import { findRole } from "#lib/extraction/reader/roles.ts";
import {
  findDependent,
  getStretch,
  getWord,
  hasMarker,
  isInTime,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { readActivity, readGerund } from "#lib/extraction/reader/slots/doing.ts";
import { fromList, isModified, readOccupation, readReligion } from "#lib/extraction/reader/slots/listed.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { EMAIL, readAge, readCount, readPhone } from "#lib/extraction/reader/slots/measures.ts";
import { findNameRun, readPersonName, writeName } from "#lib/extraction/reader/slots/names.ts";
import { readNounPhrase, readTopic } from "#lib/extraction/reader/slots/phrases.ts";
import {
  readClub,
  readDevice,
  readEmployer,
  readOrganisation,
  readPlace,
  readProduct,
  readSchool,
  readWorkplaceByName,
} from "#lib/extraction/reader/slots/places.ts";
import { readOwned } from "#lib/extraction/reader/slots/possessions.ts";
import { type Slot, toNode, toValue } from "#lib/extraction/reader/slots/slot.ts";
import { readPreferred, readThing } from "#lib/extraction/reader/slots/things.ts";
import type { ObjectKind } from "#lib/relations/relation.ts";

/** What plans are called that have no name of their own. */
const PLAN =
  /^(?:free|basic|standard|premium|pro|plus|starter|business|family|student|team|growth|enterprise|gold|silver|unlimited|prepaid|individual|personal|solo|studio|essentials?|complete|advanced|professional|lite|ultimate)$/;

const MEAL = /^(?:breakfast|lunch|dinner|supper|meal|meals|snacks?|food|brunch|lots?|plenty)$/;

type SlotReader = (sentence: Sentence, at: number) => Slot | null;

/** Reads the phrase around a word as an object of this kind. @returns null where it is none, or only a part of one. */
export function readSlot(sentence: Sentence, at: number, kind: ObjectKind): Slot | null {
  const slot = READERS[kind](sentence, at);
  return slot && /[{}"“”]/.test(slot.text) ? null : slot;
}

/** A plan by its name before the word, "Team plan", or by one that only plans have. */
function readPlan(sentence: Sentence, at: number): Slot | null {
  const isNamed = isNameWord(sentence, at) && PLAN_NOUN.test(getWord(sentence, at + 1));
  const run = isNamed ? findNameRun(sentence, at) : null;
  if (run && run[1] > run[0] && run[1] - run[0] < 3) return toValue(writeName(sentence, ...run));
  // "The 250 Mbit plan" is told from others by its number.
  const isPlan = (place: number) => PLAN.test(getWord(sentence, place));
  // "The Off-Peak plan" is called by all of it.
  if (isNamed && getWord(sentence, at - 1) === "-" && isNameWord(sentence, at - 2))
    return toValue(getStretch(sentence, at - 2, at));
  const first = sentence.tokens[at - 1]?.upos === "NUM" || (isPlan(at) && isPlan(at - 1)) ? at - 1 : at;
  const last = first === at && isPlan(at) && isPlan(at + 1) ? at + 1 : at;
  return isNamed || isPlan(at) ? toValue(writeName(sentence, first, last)) : null;
}

/** "Italian", and "Italian American" as a whole. */
function readNationality(sentence: Sentence, at: number): Slot | null {
  const words = [at - 1, at, at + 1].filter((place) => lists.NATIONALITIES.has(getWord(sentence, place)));
  const [first = at, last = at] = [words[0], words.at(-1)];
  if (last > first) return toValue(writeName(sentence, first, last));
  // "German speaking", "Canadian Tire": the word belongs to what follows.
  const next = sentence.tokens[at + 1];
  if (
    next &&
    (/^(?:NOUN|PROPN)$/.test(next.upos) || next.xpos === "VBG") &&
    next.relation !== "acl" &&
    !isInTime(sentence, at + 1)
  )
    return null;
  return isModified(sentence, at) ? null : fromList(sentence, at, lists.NATIONALITIES, null);
}

/** "Engaged" to somebody, not "in" something. */
function readStatus(sentence: Sentence, at: number): Slot | null {
  const word = getWord(sentence, at);
  const phrases = listDependents(sentence, at, /^(?:obl|nmod)/).filter((place) => !isInTime(sentence, place));
  const isBusy = phrases.some((place) => hasMarker(sentence, place, /^in$/));
  const isFigure = phrases.some(
    (place) =>
      sentence.tokens[place]?.upos === "NOUN" &&
      findRole(sentence, place) === null &&
      hasMarker(sentence, place, /^(?:to|from)$/),
  );
  if (isFigure || /ly$/.test(getWord(sentence, at + 1))) return null;
  return lists.STATUSES.has(word) && !(word === "engaged" && isBusy) ? toValue(word) : null;
}

/** "Asthma", and "asthmatic" where it is said of somebody. */
function readCondition(sentence: Sentence, at: number): Slot | null {
  if (findDependent(sentence, at, /^cop$/) !== undefined) {
    const slot = fromList(sentence, at, lists.CONDITION_ADJECTIVES, "Condition");
    // "Deaf in one ear" is not deaf, and "nearly blind" is not blind.
    const isPartly = findDependent(sentence, at, /^(?:obl|nmod|advcl)/) !== undefined;
    return isPartly || (isModified(sentence, at) && !slot?.text.includes(" ")) ? null : slot;
  }
  // "Depression era furniture" and "cancer in my family" are nobody's condition.
  const next = sentence.tokens[at + 1];
  if (
    next?.upos === "NOUN" &&
    !isInTime(sentence, at + 1) &&
    !/^(?:disease|disorder|syndrome|fever|cancer|pressure|apnea|apnoea|pain|sclerosis|intolerance|anxiety|fatigue|failure)$/.test(
      next.text.toLowerCase(),
    )
  )
    return null;
  if (/\bin (?:my|our|the|his|her) family\b/i.test(sentence.text)) return null;
  return /^(?:pots|add|ms|aids|pcos)$/.test(sentence.tokens[at]?.text ?? "")
    ? null
    : fromList(sentence, at, lists.CONDITIONS, "Condition");
}

/** Endings that only medicines have (WHO, stems of international nonproprietary names). */
const MEDICINE =
  /^\p{L}{3,}(?:pril|sartan|olol|dipine|statin|prazole|cillin|mycin|floxacin|azepam|azolam|formin|gliptin|gliflozin|glutide|oxetine|triptan|thiazide|loride|semide|parin|xaban|setron|tidine|profen|oxicam|conazole|ciclovir|terol|tadine|azine|lukast|dronate)$/iu;

function readMedicine(sentence: Sentence, at: number): Slot | null {
  const listed = fromList(sentence, at, lists.MEDICINES, "Medicine");
  if (listed !== null || !MEDICINE.test(sentence.tokens[at]?.text ?? "")) return listed;
  return isModified(sentence, at) ? null : toNode(getWord(sentence, at), "Medicine");
}

/** What somebody is allergic to: a medicine, or anything else. */
function readAllergen(sentence: Sentence, at: number): Slot | null {
  return readMedicine(sentence, at) ?? toNode(readNounPhrase(sentence, at), "Allergen");
}

/** Whether a word is what plans are called, and little else. */
export function isPlanName(word: string): boolean {
  return PLAN.test(word.toLowerCase());
}

const PLAN_NOUN = /^(?:plan|tier|tariff|package)s?$/;

const READERS: Readonly<Record<ObjectKind, SlotReader>> = {
  place: readPlace,
  organisation: readOrganisation,
  school: readSchool,
  workplace: readWorkplaceByName,
  employer: readEmployer,
  club: readClub,
  person: (sentence, at) => toNode(readPersonName(sentence, at), "Person"),
  animal: (sentence, at) => toNode(readPersonName(sentence, at), "Animal"),
  thing: readThing,
  preferred: readPreferred,
  owned: readOwned,
  activity: readActivity,
  doing: readGerund,
  topic: readTopic,
  language: (sentence, at) => fromList(sentence, at, lists.LANGUAGES, "Language"),
  occupation: readOccupation,
  condition: readCondition,
  medicine: readMedicine,
  allergen: readAllergen,
  food: (sentence, at) => (MEAL.test(getWord(sentence, at)) ? null : toNode(readNounPhrase(sentence, at), "Food")),
  diet: (sentence, at) => fromList(sentence, at, lists.DIETS, null),
  nationality: readNationality,
  religion: readReligion,
  status: readStatus,
  count: readCount,
  age: readAge,
  date: () => null,
  email: (sentence, at) => toValue(EMAIL.exec(sentence.tokens[at]?.text ?? "")?.[0] ?? null),
  phone: (sentence, at) => toValue(readPhone(sentence, at)),
  code: () => null,
  plan: readPlan,
  product: readProduct,
  device: readDevice,
  nothing: () => null,
};
