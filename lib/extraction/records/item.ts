import { splitKey } from "#lib/extraction/records/keys.ts";
import { isWrittenDay, writeCode, writeDayOf, writeScalar } from "#lib/extraction/records/values.ts";

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

const TITLE_OF_LINE = /^(?:title|name|article|product|item|sku|description|label|display|summary)$/;

/**
 * One of several that have no name of their own, told by itself, what it is of first: "Fridge 40L (qty 1, unit price 219)", "test
 * HIV, result negative". Empty where it holds nothing.
 */
export function writeLine(object: Readonly<Record<string, unknown>>): string {
  const plain = listPlain(object, "");
  const title = plain.find(([key]) => TITLE_OF_LINE.test(key));
  const details = plain
    .filter((entry) => entry !== title)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
  if (!title) return details.slice(0, LONGEST);
  return `${title[1]}${details === "" ? "" : ` (${details})`}`.slice(0, LONGEST);
}

/** The plain values of an object, those of objects in it included, with the words of their keys. */
function listPlain(object: Readonly<Record<string, unknown>>, prefix: string): [key: string, value: string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    const words = [prefix, splitKey(key)].filter(Boolean).join(" ");
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return [
        [
          words,
          writeDayOf(value) !== null && isWrittenDay(value) ? (writeDayOf(value) ?? "") : writeCode(writeScalar(value)),
        ],
      ];
    return typeof value === "object" && value !== null && !Array.isArray(value) ? listPlain({ ...value }, words) : [];
  });
}
