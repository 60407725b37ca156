import { type Dated, PLACEHOLDER } from "#lib/extraction/rules/dates.ts";
import { textOf } from "#lib/extraction/rules/phrases.ts";
import type { Token } from "#lib/extraction/rules/tokens.ts";
import { thirdPerson } from "#lib/extraction/rules/verbs.ts";

/** How those who talk are called in a sentence about them. */
export interface Names {
  speaker: string;
  hearer: string;
  /** Whom "he", "she" and "they" mean, where that is known. */
  before: string | null;
}

const ABOUT_SPEAKER = new Set(["i", "we"]);
const TO_THIRD: Record<string, string> = { am: "is", are: "is", have: "has", do: "does", was: "was", were: "was" };

/** The verb group in the third person: "am learning" → "is learning", "love" → "loves". */
export function verbInThird(group: Token[], bySpeaker: boolean): string {
  const words = group.map(({ lower }) => lower);
  if (bySpeaker) {
    const at = group.findIndex(({ pos }) => pos === "AUX" || pos === "VERB");
    const word = words[at];
    if (word && word in TO_THIRD) words[at] = TO_THIRD[word] ?? word;
    else if (
      word &&
      group[at]?.pos === "VERB" &&
      word === group[at]?.lemma &&
      !/^(quit|split|cost|put|cut|hit|let|set|shut)$/.test(word)
    )
      words[at] = thirdPerson(word);
  }
  return words.join(" ");
}

/** Words of the first and second person in the third, and times as they stay true. */
export function inThird(words: Token[], { speaker, hearer, before }: Names, dates: Dated[], ofSpeaker = false): string {
  const said = words.map(
    (token): Token => ({ ...token, text: replaced(token, { speaker, hearer, before }, dates, ofSpeaker) }),
  );
  return textOf(said.filter(({ text }) => text !== ""))
    .replace(/\s+([,.])/g, "$1")
    .trim();
}

function replaced(
  { text, lower }: Token,
  { speaker, hearer, before }: Names,
  dates: Dated[],
  ofSpeaker: boolean,
): string {
  const dated = PLACEHOLDER.exec(lower)?.[1];
  if (dated !== undefined) return dates[Number(dated)]?.words ?? "";
  if (ABOUT_SPEAKER.has(lower)) return speaker;
  if (lower === "me" || lower === "us") return speaker;
  if (lower === "my" || lower === "our") return ofSpeaker ? "their" : `${speaker}'s`;
  if (lower === "mine" || lower === "ours") return `${speaker}'s`;
  if (lower === "myself" || lower === "ourselves") return "themself";
  if (lower === "you") return hearer;
  if (lower === "your") return `${hearer}'s`;
  if (before && (lower === "he" || lower === "she" || lower === "him")) return before;
  return text;
}
