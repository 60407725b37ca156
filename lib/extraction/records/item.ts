import { splitKey } from "#lib/extraction/records/keys.ts";
import { writeScalar } from "#lib/extraction/records/values.ts";

/** What a line of an order says of a thing is so in this order alone. */
const COUNTED = /^(?:quantity|qty|count|units|sku|unit price|price|amount|total|subtotal)$/;

const LONGEST = 500;

/** Whether an object in a list is a line of an order: some of a thing by name. */
export function isItem(object: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(object).some((key) => COUNTED.test(splitKey(key)));
}

/** The sentence of a line of an order, with what is said of the thing in brackets. */
export function writeItem(
  words: string,
  object: Readonly<Record<string, unknown>>,
  named: ReadonlySet<string>,
): string {
  const details = Object.entries(object)
    .filter(([key, value]) => !named.has(key) && (typeof value === "string" || typeof value === "number"))
    .map(([key, value]) => `${splitKey(key)} ${writeScalar(value)}`.replace(/[{}]/g, ""));
  return `{subject}'s ${words} is {object}${details.length > 0 ? ` (${details.join(", ").slice(0, LONGEST)})` : ""}`;
}

const TITLE_OF_LINE = /^(?:title|name|article|product|item|description|label)$/;

/** A line that is told by itself, what it is of first: "Fridge 40L (qty 1, unit price 219)". @returns null for what is no such line. */
export function writeLine(object: Readonly<Record<string, unknown>>): string | null {
  const plain = Object.entries(object).filter(([, value]) => typeof value === "string" || typeof value === "number");
  const title = plain.find(([key, value]) => TITLE_OF_LINE.test(splitKey(key)) && typeof value === "string");
  if (!title || plain.length !== Object.keys(object).length) return null;
  const details = plain
    .filter((entry) => entry !== title)
    .map(([key, value]) => `${splitKey(key)} ${writeScalar(value)}`);
  return `${writeScalar(title[1])}${details.length > 0 ? ` (${details.join(", ")})` : ""}`.slice(0, LONGEST);
}
