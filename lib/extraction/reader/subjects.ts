import { isClippedPresent } from "#lib/extraction/reader/finite.ts";
import { findDependent, getRelation, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";

/**
 * "Love coffee", "been living in Cologne", "moved to Vienna yesterday": a sentence that begins with its predicate and gives no
 * order is about who writes it.
 */
export function isSpokenOfSelf(sentence: Sentence, finite: number): boolean {
  const head = sentence.tokens[finite]?.head ?? -1;
  // "Left Hamburg and moved to Leipzig": what is joined to it is so as well.
  const isJoined = getRelation(sentence, finite) === "conj" && findDependent(sentence, finite, /^nsubj/) === undefined;
  if (isJoined && head >= 0 && sentence.tokens[head]?.upos === "VERB") return isSpokenOfSelf(sentence, head);
  // "Sorry for the silence, moved to Sheffield."
  if (isJoined && GREETING.test(getWord(sentence, head)) && sentence.tokens[finite]?.xpos === "VBD")
    return findDependent(sentence, head, /^nsubj/) === undefined;
  const { upos = "", xpos = "", relation = "" } = sentence.tokens[finite] ?? {};
  const before = sentence.tokens.slice(0, finite);
  if (xpos === "VBG" && /^(?:root|advcl)/.test(relation) && isClippedPresent(sentence, finite)) return true;
  if (
    relation !== "root" ||
    before.some(
      (token) =>
        !/^(?:ADV|INTJ|PUNCT|CCONJ|AUX)$/.test(token.upos) ||
        /^(?:please|do|does|don't|let|to|can|will)$/i.test(token.text),
    )
  )
    return false;
  if (xpos === "VBG" && before.at(-1)?.text.toLowerCase() !== "been") return false;
  if (/^(?:VBD|VBN|VBG)$/.test(xpos)) return !/^(?:was|were|is|are)$/.test(before.at(-1)?.text.toLowerCase() ?? "");
  return (
    (upos === "ADJ" && before.length === 0) ||
    /^(?:love|hate|like|enjoy|dislike|adore|prefer|own|have|got|live|work|play|speak)$/.test(getWord(sentence, finite))
  );
}

const GREETING = /^(?:sorry|thanks|thank|apologies|hi|hello|hey|ok|okay|yes|yep|no|nope|update|quick|short)$/;

/** "None of us", "nobody": what is said of them is said of no one. */
export function isNobody(sentence: Sentence, subject: number): boolean {
  return (
    /^(?:none|nobody|neither|no)$/.test(getWord(sentence, subject)) ||
    listDependents(sentence, subject).some((place) => /^(?:no|neither|none)$/.test(getWord(sentence, place)))
  );
}

/** "Captions for my business, we're based in Leeds": of two subjects "we" is the one beside the verb. */
function findOwnSubject(sentence: Sentence, verb: number): number | undefined {
  const all = listDependents(sentence, verb, /^nsubj/);
  const last = all.at(-1);
  const isNearer = last !== undefined && last < verb && /^(?:i|we)$/.test(getWord(sentence, last));
  return isNearer && !/^(?:and|or)$/.test(getWord(sentence, last - 1)) ? last : all[0];
}

/** Of whom a noun is said with "be". */
function findSubjectOfNoun(sentence: Sentence, noun: number): number | undefined {
  return findDependent(sentence, noun, /^cop$/) === undefined ? undefined : findDependent(sentence, noun, /^nsubj$/);
}

/** The subject of a finite verb: its own, that of the verb it is joined to, or what a relative clause is about. */
export function findSubject(sentence: Sentence, finite: number): number | undefined {
  for (let place = finite, steps = 0; place >= 0 && steps <= sentence.tokens.length; steps += 1) {
    const own = findOwnSubject(sentence, place);
    const head = sentence.tokens[place]?.head ?? -1;
    if (
      own !== undefined &&
      !(/^(?:who|that|which)$/.test(getWord(sentence, own)) && /^acl:relcl/.test(getRelation(sentence, place)))
    )
      return own;
    // "I'm a baker who loves jazz": whoever is said to be the baker loves it.
    if (own !== undefined) return findSubjectOfNoun(sentence, head) ?? head;
    if (getRelation(sentence, place) !== "conj") return undefined;
    place = head;
  }
  return undefined;
}
