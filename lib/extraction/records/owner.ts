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
    const name = isObject(value) ? nameOwner(value, splitKey(key), person) : value;
    if (typeof name === "string" && isStranger(name, person)) return { key, name };
  }
  return null;
}

/** Who an object names; of somebody with another address and only a surname in common, the address tells. */
function nameOwner(object: JsonObject, kind: string, person: Person): string | null {
  const values = Object.entries(object).map(([key, value]) => ({ words: splitKey(key), value }));
  const email = values.find(
    ({ words, value }) => /^e ?mail(?: address)?$/.test(words) && typeof value === "string",
  )?.value;
  const isNamed = values.some(
    ({ value }) =>
      typeof value === "string" && value.includes(" ") && !value.includes("@") && isNameOfPerson(value, person),
  );
  const end = identifyRecord(object, kind, person)?.end ?? null;
  if (typeof end === "string" && isStranger(end, person)) return end;
  return typeof email === "string" && !isNamed && isStranger(email, person) ? email : end;
}

function isStranger(value: string, person: Person): boolean {
  if (isNameOfPerson(value, person)) return false;
  if (value.includes("@")) return person.email !== null;
  const words = listWordsOfName(value);
  const own = person.names.filter((name) => name !== person.userId && !name.includes("@")).flatMap(listWordsOfName);
  const isFullName = words.length >= 2 && words.length <= 4 && !/\d/.test(value);
  if (!isFullName || own.length === 0) return false;
  // A surname may be shared; a first name, or its letter, has to be theirs.
  const first = words[0] ?? "";
  const firsts = person.names.filter((name) => name.includes(" ")).map((name) => listWordsOfName(name)[0] ?? "");
  const isOwnFirst =
    firsts.length === 0 || own.includes(first) || firsts.some((name) => name[0] === first && first.length === 1);
  return !words.some((word) => own.includes(word)) || !isOwnFirst;
}

function listWordsOfName(name: string): string[] {
  return foldText(name).match(/\p{L}+/gu) ?? [];
}
