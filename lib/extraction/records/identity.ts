import { isNameOfPerson } from "#lib/extraction/person.ts";
import { FIRST_NAME, ID, LAST_NAME, NAME, OWNER, splitKey, TITLE } from "#lib/extraction/records/keys.ts";
import { findKind, isSubscription, isThing, type Kind, makePart } from "#lib/extraction/records/kind.ts";
import { isWrittenDay, readDate, writeDay, writeDayOf, writeScalar } from "#lib/extraction/records/values.ts";
import type { End, Person } from "#lib/extraction/schema.ts";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Who or what an object is, and which of its keys only say so. */
export interface Identity {
  end: End;
  label: string;
  /** What it is to whom it belongs: "order" of "order A-77". */
  kind: string;
  keys: ReadonlySet<string>;
}

/** Words that make a key the id of the record itself: "order_id", "ticket". */
const OWN_ID =
  /^(?<kind>order|ticket|invoice|subscription|booking|reservation|case|payment|transaction|appointment|shipment|claim|policy|contract|task|issue|flight|job|loan|rental|refund|return|delivery|complaint|request|event|quote|membership)(?: (?:id|number|no|ref|reference|key|code))?$/;
const PERSONAL = /^(?:e ?mail|phone|birthday|age|first name|last name|job title|gender|date of birth)$/;

/** The keys with one plain value each, their words beside them. */
function listScalars(object: JsonObject): { key: string; words: string; value: string }[] {
  return Object.entries(object).flatMap(([key, value]) =>
    (typeof value === "string" && value !== "") || typeof value === "number"
      ? [{ key, words: splitKey(key), value: writeScalar(value) }]
      : [],
  );
}

/**
 * Finds out what an object is: the person by their id, address or name; a thing of its own by a number or an event; else
 * somebody or something by name. @param kind what the object stands for where it is found.
 * @returns null for one that names nothing: it says more of what holds it.
 */
export function identifyRecord(object: JsonObject, kind: string, person: Person | null): Identity | null {
  const scalars = listScalars(object);
  const own = kind === "" ? findKind(object) : makePart(kind);
  if (own.isUpdate) return { end: null, label: "Person", kind: "person", keys: own.keys };
  const typed = own.keys.size > 0 || kind !== "" ? identifyTyped(scalars, own, person) : null;
  if (typed) return typed;
  const numbered = kind === "" || OWNER.test(kind) ? null : identifyNumbered(scalars, kind, person);
  return (
    identifyThing(object, scalars, kind, person) ??
    numbered ??
    identifyPerson(scalars, person) ??
    identifyNamed(scalars, kind)
  );
}

type Scalars = ReturnType<typeof listScalars>;

/** "order 1189" of a record whose type is order, else the "appointment of 28 October 2026". */
function identifyTyped(scalars: Scalars, { words: kind, keys }: Kind, person: Person | null): Identity | null {
  if (!isThing(kind) && !isSubscription(kind)) return null;
  if (keys.size > 0) {
    const numbered = identifyNumbered(scalars, kind, person);
    if (numbered) return { ...numbered, keys: new Set([...numbered.keys, ...keys]) };
  }
  if (!isThing(kind)) return null;
  const isOther = scalars.some(
    ({ words }) => NAME.test(words) || TITLE.test(words) || ID.test(words) || OWN_ID.test(words),
  );
  const day = scalars.find(
    ({ words, value }) =>
      /^(?:date|day|when|scheduled (?:at|for|on)|check ?in(?: date)?|arrival(?: date)?|departure(?: date)?|pick ?up(?: date)?)$/.test(
        words,
      ) && readDate(value),
  );
  const date = day && readDate(day.value);
  if (isOther || !date) return null;
  return { end: `${kind} of ${writeDay(date)}`, label: makeLabel(kind), kind, keys: new Set([...keys, day.key]) };
}

/** An order by its number, an event by what happened; the person's own id in it says whose it is. */
function identifyThing(object: JsonObject, scalars: Scalars, kind: string, person: Person | null): Identity | null {
  if (kind !== "") return null;
  const own = scalars.find(
    ({ words, value }) =>
      OWN_ID.test(words) && isNumberOf(words, value) && !isNameOfPerson(value, person) && value.length <= 80,
  );
  const named = own && OWN_ID.exec(own.words)?.groups?.kind;
  if (!own || !named) return null;
  const keys = new Set([own.key]);
  if (named !== "event") return { end: `${named} ${own.value}`, label: makeLabel(named), kind: named, keys };
  // An event has no number: what tells it from others of its kind is the first thing it names.
  const inner = Object.values(object).flatMap((value) => (isObject(value) ? listScalars(value) : []));
  const other = [...inner.filter(({ words }) => NAME.test(words)), ...scalars].find(
    ({ key, value, words }) =>
      key !== own.key && !isNameOfPerson(value, person) && !OWNER.test(words.replace(/^name$/, "")),
  );
  const name = /^[\p{L} _-]{2,40}$/u.test(own.value) ? splitKey(own.value) : own.value;
  return {
    end: other
      ? `${name} ${isWrittenDay(other.value) ? (writeDayOf(other.value) ?? "") : other.value}`.slice(0, 120)
      : name,
    label: "Event",
    kind: "event",
    keys,
  };
}

/** "job: Nurse" names no job by a number; what is called an id may have none. */
function isNumberOf(words: string, value: string): boolean {
  return words === "event" || words.includes(" ") || /\d/.test(value);
}

/** "invoice i-7": a number makes a thing of its own of what stands under the key "invoice", whoever else it names. */
function identifyNumbered(scalars: Scalars, kind: string, person: Person | null): Identity | null {
  const id = scalars.find(({ words }) => ID.test(words) || words === `${kind} id` || words === `${kind} number`);
  const isNamed = scalars.some(({ words }) => NAME.test(words) || TITLE.test(words));
  if (!id || isNamed || isNameOfPerson(id.value, person)) return null;
  return { end: `${kind} ${id.value}`.slice(0, 200), label: makeLabel(kind), kind, keys: new Set([id.key]) };
}

function identifyPerson(scalars: Scalars, person: Person | null): Identity | null {
  const naming = scalars.filter(
    ({ words, value }) => (OWNER.test(words) || FIRST_NAME.test(words)) && isNameOfPerson(value, person),
  );
  const whole = joinName(scalars);
  if (naming.length === 0 && !(whole && isNameOfPerson(whole.value, person))) return null;
  return {
    end: null,
    label: "Person",
    kind: "person",
    keys: new Set([...naming.map(({ key }) => key), ...(whole?.keys ?? [])]),
  };
}

function identifyNamed(scalars: Scalars, kind: string): Identity | null {
  const whole = joinName(scalars);
  const name = scalars.find(({ words }) => NAME.test(words)) ?? scalars.find(({ words }) => TITLE.test(words));
  const isPerson = scalars.some(({ words }) => PERSONAL.test(words));
  const label = isPerson ? "Person" : makeLabel(kind || "thing");
  if (whole) return { end: whole.value, label: "Person", kind, keys: new Set(whole.keys) };
  if (name) return { end: name.value.slice(0, 200), label, kind: kind || "record", keys: new Set([name.key]) };
  if (kind === "") return null;
  const email = scalars.find(({ words }) => /^e ?mail/.test(words));
  return email ? { end: email.value, label: "Person", kind, keys: new Set() } : null;
}

function joinName(scalars: Scalars): { value: string; keys: string[] } | null {
  const parts = [FIRST_NAME, LAST_NAME].flatMap((pattern) => scalars.find(({ words }) => pattern.test(words)) ?? []);
  return parts.length === 2
    ? { value: parts.map(({ value }) => value).join(" "), keys: parts.map(({ key }) => key) }
    : null;
}

function makeLabel(word: string): string {
  return word
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
    .replace(/\s+(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}
