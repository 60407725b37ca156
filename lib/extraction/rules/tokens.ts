import model from "wink-eng-lite-web-model";
import winkNLP from "wink-nlp";
import { isFirstName } from "#lib/extraction/rules/first-names.ts";
import { kindOf } from "#lib/extraction/rules/nouns.ts";
import { isPastForm, isVerbForm } from "#lib/extraction/rules/verbs.ts";

/** A word with its part of speech (Universal Dependencies' tags) and its dictionary form. */
export interface Token {
  text: string;
  lower: string;
  pos: string;
  lemma: string;
}

const nlp = winkNLP(model, ["pos"]);
const { its } = nlp;

/** Longer sentences are lists or pastes; they are read up to here. */
const LONGEST = 120;

/**
 * No word is this long, and the tokenizer's work grows with the cube of an unbroken run: ten thousand times `//:` kept it
 * busy for 80 s. What is longer is read up to here.
 */
export const LONGEST_RUN = 300;

const TOO_LONG = new RegExp(`(\\S{${LONGEST_RUN}})\\S+`, "g");

/** The sentences of a text, each as tagged words. A semicolon, a colon and a line's end separate as a full stop does. */
export function sentencesOf(text: string): Token[][] {
  return text
    .replaceAll(TOO_LONG, "$1")
    .split(/\n+|;\s|(?<=\p{L})\s*:\s/u)
    .filter((part) => part.trim() !== "")
    .flatMap((part) => tagged(part));
}

function tagged(sentence: string): Token[][] {
  const tokens: Token[] = [];
  const all = nlp.readDoc(sentence).tokens();
  const [texts, tags] = [all.out(), all.out(its.pos)];
  // The library's own type of this function is not the one it calls it with.
  const lemmas: string[] = Reflect.apply(all.out, all, [its.lemma]);
  for (const [index, text] of texts.slice(0, LONGEST).entries()) {
    tokens.push({ text, lower: text.toLowerCase(), pos: tags[index] ?? "X", lemma: lemmas[index] ?? text });
  }
  return tokens.length > 0 ? [repaired(hyphenated(tokens))] : [];
}

/** "father-in-law" is one word. */
function hyphenated(tokens: Token[]): Token[] {
  const result: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    const last = result.at(-1);
    const [hyphen, after] = [tokens[index + 1], tokens[index + 3]];
    if (
      last &&
      token.lower === "in" &&
      tokens[index - 1]?.text === "-" &&
      hyphen?.text === "-" &&
      /^laws?$/.test(tokens[index + 2]?.lower ?? "")
    ) {
      result.pop();
      const kin = result.pop();
      const text = `${kin?.text ?? ""}-in-law`;
      result.push({ text, lower: text.toLowerCase(), pos: "NOUN", lemma: text.toLowerCase() });
    } else if (
      !(token.text === "-" && result.at(-1)?.lower.endsWith("-in-law")) &&
      !(/^laws?$/.test(token.lower) && result.at(-1)?.lower.endsWith("-in-law") && after !== token)
    ) {
      result.push(token);
    }
  }
  return result;
}

/** Names that a tagger trained on prose takes for something else, and the other way round. */
const NOT_NAMES = new Set([
  "i",
  "ok",
  "okay",
  "omg",
  "lol",
  "hi",
  "hey",
  "hello",
  "thanks",
  "yes",
  "no",
  "mr",
  "mrs",
  "good",
  "wow",
]);
const MONTHS_AND_DAYS =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|(mon|tues|wednes|thurs|fri|satur|sun)days?)$/;
const ADVERBS = new Set([
  "no longer",
  "not",
  "never",
  "also",
  "just",
  "always",
  "usually",
  "still",
  "only",
  "really",
  "now",
]);

/** Mends what the tagger gets wrong in chats: verbs taken for nouns, and words that only stand first taken for names. */
function repaired(tokens: Token[]): Token[] {
  const result = tokens.map((token) => ({ ...token }));
  for (const [index, token] of result.entries()) {
    const { before, after } = { before: result[index - 1], after: result[index + 1] };
    if (NOT_NAMES.has(token.lower) && token.pos === "PROPN") token.pos = token.lower === "i" ? "PRON" : "INTJ";
    if (token.pos === "PROPN" && standsFirst(result, index) && !mayBeName(result, index))
      token.pos = isVerbForm(token.lower) && !/ing$/.test(token.lower) ? "VERB" : "NOUN";
    if (MONTHS_AND_DAYS.test(token.lower) && token.lower !== "may") token.pos = "PROPN";
    if (token.pos === "PROPN" && token.text === token.lower && !/\d/.test(token.text))
      token.pos = isVerbForm(token.lower) ? "VERB" : "NOUN";
    if (
      token.pos === "PROPN" &&
      kindOf(token.lower) === "person" &&
      (before?.pos === "PRON" || before?.pos === "DET" || token.text === token.lower)
    )
      token.pos = "NOUN";
    if (token.pos === "VERB" && /s$/.test(token.lower) && before?.pos === "VERB" && /ing$/.test(before.lower))
      token.pos = "NOUN";
    if (ADVERBS.has(token.lower)) token.pos = token.lower === "not" ? "PART" : "ADV";
    if (mayBeVerb(token) && startsPredicate(result, index, before, after)) token.pos = "VERB";
    if (token.pos === "ADJ" && /^(youngest|eldest|oldest|mobile|cell)$/.test(token.lower) && after?.pos !== "NOUN")
      token.pos = "NOUN";
    const standsInNoun =
      before &&
      /^(NOUN|ADJ)$/.test(before.pos) &&
      !/s$/.test(before.lower) &&
      /^(DET|PRON)$/.test(result[index - 2]?.pos ?? "");
    if (token.pos === "VERB" && token.lower === token.lemma && standsInNoun && !isPastForm(token.lower))
      token.pos = "NOUN";
    if (token.pos === "VERB" && !isVerbForm(token.lower) && (before?.pos === "DET" || before?.pos === "ADJ"))
      token.pos = "NOUN";
    if (token.lower === "'s" && before) token.pos = "PART";
  }
  return result;
}

function standsFirst(tokens: Token[], index: number): boolean {
  return tokens.slice(0, index).every(({ pos }) => pos === "PUNCT" || pos === "INTJ" || pos === "SYM");
}

/** A capital at the beginning says nothing: there a name is a name when it is one elsewhere, or more than a word. */
function mayBeName(tokens: Token[], index: number): boolean {
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (!token) return false;
  if (isFirstName(token.lower) || kindOf(token.lower) === "person" || /\d|.[A-Z]|\.$/.test(token.text)) return true;
  if (next?.pos === "PROPN" && next.text !== next.lower) return true;
  if (tokens.some((other, at) => at > index && other.text === token.text)) return true;
  return (
    next?.text === "," ||
    next?.lower === "'s" ||
    (next?.lower === "and" && /^(PROPN|PRON)$/.test(tokens[index + 2]?.pos ?? ""))
  );
}

function mayBeVerb({ pos, lower, text }: Token): boolean {
  return (pos === "NOUN" || pos === "ADJ" || pos === "PROPN") && text === lower && isVerbForm(lower);
}

const SUBJECTS = new Set(["i", "we", "you", "he", "she", "they", "it", "who"]);

/** After a subject, or after "and", and before something that a verb may have: then it is the verb. */
function startsPredicate(tokens: Token[], index: number, before?: Token, after?: Token): boolean {
  if (!before) return after !== undefined && isPastForm(tokens[index]?.lower ?? "") && mayFollow(after);
  const skip = before.pos === "ADV" || before.lower === "not";
  const subject = skip ? tokens[index - 2] : before;
  if (!subject) return false;
  if (SUBJECTS.has(subject.lower)) return true;
  if (
    before.lower === "to" ||
    (before.pos === "AUX" && /^(do|does|did|can|could|will|would|should|must)$/.test(before.lower))
  )
    return true;
  const verbBefore = tokens.slice(0, index).some(({ pos }) => pos === "VERB" || pos === "AUX");
  const named = subject.pos === "PROPN" || (subject.pos === "NOUN" && !skip) || subject.text === ",";
  const many = kindOf(subject.lower) === "person" && /s$/.test(subject.lower);
  const finite = many || /s$/.test(tokens[index]?.lower ?? "") || isPastForm(tokens[index]?.lower ?? "");
  if (named && !verbBefore && finite) return after === undefined || mayFollow(after);
  return (
    (subject.pos === "CCONJ" || subject.text === ",") &&
    verbBefore &&
    after !== undefined &&
    after.text !== "." &&
    after.text !== "," &&
    mayFollow(after)
  );
}

function mayFollow({ pos, text, lower }: Token): boolean {
  return (
    (pos === "VERB" && /ing$/.test(lower)) ||
    /^(DET|PRON|ADP|NUM|ADV|PROPN|NOUN|ADJ|PART)$/.test(pos) ||
    text === "," ||
    text === "."
  );
}
