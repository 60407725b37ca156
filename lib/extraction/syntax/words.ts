import { digestText } from "#lib/extraction/syntax/features.ts";

/** A word as the tagger and the parser look at it, worked out once. Numbers are digests. */
export interface WordForm {
  text: string;
  lower: number;
  /** Its cases, digits and signs in outline: "Xx" for Anna, "d-x" for 30-year. */
  shape: number;
  /** Its first one to three and its last one to four letters. */
  prefixes: readonly number[];
  suffixes: readonly number[];
}

export function describeWord(text: string): WordForm {
  const lower = text.toLowerCase();
  return {
    text,
    lower: digestText(lower),
    shape: digestText(outlineShape(text)),
    prefixes: [1, 2, 3].map((size) => digestText(lower.slice(0, size))),
    suffixes: [1, 2, 3, 4].map((size) => digestText(lower.slice(-size))),
  };
}

function outlineShape(text: string): string {
  return text
    .replace(/\p{Lu}/gu, "X")
    .replace(/\p{L}/gu, (letter) => (letter === "X" ? "X" : "x"))
    .replace(/\p{N}/gu, "d")
    .replace(/(.)\1+/g, "$1");
}
