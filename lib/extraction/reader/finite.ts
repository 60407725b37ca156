import { listBases } from "#lib/extraction/reader/inflect.ts";
import { isBaseOfVerb } from "#lib/extraction/reader/rules.ts";
import { findDependent, getRelation, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";

/** What a verb says of the time of what it tells: "started working" begins, "stopped working" ends. */
export type Aspect = "plain" | "begins" | "ends";

export interface Tense {
  tense: "past" | "present";
  perfect: boolean;
  progressive: boolean;
}

const BEGINS = new Set(["start", "begin"]);
const ENDS = new Set(["stop", "quit", "cease"]);
const GOES_ON = new Set(["keep", "continue"]);
/** "Had to sell", "managed to quit": it was done. */
const LEADS_TO = new Set(["have", "manage"]);

/** Of "stopped taking", "used to live" and "managed to stop smoking" the first word is the finite one. */
export function findFinite(sentence: Sentence, at: number): { finite: number; aspect: Aspect } {
  const { finite, aspect } = findGoverning(sentence, at);
  if (finite === at) return { finite, aspect };
  const above = findFinite(sentence, finite);
  return { finite: above.finite, aspect: aspect === "plain" ? above.aspect : aspect };
}

function findGoverning(sentence: Sentence, at: number): { finite: number; aspect: Aspect } {
  const head = sentence.tokens[at]?.head ?? -1;
  if (isOfPredicate(sentence, at, head)) return { finite: head, aspect: "plain" };
  if (head < 0 || !/^(?:xcomp|advcl|ccomp)$/.test(getRelation(sentence, at))) return { finite: at, aspect: "plain" };
  // "She kept the flat so I'm living here": a clause with a subject of its own depends on no "kept".
  if (findDependent(sentence, at, /^(?:nsubj|aux)/) !== undefined) return { finite: at, aspect: "plain" };
  const bases = listBases(getWord(sentence, head));
  const isInfinitive = listDependents(sentence, at, /^mark$/).some((place) => getWord(sentence, place) === "to");
  const isGerund = /^(?:VBG|NN)$/.test(sentence.tokens[at]?.xpos ?? "");
  if (isInfinitive && bases.includes("use") && !bases.includes("have")) return { finite: head, aspect: "ends" };
  if (
    isInfinitive &&
    sentence.tokens[head]?.xpos === "VBD" &&
    bases.some((base) => LEADS_TO.has(base) || base === "have")
  )
    return { finite: head, aspect: "plain" };
  if (!isInfinitive && !isGerund) return { finite: at, aspect: "plain" };
  if (isGerund && bases.includes("end") && hasWord(sentence, head, "up")) return { finite: head, aspect: "plain" };
  if (bases.some((base) => BEGINS.has(base))) return { finite: head, aspect: "begins" };
  if (isGerund && bases.some((base) => ENDS.has(base))) return { finite: head, aspect: "ends" };
  if (isGerund && bases.includes("give") && hasWord(sentence, head, "up")) return { finite: head, aspect: "ends" };
  if (bases.some((base) => GOES_ON.has(base))) return { finite: head, aspect: "plain" };
  return { finite: at, aspect: "plain" };
}

/** "I'm a student living in London": what is said of somebody who is said to be something. */
function isOfPredicate(sentence: Sentence, at: number, head: number): boolean {
  return (
    /^(?:acl|advcl)$/.test(getRelation(sentence, at)) &&
    findDependent(sentence, at, /^mark$/) === undefined &&
    sentence.tokens[at]?.xpos === "VBG" &&
    !isClippedPresent(sentence, at) &&
    findDependent(sentence, head, /^cop$/) !== undefined &&
    findDependent(sentence, head, /^nsubj/) !== undefined
  );
}

function hasWord(sentence: Sentence, head: number, word: string): boolean {
  return listDependents(sentence, head).some((place) => getWord(sentence, place) === word);
}

/** The tense of a clause by the form of its finite verb and the verbs that help it. */
export function describeTense(sentence: Sentence, finite: number): Tense {
  const helpers = listDependents(sentence, finite, /^(?:aux|cop)/);
  const xpos = sentence.tokens[finite]?.xpos ?? "";
  const words = helpers.map((place) => getWord(sentence, place));
  // "I've got asthma" is how people say that they have it.
  if (
    getWord(sentence, finite) === "got" &&
    xpos === "VBN" &&
    words.length > 0 &&
    words.every((word) => /^(?:have|has|['’]ve|['’]s)$/.test(word)) &&
    !listDependents(sentence, finite, /^i?obj$/).some((place) => /^(?:me|us)$/.test(getWord(sentence, place)))
  )
    return { tense: "present", perfect: false, progressive: false };
  const perfect =
    words.some((word) => /^(?:have|has|['’]ve|ve|had)$/.test(word)) ||
    (xpos === "VBN" && words.some((word) => /^['’]s$/.test(word)) && !words.includes("been"));
  const looksPast = /^(?:VBD|VBN)$/.test(xpos) && !isBaseOfVerb(getWord(sentence, finite));
  const isPast = helpers.some((place) => sentence.tokens[place]?.xpos === "VBD") || (helpers.length === 0 && looksPast);
  const progressive = xpos === "VBG" || words.some((word) => /^(?:being|getting)$/.test(word));
  return { tense: isPast ? "past" : "present", perfect, progressive };
}

/** "Currently living in Rome", "Back working at Acme since May": who writes it leaves out "I am". */
export function isClippedPresent(sentence: Sentence, at: number): boolean {
  const before = sentence.tokens.slice(0, at).map((_, place) => getWord(sentence, place));
  return (
    before.length > 0 &&
    before.length <= 2 &&
    before.every((word) => /^(?:currently|now|still|back|presently|and|but)$/.test(word))
  );
}
