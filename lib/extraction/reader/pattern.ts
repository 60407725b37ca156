import { listBases } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isInTime,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { OCCUPATIONS } from "#lib/extraction/reader/slots/lists.ts";
import { OBJECT_KINDS, type ObjectKind } from "#lib/relations/relation.ts";

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
  /** The predicate's own word is the object: "divorced". */
  isItself: boolean;
  /** A verb with a preposition may have an object of its own besides: "study law at Ghent". */
  mayHaveOther: boolean;
  /** What the object is, where that is not what it is elsewhere in the row: "attend {object:school}". */
  kind: ObjectKind | null;
  /** The noun that the object stands before, where it is no phrase of its own: "have {object} allergy". */
  bearer: ReadonlySet<string> | null;
}

/** Where a pattern was found. */
export interface Match {
  /** The word that stands for the object, where the pattern has one. */
  object: number | null;
  /** Whom the predicate is said of, where that is not its subject: "me" of "they fired me". */
  subject?: number;
}

const OBJECT = "{object}";
const OTHER = "*";
const KIND = /\{object:(\w+)\}/;
const ITSELF = /^\{(?!object)(.+)\}$/;
const ARTICLE = /^(?:an?|the)$/;
const PREPOSITION = /^(?:at|for|in|on|with|by|to|from|of|about|into|near|outside|as|off)$/;

/** Takes a pattern of the vocabulary apart. @throws Error for one that names no word. */
export function parsePattern(pattern: string): Pattern {
  const itself = ITSELF.exec(pattern)?.[1];
  const isItself = itself !== undefined;
  const kind = KIND.exec(pattern)?.[1];
  const words = (itself ?? pattern.replace(KIND, OBJECT))
    .split(" ")
    .filter((word) => !ARTICLE.test(word) && word !== OTHER);
  const hasObject = isItself || words.includes(OBJECT);
  const bearer = words[words.indexOf(OBJECT) + 1];
  if (words.includes(OBJECT)) words.length = words.indexOf(OBJECT);
  const copular = words[0] === "be";
  if (copular) words.shift();
  const last = words.at(-1) ?? "";
  const isMarked =
    hasObject && !isItself && (copular || words.length > 1) && last.split("|").every((word) => PREPOSITION.test(word));
  if (isMarked) words.pop();
  const [head, ...along] = words.map((word) => new Set(word.split("|")));
  if (!head && !hasObject) throw new Error(`The pattern "${pattern}" names no word.`);
  return {
    copular,
    heads: head ?? new Set(),
    along,
    markers: isMarked ? new Set(last.split("|")) : null,
    hasObject,
    isItself,
    kind: OBJECT_KINDS.find((known) => known === kind) ?? null,
    mayHaveOther: pattern.split(" ").includes(OTHER),
    bearer: hasObject && !isItself && bearer ? new Set(bearer.split("|")) : null,
  };
}

/** Looks whether a word of a sentence is the predicate of a pattern. @returns null where it is not. */
export function matchPattern(sentence: Sentence, at: number, pattern: Pattern): Match | null {
  const match = matchPredicate(sentence, at, pattern);
  if (!match || !pattern.bearer) return match;
  if (match.object === null) return null;
  if (!isForm(sentence, match.object, pattern.bearer)) return null;
  const before = listDependents(sentence, match.object, /^(?:compound|amod|obl|nmod)/).filter(
    (place) => place < (match.object ?? 0),
  );
  return before.length > 0 ? { ...match, object: before.at(-1) ?? null } : null;
}

function matchPredicate(sentence: Sentence, at: number, pattern: Pattern): Match | null {
  const helpers = listHelpers(sentence, at);
  if (helpers.some((place) => isForm(sentence, place, GET))) return matchGetPassive(sentence, at, pattern);
  if (helpers.length > 0 !== pattern.copular) {
    if (!pattern.copular) return null;
    const done = pattern.heads.size > 0 ? findDoneTo(sentence, at) : undefined;
    const match = done !== undefined || isClipped(sentence, at) ? matchWords(sentence, at, pattern) : null;
    if (!match || done === undefined) return match;
    const agent = pattern.markers?.has("by") ? (findDependent(sentence, at, /^nsubj/) ?? null) : null;
    return { object: match.object ?? agent, subject: done };
  }
  // "My doctor switched me to insulin": whoever does it takes none.
  if (pattern.hasObject && pattern.markers && findDoneTo(sentence, at) !== undefined) return null;
  return matchWords(sentence, at, pattern);
}

/** The copula of a predicate; "I'm vegetarian and allergic to nuts" says it once for both. */
function listHelpers(sentence: Sentence, at: number): number[] {
  const own = listDependents(sentence, at, /^(?:cop|aux:pass)$/);
  const { upos, head = -1, relation } = sentence.tokens[at] ?? {};
  const isJoined = own.length === 0 && relation === "conj" && upos === "ADJ" && sentence.tokens[head]?.upos === "ADJ";
  const isAlone = isJoined && listDependents(sentence, at, /^(?:nsubj|aux)/).length === 0;
  return isAlone ? listDependents(sentence, head, /^cop$/) : own;
}

/** "They fired me", "the doctor put us on insulin": what the speaker was, said of those who did it. */
function findDoneTo(sentence: Sentence, at: number): number | undefined {
  if (!/^(?:VBD|VBN|VBG)$/.test(sentence.tokens[at]?.xpos ?? "") && getWord(sentence, at) !== "let") return undefined;
  const subject = findDependent(sentence, at, /^nsubj/);
  if (subject === undefined || /^(?:nobody|no|none|neither)$/.test(getWord(sentence, subject))) return undefined;
  return listDependents(sentence, at, /^i?obj$/).find((place) => isMe(sentence, place));
}

function isMe(sentence: Sentence, at: number): boolean {
  return /^(?:me|us)$/.test(getWord(sentence, at));
}

function matchWords(sentence: Sentence, at: number, pattern: Pattern): Match | null {
  if (pattern.heads.size === 0) return matchNominal(sentence, at, pattern);
  if (!isForm(sentence, at, pattern.heads)) return null;
  if (!pattern.copular && !/^(?:VERB|AUX)$/.test(sentence.tokens[at]?.upos ?? "")) return null;
  if (pattern.isItself) return findDoneTo(sentence, at) === undefined ? { object: at } : null;
  const along = findAlong(sentence, at, pattern);
  // "Left Lou off the list": a verb with a particle is another verb.
  const isOther = pattern.hasObject && along?.length === 0 && !isMoving(pattern) && hasParticle(sentence, at);
  if (!along || isOther) return null;
  if (!pattern.hasObject) return isBare(sentence, at, pattern) ? { object: null } : null;
  const object = pattern.markers ? findMarked(sentence, [at, ...along], pattern) : findDirect(sentence, at);
  const hasOther = listDependents(sentence, at, /^obj$/).some(
    (place) => place !== object && !isPronounObject(sentence, place, pattern.copular),
  );
  if (object === null || (pattern.markers && along.length === 0 && !pattern.mayHaveOther && hasOther)) return null;
  return { object: object ?? null };
}

/** With these a particle says only which way: "moved back to Rome". */
function isMoving({ heads, copular }: Pattern): boolean {
  return copular || ["move", "relocate", "come", "go", "switch", "get"].some((head) => heads.has(head));
}

function hasParticle(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^(?:compound:prt|advmod)$/).some(
    (place) => sentence.tokens[place]?.xpos === "RP" || /^(?:off|behind|alone|out)$/.test(getWord(sentence, place)),
  );
}

/** The object of a verb; null where something is said of it, as in "I found it boring". */
function findDirect(sentence: Sentence, at: number): number | undefined | null {
  const [object, other] = listDependents(sentence, at, /^(?:obj|xcomp)$/).filter((place) => !isMe(sentence, place));
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
  return object ?? (next && /^(?:ADJ|VERB|NUM)$/.test(next.upos) && next.xpos !== "VBG" ? at + 1 : undefined);
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
  return { object: (markers && findMarked(sentence, [at], { markers, mayHaveOther: false })) ?? null };
}

/** "Allergic to cats", "born in Porto": without a subject and its "am", as short messages are written. */
function isClipped(sentence: Sentence, at: number): boolean {
  const { upos = "", relation = "" } = sentence.tokens[at] ?? {};
  return (
    relation === "root" &&
    /^(?:ADJ|VERB)$/.test(upos) &&
    findDependent(sentence, at, /^(?:nsubj|aux|cop)/) === undefined &&
    !/^(?:PROPN|NOUN)$/.test(sentence.tokens[at + 1]?.upos ?? "") &&
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
  if (fits || !markers?.has("from")) return fits ? { object: at } : null;
  const from = cases.length === 0 ? findOriginOfSomebody(sentence, at) : undefined;
  return from === undefined ? null : { object: from };
}

/** "I'm a librarian from Lyon": where somebody is from is told of what they are. */
function findOriginOfSomebody(sentence: Sentence, at: number): number | undefined {
  const article = getWord(sentence, listDependents(sentence, at, /^det$/)[0] ?? -1);
  const isSomebody =
    /^(?:an?)$/.test(article) && (OCCUPATIONS.has(getWord(sentence, at)) || SOMEBODY.test(getWord(sentence, at)));
  if (!isSomebody) return undefined;
  return listDependents(sentence, at, /^nmod/).find((place) => isMarkedBy(sentence, place, FROM));
}

const SOMEBODY =
  /^(?:man|woman|guy|girl|boy|lad|lass|mum|mom|dad|mother|father|person|grandmother|grandfather|pensioner)$/;
const FROM: ReadonlySet<string> = new Set(["from"]);

/** A verb said without its object: "I smoke", not "I smoked a ham". */
function isBare(sentence: Sentence, at: number, { along }: Pattern): boolean {
  return along.length > 0 || listDependents(sentence, at, /^(?:obj|xcomp|ccomp)$/).length === 0;
}

/** The words that a pattern asks for besides its head, by a predicate or right behind one another; null where one is missing. */
export function findAlong(sentence: Sentence, at: number, { along }: Pick<Pattern, "along">): number[] | null {
  const found: number[] = [];
  for (const words of along) {
    const near = [...listDependents(sentence, at), (found.at(-1) ?? at) + 1];
    const place = near.find((one) => getRelation(sentence, one) !== "nsubj" && isForm(sentence, one, words));
    if (place === undefined) return null;
    found.push(place);
  }
  return found;
}

/** "Which" of a question or a relative clause, and "me" of what was done to the speaker. */
function isPronounObject(sentence: Sentence, at: number, isDoneTo: boolean): boolean {
  return /^W/.test(sentence.tokens[at]?.xpos ?? "") || (isDoneTo && isMe(sentence, at));
}

/**
 * Behind which word a phrase stands: those of a companion or a role, "with my brother in Kiel", hold others' places too, and
 * so does what somebody had before, "from the iPhone to a Fairphone".
 */
function findMarked(
  sentence: Sentence,
  holders: number[],
  { markers, mayHaveOther }: { markers: ReadonlySet<string> | null; mayHaveOther: boolean },
): number | undefined {
  if (!markers) return undefined;
  const direct = holders.flatMap((holder) =>
    listDependents(sentence, holder, /^(?:obl|nmod|advmod|xcomp|obj|advcl|conj)/),
  );
  const found = direct.find((place) => isMarkedBy(sentence, place, markers));
  if (found !== undefined) return found;
  const through = direct.filter(
    (place) => isMarkedBy(sentence, place, THROUGH) || (mayHaveOther && getRelation(sentence, place) === "obj"),
  );
  return (
    through
      .flatMap((place) => listDependents(sentence, place, /^(?:nmod|obl)/))
      .find((place) => isMarkedBy(sentence, place, markers)) ?? findBehindParticle(sentence, holders, markers)
  );
}

/** "Took me off ramipril", "came off it", where the parser makes the preposition a part of the verb. */
function findBehindParticle(sentence: Sentence, holders: number[], markers: ReadonlySet<string>): number | undefined {
  const particle = holders
    .flatMap((holder) => listDependents(sentence, holder, /^(?:compound:prt|advmod)$/))
    .find((place) => markers.has(getWord(sentence, place)));
  return particle === undefined
    ? undefined
    : listDependents(sentence, sentence.tokens[particle]?.head ?? -1, /^(?:obj|xcomp)$/).find(
        (place) => place > particle && (getRelation(sentence, place) === "obj" || place === particle + 1),
      );
}

const THROUGH: ReadonlySet<string> = new Set(["with", "as", "from"]);

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
