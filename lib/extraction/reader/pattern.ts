import { listBases } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isInTime,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";

/** A pattern of the vocabulary, taken apart: "be a fan of {object}", "move to {object}", "lose job". */
export interface Pattern {
  /** It is said with "be": of an adjective, a participle or a noun; without a head, of the object itself. */
  copular: boolean;
  heads: ReadonlySet<string>;
  /** Words that must come along, each with what does equally. */
  along: readonly ReadonlySet<string>[];
  /** The prepositions that the object may stand behind; none where it is the direct object. */
  markers: ReadonlySet<string> | null;
  hasObject: boolean;
  /** A verb with a preposition may have an object of its own besides: "study law at Ghent". */
  mayHaveOther: boolean;
  /** The noun that the object stands before, where it is no phrase of its own: "have {object} allergy". */
  bearer: ReadonlySet<string> | null;
}

/** Where a pattern was found. */
export interface Match {
  /** The word that stands for the object, where the pattern has one. */
  object: number | null;
}

const OBJECT = "{object}";
const OTHER = "*";
const ARTICLE = /^(?:an?|the)$/;
const PREPOSITION = /^(?:at|for|in|on|with|by|to|from|of|about|into|near|outside|as|off)$/;

/** Takes a pattern of the vocabulary apart. @throws Error for one that names no word. */
export function parsePattern(pattern: string): Pattern {
  const words = pattern.split(" ").filter((word) => !ARTICLE.test(word) && word !== OTHER);
  const hasObject = words.includes(OBJECT);
  const bearer = words[words.indexOf(OBJECT) + 1];
  if (hasObject) words.length = words.indexOf(OBJECT);
  const copular = words[0] === "be";
  if (copular) words.shift();
  const last = words.at(-1) ?? "";
  const isMarked =
    hasObject && (copular || words.length > 1) && last.split("|").every((word) => PREPOSITION.test(word));
  if (isMarked) words.pop();
  const [head, ...along] = words.map((word) => new Set(word.split("|")));
  if (!head && !hasObject) throw new Error(`The pattern "${pattern}" names no word.`);
  return {
    copular,
    heads: head ?? new Set(),
    along,
    markers: isMarked ? new Set(last.split("|")) : null,
    hasObject,
    mayHaveOther: pattern.split(" ").includes(OTHER),
    bearer: hasObject && bearer ? new Set(bearer.split("|")) : null,
  };
}

/** Looks whether a word of a sentence is the predicate of a pattern. @returns null where it is not. */
export function matchPattern(sentence: Sentence, at: number, pattern: Pattern): Match | null {
  const match = matchPredicate(sentence, at, pattern);
  if (!match || !pattern.bearer || match.object === null) return match;
  if (!isForm(sentence, match.object, pattern.bearer)) return null;
  const before = listDependents(sentence, match.object, /^(?:compound|amod|obl|nmod)/).filter(
    (place) => place < (match.object ?? 0),
  );
  return before.length > 0 ? { object: before.at(-1) ?? null } : null;
}

function matchPredicate(sentence: Sentence, at: number, pattern: Pattern): Match | null {
  const helpers = listDependents(sentence, at, /^(?:cop|aux:pass)$/);
  if (helpers.some((place) => isForm(sentence, place, GET))) return matchGetPassive(sentence, at, pattern);
  if (helpers.length > 0 !== pattern.copular && !(pattern.copular && isClipped(sentence, at))) return null;
  if (pattern.heads.size === 0) return matchNominal(sentence, at, pattern);
  if (!isForm(sentence, at, pattern.heads)) return null;
  if (!pattern.copular && !/^(?:VERB|AUX)$/.test(sentence.tokens[at]?.upos ?? "")) return null;
  const along = pattern.along.map((words) => findAlong(sentence, at, words));
  if (along.includes(undefined)) return null;
  if (!pattern.hasObject) return isBare(sentence, at, pattern) ? { object: null } : null;
  if (
    pattern.markers &&
    along.length === 0 &&
    !pattern.mayHaveOther &&
    listDependents(sentence, at, /^obj$/).some((place) => !/^W/.test(sentence.tokens[place]?.xpos ?? ""))
  )
    return null;
  const holders = [at, ...along.filter((place) => place !== undefined)];
  const object = pattern.markers ? findMarked(sentence, holders, pattern.markers) : findDirect(sentence, at);
  return object === null ? null : { object: object ?? null };
}

/** The object of a verb; null where something is said of it, as in "I found it boring". */
function findDirect(sentence: Sentence, at: number): number | undefined | null {
  const [object, other] = listDependents(sentence, at, /^(?:obj|xcomp)$/);
  if (other !== undefined && getRelation(sentence, other) === "xcomp") return null;
  const next = sentence.tokens[at + 1];
  const stray = listDependents(sentence, at, /^(?:obl|advmod)$/).find(
    (place) =>
      place > at &&
      place <= at + 3 &&
      (getRelation(sentence, place) === "obl" || sentence.tokens[place]?.upos === "PROPN") &&
      findDependent(sentence, place, /^(?:case|mark)$/) === undefined &&
      !isInTime(sentence, place),
  );
  if (object === undefined && stray !== undefined) return stray;
  return object ?? (next && /^(?:ADJ|VERB)$/.test(next.upos) && next.xpos !== "VBG" ? at + 1 : undefined);
}

const GET: ReadonlySet<string> = new Set(["get"]);

/** "We got married": the parser makes "got" a helper of what happened. */
function matchGetPassive(
  sentence: Sentence,
  at: number,
  { copular, heads, along, markers, hasObject }: Pattern,
): Match | null {
  if (copular || !heads.has("get")) return null;
  const [participle] = along;
  if (!participle) return hasObject && !markers ? { object: at } : null;
  if (!isForm(sentence, at, participle)) return null;
  return { object: (markers && findMarked(sentence, [at], markers)) ?? null };
}

/** "Allergic to cats", "born in Porto": without a subject and its "am", as short messages are written. */
function isClipped(sentence: Sentence, at: number): boolean {
  const { upos = "", relation = "" } = sentence.tokens[at] ?? {};
  return (
    relation === "root" &&
    /^(?:ADJ|VERB)$/.test(upos) &&
    findDependent(sentence, at, /^(?:nsubj|aux|cop)/) === undefined &&
    sentence.tokens.slice(0, at).every((token) => /^(?:ADV|INTJ|PUNCT|CCONJ)$/.test(token.upos))
  );
}

function isForm(sentence: Sentence, at: number, bases: ReadonlySet<string>): boolean {
  return listBases(getWord(sentence, at)).some((base) => bases.has(base));
}

/** "be {object}" and "be from {object}": the object is what the copula is said of. */
function matchNominal(sentence: Sentence, at: number, { markers }: Pattern): Match | null {
  const cases = listDependents(sentence, at, /^case$/)
    .filter((place) => place < at)
    .map((place) => getWord(sentence, place));
  const fits = markers ? cases.some((word) => markers.has(word)) : cases.length === 0;
  return fits ? { object: at } : null;
}

/** A verb said without its object: "I smoke", not "I smoked a ham". */
function isBare(sentence: Sentence, at: number, { along }: Pattern): boolean {
  return along.length > 0 || listDependents(sentence, at, /^(?:obj|xcomp|ccomp)$/).length === 0;
}

function findAlong(sentence: Sentence, at: number, words: ReadonlySet<string>): number | undefined {
  const near = [...listDependents(sentence, at), ...(sentence.tokens[at + 1] ? [at + 1] : [])];
  return near.find((place) => getRelation(sentence, place) !== "nsubj" && isForm(sentence, place, words));
}

/** Behind which word a phrase stands: those of a companion or a role, "with my brother in Kiel", hold others' places too. */
function findMarked(sentence: Sentence, holders: number[], markers: ReadonlySet<string>): number | undefined {
  const direct = holders.flatMap((holder) =>
    listDependents(sentence, holder, /^(?:obl|nmod|advmod|xcomp|obj|advcl|conj)/),
  );
  const found = direct.find((place) => isMarkedBy(sentence, place, markers));
  if (found !== undefined) return found;
  const through = direct.filter((place) => isMarkedBy(sentence, place, THROUGH));
  return through
    .flatMap((place) => listDependents(sentence, place, /^(?:nmod|obl)/))
    .find((place) => isMarkedBy(sentence, place, markers));
}

const THROUGH: ReadonlySet<string> = new Set(["with", "as"]);

function isMarkedBy(sentence: Sentence, at: number, markers: ReadonlySet<string>): boolean {
  // The parser may hang the preposition of a name of several words on any of them.
  const holders = [
    at,
    ...listDependents(sentence, at, /^(?:compound|amod|flat|nmod:unmarked)/).filter((place) => place < at),
  ];
  return holders
    .flatMap((holder) => listDependents(sentence, holder, /^(?:case|mark)$/))
    .some((place) => place < at && markers.has(getWord(sentence, place)));
}
