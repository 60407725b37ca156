import { formatJson, parseJson } from "#lib/json.ts";
import { REDACTED } from "#lib/privacy/mentions/terms.ts";
import { type Needle, selectForText } from "#lib/privacy/scan/needles.ts";
import { isJsonObject, type Metadata } from "#lib/validation.ts";

/** Takes what somebody is called out of texts and out of JSON, and leaves all other words as they are. */
export class Redaction {
  readonly #inText: RegExp | null;
  readonly #wholes: ReadonlySet<string>;

  constructor(needles: readonly Needle[]) {
    const values = [...new Set(selectForText(needles).map(({ value }) => value))].sort((a, b) => b.length - a.length);
    const forms = values.map((value) => value.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
    this.#inText =
      forms.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${forms.join("|")})(?![\\p{L}\\p{N}_-])`, "giu") : null;
    this.#wholes = new Set(needles.map(({ value }) => value.toLowerCase()));
  }

  /** A text without them. */
  redactText(text: string): string {
    if (this.#wholes.has(text.toLowerCase())) return REDACTED;
    return this.#inText ? text.replace(this.#inText, REDACTED) : text;
  }

  /** The same as JSON without them, in the values and in the names of fields. */
  redactMetadata(value: unknown): Metadata {
    const redacted = this.#redactJson(value);
    return isJsonObject(redacted) ? redacted : {};
  }

  /** What an application gave as data: JSON where it says so. */
  redactContent(content: string, isJson: boolean): string {
    return isJson ? formatJson(this.#redactJson(parseJson(content))) : this.redactText(content);
  }

  #redactJson(value: unknown): unknown {
    if (typeof value === "string") return this.redactText(value);
    if (Array.isArray(value)) return value.map((item) => this.#redactJson(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [this.redactText(key), this.#redactJson(held)] as const),
    );
  }
}
