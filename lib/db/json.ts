import { formatJson } from "#lib/json.ts";
import type { Metadata } from "#lib/validation.ts";

/**
 * JSON for Prisma, as one text: taken apart and put together again by Prisma it would lose digits of numbers and the key
 * `__proto__`. `lib/db/lossless.ts` hands the text on as the JSON it is.
 */
export function toJsonInput(value: Metadata | Metadata[]): string {
  return `${JSON_TEXT}${formatJson(value)}`;
}

export function toOptionalJsonInput(value: Metadata | undefined): string | undefined {
  return value && toJsonInput(value);
}

/** What `toJsonInput` puts in front: a character for private use that no text of ours begins with. */
export const JSON_TEXT = "\u{F0001}";
