import type { Person } from "#lib/extraction/schema.ts";

/** Whether a value in data names the person: their id, their address, or all the words of their name. */
export function isNameOfPerson(value: string, person: Person | null): boolean {
  if (!person) return false;
  const given = foldText(value);
  if (given === "") return false;
  if (given === foldText(person.userId) || given === foldText(person.email ?? "")) return true;
  const [full] = person.names;
  const words = new Set(given.split(/[\s.,]+/));
  const name = foldText(full)
    .split(/[\s.,]+/)
    .filter(Boolean);
  return name.length > 1 && given.length < 100 && name.every((word) => words.has(word));
}

/** A name or an address without the differences of writing: case, accents and white space around it. */
export function foldText(value: string): string {
  return value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
