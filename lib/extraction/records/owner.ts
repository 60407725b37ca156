import { foldText, isNameOfPerson } from "#lib/extraction/person.ts";
import { identifyRecord, isObject, type JsonObject } from "#lib/extraction/records/identity.ts";
import { splitKey } from "#lib/extraction/records/keys.ts";
import type { Person } from "#lib/extraction/schema.ts";

/** Keys that say whose a record is. An id may be another system's, so that only names and addresses tell people apart. */
const WHOSE =
  /^(?:customer|client|user|member|account holder|patient|passenger|subscriber|buyer|shopper|guest|student|requester|cardholder)(?: (?:e ?mail|name|full name))?$/;

/** Somebody whose a record is, with the key that says so. */
export interface Owner {
  key: string;
  name: string;
}

/** Whose a record is where that is surely not the person: by another name altogether or another address. */
export function findOtherOwner(object: JsonObject, person: Person | null): Owner | null {
  if (!person) return null;
  for (const [key, value] of Object.entries(object)) {
    if (!WHOSE.test(splitKey(key))) continue;
    const name = isObject(value) ? (identifyRecord(value, splitKey(key), person)?.end ?? null) : value;
    if (typeof name === "string" && isStranger(name, person)) return { key, name };
  }
  return null;
}

function isStranger(value: string, person: Person): boolean {
  if (isNameOfPerson(value, person)) return false;
  if (value.includes("@")) return person.email !== null;
  const words = listWordsOfName(value);
  const own = person.names.filter((name) => name !== person.userId && !name.includes("@")).flatMap(listWordsOfName);
  const isFullName = words.length >= 2 && words.length <= 4 && !/\d/.test(value);
  return isFullName && own.length > 0 && !words.some((word) => own.includes(word));
}

function listWordsOfName(name: string): string[] {
  return foldText(name).match(/\p{L}+/gu) ?? [];
}
