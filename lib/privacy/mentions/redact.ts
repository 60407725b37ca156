import { REDACTED } from "#lib/graph/terms.ts";
import { formatJson, parseJson } from "#lib/json.ts";
import { listForms, type Needle, selectForText, toWordSource } from "#lib/privacy/scan/needles.ts";
import { isJsonObject, type Metadata } from "#lib/validation.ts";

/** Shorter ids are anybody's values: a rating, a number of children. */
const SHORTEST_WHOLE = 3;
const SHORTEST_WHOLE_NUMBER = 5;

/** Takes what somebody is called out of texts and out of JSON, and leaves all other words as they are. */
export class Redaction {
  readonly #inText: RegExp | null;
  readonly #wholes: ReadonlySet<string>;
  readonly #keys: ReadonlySet<string>;

  constructor(needles: readonly Needle[]) {
    const forms = selectForText(needles).flatMap(({ value }) => [...listForms(value), ...listForms(foldText(value))]);
    const sources = [...new Set(forms)].sort((a, b) => b.length - a.length).map(toSource);
    this.#inText = sources.length > 0 ? new RegExp(sources.join("|"), "giu") : null;
    const values = needles.filter(isTelling).map(({ value }) => value.toLowerCase());
    this.#wholes = new Set(values);
    this.#keys = new Set(values.filter((value) => /[\d@\s]/.test(value)));
  }

  /** A text without them. */
  redactText(text: string): string {
    return this.#inText ? text.replace(this.#inText, REDACTED) : text;
  }

  /** A JSON object without them, in its values and in the names of its fields. */
  redactMetadata(value: unknown): Metadata {
    const redacted = this.#redactJson(value);
    return isJsonObject(redacted) ? redacted : {};
  }

  /** What an application gave as data: JSON where it says so. */
  redactContent(content: string, isJson: boolean): string {
    if (!isJson) return this.redactText(content);
    const redacted = formatJson(this.#redactJson(parseJson(content)));
    // What has nothing of them in it stays as it was written.
    return redacted === formatJson(parseJson(content)) ? content : redacted;
  }

  #redactJson(value: unknown): unknown {
    if (typeof value === "string") return this.#redactValue(value);
    if (typeof value === "number") return this.#wholes.has(String(value)) ? REDACTED : value;
    if (Array.isArray(value)) return value.map((item) => this.#redactJson(item));
    if (typeof value !== "object" || value === null) return value;
    const fields = new Map<string, unknown>();
    for (const [key, held] of Object.entries(value)) {
      const name = this.#keys.has(key.toLowerCase()) ? REDACTED : this.redactText(key);
      fields.set(findFreeName(fields, name), this.#redactJson(held));
    }
    return Object.fromEntries(fields);
  }

  /** A whole value may be an id that would be a word like others in a longer text. */
  #redactValue(value: string): string {
    return this.#wholes.has(value.toLowerCase()) ? REDACTED : this.redactText(value);
  }
}

function isTelling({ value }: Needle): boolean {
  return value.length >= (/^\d+$/.test(value) ? SHORTEST_WHOLE_NUMBER : SHORTEST_WHOLE);
}

/** In small letters as the database makes them: it knows `İ` as an `i`, and JavaScript does not. */
function foldText(text: string): string {
  return text.toLowerCase().replaceAll("i\u0307", "i");
}

function toSource(form: string): string {
  return toWordSource(foldText(form)).replace(/(?<!\\)i(?![^[]*\])/g, "[iİ]");
}

/** Two fields may lose the names that told them apart. */
function findFreeName(fields: ReadonlyMap<string, unknown>, name: string): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name} ${number}`;
    if (!fields.has(free)) return free;
  }
}
