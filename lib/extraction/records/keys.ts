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

/** The sentence of a fact from a record: what the key is called, and what stands there. */
export function makeRecordTemplate(words: string): string {
  return `{subject}'s ${words.replace(/[{}]/g, "")} is {object}`;
}

/** "interests" → "interest". */
export function makeSingular(words: string): string {
  if (/(?:ss|us|is|news|address|series)$/.test(words)) return words;
  return words
    .replace(/ies$/, "y")
    .replace(/(ch|sh|x|ss)es$/, "$1")
    .replace(/s$/, "");
}

const BEGINS =
  /^(?:(?:start|started|begin|began|from|since|effective|valid from|active since)(?: (?:date|at|on|from))?)$/;
const ENDS =
  /^(?:(?:end|ended|ends|until|till|to|through|valid to|valid until|expiry|expires|expired|expiration|canceled|cancelled|closed|terminated|left|finished|renews)(?: (?:date|at|on))?)$/;

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
  /^(?:user|customer|client|member|account holder|owner|contact|person|employee|patient|passenger|subscriber|buyer|shopper|guest|student|profile)(?: (?:id|e ?mail|name|uuid))?$|^(?:user id|e ?mail|e ?mail address|name|full name|id|uuid|username)$/;
/** Keys whose values are people, places or organisations by name, so that each is a node. */
export const NAMES_SOMETHING =
  /(?:^|\b)(?:city|town|country|state|region|company|employer|organi[sz]ation|team|manager|owner|reporter|assignee|agent|author|brand|store|shop|school|university|club|venue|contact|friend|spouse|partner|wife|husband|boss|doctor|teacher|airline|hotel|restaurant|party|office|district)$/;
