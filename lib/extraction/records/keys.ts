import { getTemplate } from "#lib/relations.ts";

/** The words of a key, in lower case: "jobTitle", "job_title" and "Job-Title" are "job title". */
export function splitKey(key: string): string {
  return key
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** Words of keys that mean a relation of the vocabulary, which has a sentence of its own. */
const KNOWN: readonly [words: RegExp, relation: string][] = [
  [/^(?:e ?mail|e ?mail address)$/, "HAS_EMAIL"],
  [/^(?:phone|phone number|mobile|mobile number|telephone)$/, "HAS_PHONE"],
  [/^(?:birthday|birth date|birthdate|date of birth|dob)$/, "HAS_BIRTHDAY"],
  [/^age$/, "HAS_AGE"],
  [/^(?:assigned|assigned to|assignee)$/, "ASSIGNED_TO"],
  [/^(?:customer|account|member|membership) (?:number|no)$/, "HAS_ACCOUNT"],
];

/** The relation that a record's key names: `HAS_<KEY>`, a family of its own beside the vocabulary. */
export function nameRelation(words: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(words))?.[1];
  if (known) return known;
  const upper = words
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/gi, "_")
    .replace(/^_+|_+$/g, "")
    .toUpperCase();
  return upper === "" ? "HAS_VALUE" : `HAS_${upper.slice(0, 76)}`;
}

/**
 * The vocabulary's sentence of a relation that a key names; null where it only says "is" or "has": "diet: Mediterranean" is no
 * origin, and "children: 2" is not what somebody has.
 */
export function getKnownTemplate(words: string): string | null {
  const template = getTemplate(nameRelation(words));
  return template === null || /^\{subject\} (?:is|has) \{object\}$/.test(template) ? null : template;
}

/** "delivered at": what was done to a thing, and on which day. */
const DONE = /^(?<what>.*? ?)\b(?<done>\p{L}{2,}ed|paid|sent|made|sold|bought)(?<on> (?:at|on|date))?$/u;
/** What a person does, where a thing is something done to it. */
const DONE_BY_PERSON = /^(?:joined|registered|enrolled|subscribed|graduated|started|signed up)$/;

/**
 * The sentence of a fact from a record: what the key is called, and what stands there.
 * @param isPerson whether it is about a person, to whom nothing "was delivered on" a day.
 * @param isDay whether a day stands there: "placed" is when something was.
 */
export function makeRecordTemplate(words: string, isPerson: boolean, isDay = false): string {
  const key = words.replace(/[{}]/g, "");
  const { what = "", done = "", on } = DONE.exec(key)?.groups ?? {};
  const isDone = done !== "" && (on !== undefined || isDay);
  if (isDone && what === "" && isPerson && DONE_BY_PERSON.test(done)) return `{subject} ${done} on {object}`;
  if (isDone && (what !== "" || !isPerson))
    return `{subject}${what === "" ? "" : `'s ${what.trim()}`} was ${done} on {object}`;
  const isPlural = makeSingular(key) !== key && !ABBREVIATION.test(key);
  return `{subject}'s ${key} ${isPlural ? "are" : "is"} {object}`;
}

/** "GPS" is no plural. */
const ABBREVIATION = /\b(?:gps|sms|os|dns|pms|cms|pos|vps|aws|ios|bus|gas|plus|canvas|atlas)$/;

/** The sentence of what is so or not, by a key that says how something is: "newsletter subscribed", "active"; else null. */
export function makeStateTemplate(words: string, isSo: boolean): string | null {
  const { what = "", state } = STATE.exec(words.replace(/[{}]/g, ""))?.groups ?? {};
  if (!state) return null;
  return `{subject}${what === "" ? "" : `'s ${what.trim()}`} is ${isSo ? "" : "not "}${state}`;
}

const STATE =
  /^(?<what>.*? ?)\b(?<state>active|inactive|verified|subscribed|unsubscribed|enabled|disabled|confirmed|blocked|suspended|locked|approved|paid|archived|married|vegan|vegetarian|vip)$/u;

/** The sentence of one of several: "tags include vip". */
export function makeListTemplate(plural: string): string {
  return `{subject}'s ${plural.replace(/[{}]/g, "")} include {object}`;
}

/** The sentence that links a person to a thing of theirs, whose name tells already what it is: "order A-77". */
export function makeLinkTemplate(kind: string, name: string): string | null {
  if (kind === "event") return "{subject}'s events include {object}";
  return name.startsWith(`${kind} `) ? "{subject} has {object}" : null;
}

/** "interests" → "interest". */
export function makeSingular(words: string): string {
  if (/(?:ss|us|is|news|address|series)$/.test(words)) return words;
  return words
    .replace(/ies$/, "y")
    .replace(/(ch|sh|x|ss)es$/, "$1")
    .replace(/s$/, "");
}

/** When something was ordered, opened or held: from then on the person has it. */
export const HAPPENED =
  /^(?:date|(?:order|booking|purchase|issue) date|(?:ordered|opened|booked|placed|submitted|purchased|reported|issued) (?:at|on)|check ?in|arrival|departure|pick ?up)$/;

const BEGINS =
  /^(?:(?:start|starts|started|begin|began|from|since|effective|effective from|valid from|active since)(?: (?:date|at|on|from))?)$/;
const ENDS =
  /^(?:(?:end|ended|ends|until|till|to|through|valid to|valid until|expiry|expires|expired|expiration|canceled|cancelled|closed|terminated|left|finished|renews)(?: (?:date|at|on))?|check ?out(?: date)?)$/;

/** Which end of the time a record holds for a key names. */
export function findEndOfSpan(words: string): "from" | "until" | null {
  if (BEGINS.test(words)) return "from";
  return ENDS.test(words) ? "until" : null;
}

export const CREATED = /^(?:created|created at|created on|creation date|date created)$/;
export const UPDATED = /^(?:updated|updated at|updated on|modified|modified at|last updated|last modified|changed at)$/;

export const NAME = /^(?:name|full name|display name)$/;
export const FIRST_NAME = /^(?:first name|given name|firstname)$/;
export const LAST_NAME = /^(?:last name|family name|surname|lastname)$/;
/** What a thing is called by; a person's title is none. */
export const TITLE = /^(?:nickname|label|store name|product name|plan name)$/;
export const ID = /^(?:id|uuid|number|no|ref|reference|key|code)$/;
/** Keys whose value says whose the record is. */
export const OWNER =
  /^(?:user|customer|client|member|account holder|owner|contact|person|employee|patient|passenger|subscriber|buyer|shopper|guest|student|profile)(?: (?:id|e ?mail|name|uuid|ref|reference|no|number))?$|^holder$|^(?:user id|e ?mail|e ?mail address|name|full name|id|uuid|username)$/;
/** "customer": "cus_9": by another system's id nobody is named. */
export function isIdOfOwner(words: string, value: unknown): boolean {
  return (
    /^(?:user|customer|client|member|owner|contact|subscriber)$/.test(words) && /^\S*[\d_]\S*$/.test(String(value))
  );
}

/** Keys whose values are people, places or organisations by name, so that each is a node. */
export const NAMES_SOMETHING =
  /(?:^|\b)(?:city|town|country|state|region|company|employer|organi[sz]ation|team|manager|owner|reporter|assignee|agent|author|brand|store|shop|school|university|club|venue|contact|friend|spouse|partner|wife|husband|boss|doctor|teacher|airline|hotel|restaurant|party|office|district)$/;
