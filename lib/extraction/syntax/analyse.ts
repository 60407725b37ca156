import { readFileSync } from "node:fs";
import { numberCoarseTags } from "#lib/extraction/syntax/coarse.ts";
import { openModel, type SyntaxModel } from "#lib/extraction/syntax/model.ts";
import { parseSentence } from "#lib/extraction/syntax/parser.ts";
import { repairTree } from "#lib/extraction/syntax/repair/repair.ts";
import { tagWords } from "#lib/extraction/syntax/tagger.ts";
import type { Token } from "#lib/extraction/syntax/token.ts";
import { splitSentences, tokenizeText } from "#lib/extraction/syntax/tokenize.ts";
import { describeWord } from "#lib/extraction/syntax/words.ts";

/** A token of a text, with where it stands there. */
export interface PlacedToken extends Token {
  start: number;
  end: number;
}

/** Analyses a text sentence by sentence. Heads are places in their own sentence. */
export function analyseText(text: string): PlacedToken[][] {
  return splitSentences(text, tokenizeText(text)).map((pieces) => {
    const tokens = analyseSentence(pieces.map((piece) => piece.text));
    return pieces.flatMap(({ start, end }, index) => {
      const token = tokens[index];
      return token ? [{ ...token, start, end }] : [];
    });
  });
}

/** What was analysed last: a message is looked at by several readers, and so is the one before it. */
const RECENT = new Map<string, readonly Token[]>();
const MOST_RECENT = 300;

/** Finds each word's part of speech, its head and its relation to it. @param words as the treebank parts them: "do", "n't". */
export function analyseSentence(words: readonly string[]): readonly Token[] {
  const key = words.join("\0");
  const known = RECENT.get(key);
  if (known) return known;
  const tokens = analyseAnew(words);
  if (RECENT.size >= MOST_RECENT) RECENT.delete(RECENT.keys().next().value ?? "");
  RECENT.set(key, tokens);
  return tokens;
}

function analyseAnew(words: readonly string[]): readonly Token[] {
  const tokens = parseWords(words);
  const joint = findTornPhrase(tokens);
  if (joint < 0) return repairTree(tokens);
  const [first, second] = [analyseSentence(words.slice(0, joint)), analyseSentence(words.slice(joint + 1))];
  return joinClauses(first, tokens[joint], second);
}

/** Words that a noun phrase begins with or consists of; and those that begin another one behind an "and". */
const OF_NOUN = /^(?:det|case|amod|compound|nummod|nmod|nmod:unmarked|punct)$/;
const BEGINS_CLAUSE =
  /^(?:i|he|she|it|we|they|you|the|my|our|his|her|their|your|this|that|these|those|there|nobody|everybody|everything|nothing)$/i;

/**
 * The "and" of "I have an iPhone 15 and the good news is that it works" where the parser ties a word before it to a noun behind it:
 * no phrase goes on behind a word that begins another. -1 where nothing is torn.
 */
function findTornPhrase(tokens: readonly Token[]): number {
  return tokens.findIndex(
    ({ text }, at) =>
      /^(?:and|but)$/i.test(text) &&
      at >= 3 &&
      tokens.length - at > 3 &&
      BEGINS_CLAUSE.test(tokens[at + 1]?.text ?? "") &&
      tokens.slice(at + 2).some(({ xpos }) => /^(?:VB[DPZ]|MD)$/.test(xpos)) &&
      tokens.slice(0, at).some(({ head, relation, upos }) => head > at && upos !== "PUNCT" && OF_NOUN.test(relation)),
  );
}

/** Two clauses that were analysed by themselves, as one sentence. */
function joinClauses(first: readonly Token[], joint: Token | undefined, second: readonly Token[]): readonly Token[] {
  const begin = first.length + 1;
  const [root, other] = [first, second].map((clause) => clause.findIndex(({ head }) => head < 0));
  const moved = second.map((token) =>
    token.head < 0 ? { ...token, head: root ?? 0, relation: "conj" } : { ...token, head: token.head + begin },
  );
  const and = { text: "and", upos: "CCONJ", xpos: "CC", ...joint, head: begin + (other ?? 0), relation: "cc" };
  return [...first, and, ...moved];
}

function parseWords(words: readonly string[]): Token[] {
  const { model, coarse } = loadEnglish();
  // The treebank's sentences end with a stop, and one without is parsed worse: it is lent one.
  const lent = words.length >= FEWEST_TO_END && /[\p{L}\p{N}]$/u.test(words.at(-1) ?? "") ? [...words, "."] : words;
  const forms = lent.map((word) => describeWord(ODD_NAME.test(word) ? PLAIN_NAME : word));
  const tags = tagWords(forms, model.tagger, model.tags.length);
  const sentence = { words: forms, tags, coarse: tags.map((tag) => coarse[tag] ?? 0) };
  const state = parseSentence(sentence, model.parser, 1 + 2 * model.relations.length);
  return words.map((text, index) => {
    const [upos = "", xpos = ""] = (model.tags[tags[index] ?? 0] ?? "").split("|");
    const relation = model.relations[state.relations[index + 1] ?? 0] ?? "";
    return { text, upos, xpos, head: (state.heads[index + 1] ?? 0) - 1, relation };
  });
}

/** Fewer words are a heading or a name, and no sentence. */
const FEWEST_TO_END = 4;

/** Names with signs in them are in no treebank; they are analysed as any other name would be. */
const ODD_NAME = /^(?:\p{L}(?:\+\+|#)|\p{Ll}{1,2}\p{Lu}\p{L}+|\p{L}[\p{L}\p{N}]*\.(?:js|net|io|com|ai|co|py|rs))$/u;
const PLAIN_NAME = "Java";

let english: { model: SyntaxModel; coarse: Int32Array } | undefined;

function loadEnglish() {
  if (!english) {
    const model = openModel(readFileSync(new URL("./english.bin", import.meta.url)));
    english = { model, coarse: numberCoarseTags(model.tags) };
  }
  return english;
}
