import { PLACEHOLDER } from "#lib/extraction/rules/dates.ts";
import type { Token } from "#lib/extraction/rules/tokens.ts";

/** A noun phrase: who or what a clause speaks of. */
export interface Phrase {
  start: number;
  end: number;
  words: Token[];
  /** Whose it is: the speaker's, of somebody named before, of a named owner, or nobody's in particular. */
  owner: "speaker" | "before" | "hearer" | { name: string } | null;
  /** The names in it, such as "Priya Raman". */
  proper: string | null;
  /** The common noun that it is about, with what goes with it: "golden retriever". */
  common: string | null;
  /** Two names for one: "our CEO, Priya Raman". */
  pronoun: string | null;
  /** Whose it is at one remove: "my sister's landline". */
  through: string | null;
}

const OWNERS: Record<string, Phrase["owner"]> = {
  my: "speaker",
  our: "speaker",
  his: "before",
  her: "before",
  their: "before",
  its: "before",
  your: "hearer",
};
const PRONOUNS = new Set([
  "i",
  "we",
  "me",
  "us",
  "he",
  "she",
  "him",
  "her",
  "they",
  "them",
  "it",
  "you",
  "this",
  "that",
  "these",
  "those",
  "myself",
  "everyone",
  "everything",
  "someone",
  "something",
  "nobody",
  "nothing",
  "anyone",
  "anything",
  "who",
  "what",
  "which",
  "one",
  "everybody",
  "somebody",
]);
const WITHIN = /^(ADJ|NUM|NOUN|PROPN|SYM|X)$/;

/** The noun phrase that begins at a word. @returns null where none does. */
export function phraseAt(tokens: Token[], start: number, limit = tokens.length): Phrase | null {
  const first = tokens[start];
  if (!first || start >= limit || PLACEHOLDER.test(first.lower)) return null;
  if (PRONOUNS.has(first.lower) && !isOwner(tokens, start)) return single(tokens, start, first.lower);
  let end = start;
  let seenNoun = false;
  while (end < limit) {
    const token = tokens[end];
    if (!token || PLACEHOLDER.test(token.lower)) break;
    const next = tokens[end + 1];
    const opens = end === start && (token.pos === "DET" || isOwner(tokens, end));
    const joins = token.lower === "'s" && seenNoun;
    const hyphen = token.text === "-" && next !== undefined && end > start;
    const inner =
      /^(VERB|ADV)$/.test(token.pos) &&
      end > start &&
      /ing$|ed$|^(very|more|most|too|so|really)$/.test(token.lower) &&
      next !== undefined &&
      /^(NOUN|PROPN|ADJ)$/.test(next.pos) &&
      !seenNoun;
    const of =
      token.lower === "of" &&
      seenNoun &&
      next !== undefined &&
      end + 1 < limit &&
      /^(DET|NOUN|PROPN|ADJ|NUM|PRON)$/.test(next.pos) &&
      !PRONOUNS.has(next.lower);
    const innerDet = token.pos === "DET" && /^(of|'s)$/.test(tokens[end - 1]?.lower ?? "") && seenNoun;
    const innerOwner = tokens[end - 1]?.lower === "of" && isOwner(tokens, end);
    const called = /^(called|named)$/.test(token.lower) && seenNoun && next?.pos === "PROPN";
    const compound = tokens[end - 1]?.text === "-" && /^(VERB|ADP|ADV)$/.test(token.pos);
    const the = token.lower === "the" && tokens[end - 1]?.pos === "PROPN" && next?.pos === "NOUN";
    if (
      !(
        opens ||
        joins ||
        hyphen ||
        inner ||
        of ||
        innerDet ||
        innerOwner ||
        called ||
        compound ||
        the ||
        WITHIN.test(token.pos)
      )
    )
      break;
    if (token.pos === "NOUN" || token.pos === "PROPN" || token.pos === "SYM" || token.pos === "NUM") seenNoun = true;
    end += 1;
  }
  if (!seenNoun) return null;
  return analysed(tokens, start, end);
}

function isOwner(tokens: Token[], index: number): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (!token || !(token.lower in OWNERS)) return false;
  return token.lower !== "her" || (next !== undefined && /^(NOUN|ADJ|PROPN|NUM|VERB)$/.test(next.pos));
}

function single(tokens: Token[], start: number, pronoun: string): Phrase {
  return {
    start,
    end: start + 1,
    words: tokens.slice(start, start + 1),
    owner: null,
    proper: null,
    common: null,
    pronoun,
    through: null,
  };
}

/** Of "my sister Anna" the owner, the common noun and the name; of "Anna's mother" the owner by name. */
function analysed(tokens: Token[], start: number, end: number): Phrase {
  const words = tokens.slice(start, end);
  const genitive = words.findIndex(({ lower }) => lower === "'s");
  const [first] = words;
  let owner = first ? (OWNERS[first.lower] ?? null) : null;
  let through: string | null = null;
  let body = words.slice(owner || first?.pos === "DET" ? 1 : 0);
  if (genitive > 0 && genitive < words.length - 1) {
    const named = words.slice(owner || first?.pos === "DET" ? 1 : 0, genitive);
    const isName = named.every(({ pos }) => pos === "PROPN");
    if (owner && named.every(({ pos }) => pos === "NOUN")) {
      through = textOf(named);
      body = words.slice(genitive + 1);
    }
    if (isName && !owner) {
      owner = { name: named.map(({ text }) => text).join(" ") };
      body = words.slice(genitive + 1);
    }
  }
  const names = trailingOrLeading(body);
  const rest = names
    ? body.filter((token) => !names.includes(token) && !/^(the|called|named)$/.test(token.lower))
    : body;
  return {
    start,
    end,
    words,
    owner,
    proper: names ? textOf(names) : null,
    common: rest.length > 0 ? textOf(rest) : null,
    pronoun: null,
    through,
  };
}

/** The names that stand at the end ("our neighbour Derek") or at the beginning ("Luna the cat"); a name inside belongs to its noun. */
function trailingOrLeading(body: Token[]): Token[] | null {
  const isName = (token: Token | undefined) => token?.pos === "PROPN";
  let from = body.length;
  while (
    isName(body[from - 1]) ||
    (from < body.length && (body[from - 1]?.pos === "NUM" || body[from - 1]?.lower === "of") && isName(body[from - 2]))
  )
    from -= 1;
  if (from < body.length) return body.slice(from);
  let until = 0;
  while (isName(body[until])) until += 1;
  return until > 0 && body[until]?.lower === "the" ? body.slice(0, until) : null;
}

export function textOf(words: Token[]): string {
  return words
    .map(({ text }) => text)
    .join(" ")
    .replace(/ (['’]s\b)/g, "$1")
    .replace(/ - /g, "-")
    .replace(/ ([.,!?;:%)])/g, "$1")
    .replace(/([$£€(]) /g, "$1");
}

/** Phrases that stand in a row: "Leo, Mia and Tom". */
export function phrasesFrom(tokens: Token[], start: number, limit: number): { phrases: Phrase[]; end: number } {
  const phrases: Phrase[] = [];
  let at = start;
  let end = start;
  let joined = false;
  for (;;) {
    const phrase = phraseAt(tokens, at, limit);
    if (!phrase) break;
    phrases.push(phrase);
    end = phrase.end;
    const next = tokens[end];
    const joint = next && (next.text === "," || /^(and|or|n|&)$/.test(next.lower)) && end < limit;
    if (!joint) break;
    joined ||= /^(and|or|n|&)$/.test(next.lower) || /^(and|or)$/.test(tokens[end + 1]?.lower ?? "");
    at = next.text === "," && /^(and|or)$/.test(tokens[end + 1]?.lower ?? "") ? end + 2 : end + 1;
  }
  // Without an "and" what follows a comma is no list: "at Brightwater, goodbye Norvane".
  const [first] = phrases;
  return joined || !first ? { phrases, end } : { phrases: [first], end: first.end };
}
