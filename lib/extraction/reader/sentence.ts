import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import type { PlacedToken } from "#lib/extraction/syntax/analyse.ts";
import { isChatWord } from "#lib/extraction/syntax/repair/nouns.ts";
import type { FoundTime } from "#lib/extraction/times/moment.ts";

/** A sentence with its tree and the times that it names; tokens are meant by their places. */
export interface Sentence {
  text: string;
  tokens: readonly PlacedToken[];
  times: readonly FoundTime[];
}

/** A word in lower case; "n't" however its apostrophe is written or left out. */
export function getWord({ tokens }: Sentence, at: number): string {
  return tokens[at]?.text.toLowerCase().replace(/^n['’]?t$/, "n't") ?? "";
}

export function getRelation({ tokens }: Sentence, at: number): string {
  return tokens[at]?.relation ?? "";
}

/** The dependents of a word, in their order; of these relations alone where some are given, subtypes included. */
export function listDependents({ tokens }: Sentence, head: number, relations?: RegExp): number[] {
  return tokens.flatMap((token, at) =>
    token.head === head && (!relations || relations.test(token.relation)) ? [at] : [],
  );
}

export function findDependent(sentence: Sentence, head: number, relations: RegExp): number | undefined {
  return listDependents(sentence, head, relations)[0];
}

/** Whether a word depends on another, over however many steps; a word depends on itself. */
export function isBelow({ tokens }: Sentence, at: number, root: number): boolean {
  for (let place = at, steps = 0; place >= 0 && steps <= tokens.length; steps += 1) {
    if (place === root) return true;
    place = tokens[place]?.head ?? -1;
  }
  return false;
}

/** Whether a word belongs to the clause of a predicate, and not to one that is joined to it or stands under it. */
export function isInClause(sentence: Sentence, at: number, predicate: number): boolean {
  for (let place = at, steps = 0; place >= 0 && steps <= sentence.tokens.length; steps += 1) {
    if (place === predicate) return true;
    const relation = getRelation(sentence, place);
    if (/^(?:parataxis|ccomp|advcl|acl|csubj)/.test(relation)) return false;
    if (relation === "conj" && findDependent(sentence, place, /^(?:nsubj|aux)/) !== undefined) return false;
    place = sentence.tokens[place]?.head ?? -1;
  }
  return false;
}

/** The preposition before a phrase, "at" of "at Acme"; empty where there is none. */
export function getMarker(sentence: Sentence, at: number): string {
  return getWord(sentence, findDependent(sentence, at, /^case$/) ?? -1);
}

/** Whether any of the words that mark a phrase is one of these; "out of" has two. */
export function hasMarker(sentence: Sentence, at: number, markers: RegExp): boolean {
  return listDependents(sentence, at, /^case$/).some((place) => markers.test(getWord(sentence, place)));
}

/** The words of a sentence as they were written. */
export function getText({ text, tokens }: Pick<Sentence, "text" | "tokens">): string {
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** Whether what stands at a token is the speaker's: "my boss". */
export function isOwned(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^nmod:poss/).some((place) => /^(?:my|our)$/.test(getWord(sentence, place)));
}

/** The text between two tokens, both included. */
export function getStretch({ text, tokens }: Sentence, first: number, last: number): string {
  return text.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0).replace(/\s+/g, " ");
}

/** Whether a token is part of a time that the sentence names. */
export function isInTime({ tokens, times }: Sentence, at: number): boolean {
  const token = tokens[at];
  return token !== undefined && times.some(({ start, end }) => token.start < end && token.end > start);
}

/** Whether a token is a name, or written as one where that is no rule of spelling. */
export function isNameWord(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  if (!token || !/\p{L}|\d/u.test(token.text) || isChatWord(token.text)) return false;
  if (token.upos === "PROPN" || /^(?:ADD|NNPS?)$/.test(token.xpos)) return true;
  const isWritten = /^\p{Lu}/u.test(token.text) || !/\p{Lu}/u.test(sentence.text);
  if (token.upos === "NOUN" && isFirstName(token.text) && isWritten) return true;
  const capital =
    /^\p{Lu}|^\p{Ll}\p{Lu}/u.test(token.text) ||
    /^\d+\p{Lu}/u.test(token.text) ||
    /\p{L}[+#]+$/u.test(token.text) ||
    /\.(?:js|com|io|net|org)$/.test(token.text);
  return capital && at > 0 && !/^(?:I|PRON|AUX)$/.test(token.upos) && token.text !== "I";
}

/** The conjuncts of a word with itself first: "tea and coffee"; what only a comma joins is no list. Those that are denied ("not tea") are left out. */
export function listConjuncts(sentence: Sentence, at: number): number[] {
  const all = listJoinedSubjects(sentence, at);
  for (const place of all)
    all.push(
      ...listDependents(sentence, place, /^conj/).filter(
        // "I'm an engineer and my wife is a lawyer" joins two clauses.
        (conjunct) => !all.includes(conjunct) && findDependent(sentence, conjunct, /^(?:nsubj|cop|aux)/) === undefined,
      ),
    );
  const last = all.at(-1) ?? at;
  const isList = listDependents(sentence, last, /^cc/).some((place) =>
    /^(?:and|or|&|plus)$/.test(getWord(sentence, place)),
  );
  return isList || (all.length > 1 && getRelation(sentence, all[1] ?? at).startsWith("nsubj"))
    ? all.filter((place) => place === at || !isExcluded(sentence, place))
    : [at];
}

/** "Mia and I broke up", where the parser gives the verb two subjects. */
function listJoinedSubjects(sentence: Sentence, at: number): number[] {
  if (!getRelation(sentence, at).startsWith("nsubj")) return [at];
  const others = listDependents(sentence, sentence.tokens[at]?.head ?? -1, /^nsubj/).filter(
    (place) => place > at && getWord(sentence, place - 1) === "and",
  );
  return [at, ...others];
}

/** Whether "not", "rather than" or "instead of" sets a word aside. */
export function isExcluded(sentence: Sentence, at: number): boolean {
  return (
    listDependents(sentence, at).some(
      (place) =>
        /^(?:not|n't|never|rather|instead|nor|neither|except|than|but)$/.test(getWord(sentence, place)) &&
        getWord(sentence, place) !== "but",
    ) || /^(?:not|nor|neither|except|without)$/.test(getWord(sentence, at - 1))
  );
}
