/**
 * JSON that keeps every digit. JavaScript's numbers have about sixteen; an account number or an amount may have more, and
 * PostgreSQL's have as many as are written. A number that JavaScript would change is carried as a marked text instead,
 * from where JSON is read to where it is written again; nothing else about it is special.
 */

/** A character for private use that no text of ours or anyone's begins with; see `parseJson` for what does all the same. */
const MARK = "\u{F0000}";

/** Real JSON is never this deep. Deeper would exhaust the stack of everything that reads it later. */
const DEEPEST = 100;

/** 5 MiB of messages have some hundreds of values; millions of empty ones cost seconds and gigabytes. */
const MOST_VALUES = 100_000;

/** What PostgreSQL's numeric can hold: digits before and after the decimal point (PostgreSQL documentation, 8.1.2). */
const MOST_DIGITS_BEFORE = 131_072;
const MOST_DIGITS_AFTER = 16_383;

/** JSON that cannot be taken, with the reason in words for whoever sent it. */
export class JsonError extends Error {}

/**
 * Reads JSON; its size and depth are measured before anything is made of it.
 * @throws JsonError for what is no JSON, too deep, too many values, or a number beyond what PostgreSQL holds.
 */
export function parseJson(text: string): unknown {
  checkSizeAndDepth(text);
  if (PRIVATE.test(text)) throw new JsonError("Contains characters that cannot be stored.");
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch (error) {
    if (error instanceof JsonError) throw error;
    throw new JsonError(`Not valid JSON: ${error instanceof Error ? error.message : "unreadable"}`);
  }
}

/** Whether a text is JSON that `parseJson` takes. */
export function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch (error) {
    if (error instanceof JsonError) return false;
    throw error;
  }
}

/** Writes JSON, numbers as they were read. @param indent how far each level is moved in; on one line without. */
export function formatJson(value: unknown, indent?: number): string {
  return restoreNumbers(JSON.stringify(value, null, indent));
}

/** The length of what `formatJson` writes, numbers without exponents as PostgreSQL keeps them: 1e9000 has 9,001 digits. */
export function measureJson(value: unknown): number {
  const long = findLongNumber(value);
  if (long !== undefined || typeof value === "number") return measureNumber(long ?? String(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value)?.length ?? 0;
  const parts = Array.isArray(value)
    ? value.map(measureJson)
    : Object.entries(value).map(([key, item]) => JSON.stringify(key).length + 1 + measureJson(item));
  return parts.reduce((sum, length) => sum + length + 1, parts.length === 0 ? 2 : 1);
}

function measureNumber(source: string): number {
  const { before, after } = splitNumber(source);
  const sign = source.startsWith("-") ? 1 : 0;
  return sign + Math.max(before, 1) + (after > 0 ? after + 1 : 0);
}

/** A number that JavaScript would change, as it was written; undefined for any other value. */
export function findLongNumber(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
}

/** The same JSON with marked texts in the place of the numbers that JavaScript would change. */
export function markNumbers(text: string): string {
  return LONG_NUMBER.test(text) ? JSON.stringify(JSON.parse(text, keepDigits)) : text;
}

/** The same JSON with the numbers in the place of the marked texts. */
export function restoreNumbers(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARKED, "$1") : text;
}

/** The characters that mark things for us, here and in `lib/db/json.ts`, as they are or escaped. */
const PRIVATE = /[\u{F0000}\u{F0001}]|\\udb80\\udc0[01]/iu;

const MARKED = new RegExp(`"${MARK}(-?[0-9][0-9.eE+-]*)"`, "gu");

/** Whether there may be a number that JavaScript would change: one with an exponent or with sixteen digits. */
const LONG_NUMBER = /[\d.]{16}|\d[eE]/;

/** A reviver that gets what a number looked like: "JSON.parse source text access", ECMAScript 2026. */
function keepDigits(_: string, value: unknown, { source = "" }: { source?: string } = {}): unknown {
  if (typeof value !== "number") return value;
  if (String(value) === source) return value;
  const written = splitNumber(source);
  if (written.before > MOST_DIGITS_BEFORE || written.after > MOST_DIGITS_AFTER)
    throw new JsonError("Contains a number with more digits than can be stored.");
  return splitNumber(String(value)).canonical === written.canonical ? value : `${MARK}${source}`;
}

/** A number's digits without zeros at either end and where the point stands among them: equal for equal numbers. */
function splitNumber(source: string): { canonical: string; before: number; after: number } {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  const significant = digits.slice(leading).replace(/0+$/, "");
  if (significant === "") return { canonical: "0", before: 1, after: 0 };
  return {
    canonical: `${sign}${significant}@${point - leading}`,
    before: point - leading,
    after: fraction.length - Number(exponent),
  };
}

/** Counts what a text would become, by its brackets and commas outside strings. @throws JsonError past a bound. */
function checkSizeAndDepth(text: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === QUOTE) {
      at = endOfString(text, at);
    } else if (letter === OPEN_BRACKET || letter === OPEN_BRACE) {
      depth += 1;
      values += 1;
      if (depth > DEEPEST) throw new JsonError(`Nested more than ${DEEPEST} levels deep.`);
    } else if (letter === CLOSE_BRACKET || letter === CLOSE_BRACE) {
      depth -= 1;
    } else if (letter === COMMA) {
      values += 1;
    }
    if (values > MOST_VALUES) throw new JsonError(`Holds more than ${MOST_VALUES.toLocaleString("en")} values.`);
  }
}

const [QUOTE, BACKSLASH, COMMA, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [34, 92, 44, 91, 93, 123, 125];

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
