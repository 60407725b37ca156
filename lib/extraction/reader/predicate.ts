import { listBases } from "#lib/extraction/reader/inflect.ts";
import { isBaseOfVerb } from "#lib/extraction/reader/rules.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isInClause,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";

/** How something is said: the terms are those of linguistics. */
export interface Predication {
  /** The word that bears tense, subject and negation: the predicate itself, "stopped" of "stopped working". */
  finite: number;
  /** It is stated: not asked, wished, supposed, planned, nearly so, or only thought by somebody. */
  isReal: boolean;
  polarity: "positive" | "negative";
  tense: "past" | "present";
  perfect: boolean;
  progressive: boolean;
  /** "Started working" begins, "stopped working", "used to work" and "no longer works" end. */
  aspect: "plain" | "begins" | "ends";
  /** "Also": it comes on top of what holds. */
  isAddition: boolean;
}

const BEGINS = new Set(["start", "begin"]);
const ENDS = new Set(["stop", "quit", "cease"]);
const GOES_ON = new Set(["keep", "continue"]);
/** "Had to sell", "managed to quit": it was done. */
const LEADS_TO = new Set(["have", "manage"]);

/** Describes how a predicate is said in its sentence. */
export function describePredicate(sentence: Sentence, at: number): Predication {
  const { finite, aspect } = findFinite(sentence, at);
  const adverbs = listDependents(sentence, finite, /^(?:advmod|obl|cc:preconj|discourse|mark|det)/).concat(
    finite === at ? [] : listDependents(sentence, at, /^advmod/),
  );
  const words = adverbs.map((place) => getWord(sentence, place));
  const isStanding = /^(?:stand|bear)s?$/.test(getWord(sentence, at));
  if (isStanding)
    return {
      finite,
      isReal: cannotStand(sentence, at) && !isAsked(sentence, at),
      polarity: "positive",
      tense: "present",
      perfect: false,
      progressive: false,
      aspect: "plain",
      isAddition: false,
    };
  const isOver = isNoLonger(sentence, finite, at);
  const isRefused = !isOver && cannotEat(sentence, at);
  const isDenied = !isOver && words.some((word) => NEGATIVE.test(word));
  const { tense, perfect, progressive } = describeTense(sentence, finite);
  return {
    finite,
    isReal:
      (isRefused ? !isAsked(sentence, at) : isStated(sentence, finite, at)) &&
      !words.some((word) => UNSURE.test(word) || (isDenied && ONLY.test(word))),
    polarity: isDenied ? "negative" : "positive",
    tense,
    perfect,
    progressive,
    aspect: isOver ? "ends" : aspect,
    isAddition: words.some((word) => /^(?:also|too|additionally)$/.test(word)),
  };
}

/** "I can't eat dairy" says that somebody does not eat it; what they cannot eat today says nothing. */
function cannotEat(sentence: Sentence, at: number): boolean {
  const helpers = listDependents(sentence, at, /^(?:aux|advmod)/).map((place) => getWord(sentence, place));
  return (
    /^(?:eat|drink)$/.test(getWord(sentence, at)) &&
    sentence.times.length === 0 &&
    helpers.some((word) => /^(?:ca|can)$/.test(word)) &&
    helpers.some((word) => /^(?:not|n't)$/.test(word)) &&
    helpers.length === 2
  );
}

/** "Can't stand olives" says that somebody dislikes them, whatever its words. */
function cannotStand(sentence: Sentence, at: number): boolean {
  const helpers = listDependents(sentence, at, /^(?:aux|advmod)/).map((place) => getWord(sentence, place));
  return (
    /^(?:stand|bear)$/.test(getWord(sentence, at)) &&
    helpers.some((word) => /^(?:ca|can)$/.test(word)) &&
    helpers.some((word) => NEGATIVE.test(word))
  );
}

const NEGATIVE = /^(?:not|n't|never|neither|nor|hardly|barely|scarcely|rarely|seldom)$/;
const UNSURE =
  /^(?:almost|nearly|maybe|perhaps|probably|possibly|hopefully|supposedly|apparently|allegedly|kinda|practically|basically|virtually|ideally|temporarily|technically)$/;

/** "We don't just like it": it is more than that. */
const ONLY = /^(?:just|only|merely|simply)$/;

/** Of "stopped taking", "used to live" and "managed to stop smoking" the first word is the finite one. */
function findFinite(sentence: Sentence, at: number): { finite: number; aspect: Predication["aspect"] } {
  const { finite, aspect } = findGoverning(sentence, at);
  if (finite === at) return { finite, aspect };
  const above = findFinite(sentence, finite);
  return { finite: above.finite, aspect: aspect === "plain" ? above.aspect : aspect };
}

function findGoverning(sentence: Sentence, at: number): { finite: number; aspect: Predication["aspect"] } {
  const head = sentence.tokens[at]?.head ?? -1;
  if (isOfPredicate(sentence, at, head)) return { finite: head, aspect: "plain" };
  if (head < 0 || !/^(?:xcomp|advcl|ccomp)$/.test(getRelation(sentence, at))) return { finite: at, aspect: "plain" };
  const bases = listBases(getWord(sentence, head));
  const isInfinitive = listDependents(sentence, at, /^mark$/).some((place) => getWord(sentence, place) === "to");
  const isGerund = /^(?:VBG|NN)$/.test(sentence.tokens[at]?.xpos ?? "");
  if (isInfinitive && bases.includes("use") && !bases.includes("have")) return { finite: head, aspect: "ends" };
  if (isInfinitive && sentence.tokens[head]?.xpos === "VBD" && bases.some((base) => LEADS_TO.has(base)))
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
    getRelation(sentence, at) === "acl" &&
    sentence.tokens[at]?.xpos === "VBG" &&
    findDependent(sentence, head, /^cop$/) !== undefined &&
    findDependent(sentence, head, /^nsubj/) !== undefined
  );
}

function hasWord(sentence: Sentence, head: number, word: string): boolean {
  return listDependents(sentence, head).some((place) => getWord(sentence, place) === word);
}

/** "No longer", "not … any more": it was so and is not. */
function isNoLonger(sentence: Sentence, finite: number, at: number): boolean {
  const { tokens } = sentence;
  const said = tokens
    .map((_, place) =>
      isInClause(sentence, place, finite) || isInClause(sentence, place, at) ? getWord(sentence, place) : "",
    )
    .join(" ");
  return (
    /\bno longer\b|\bno more\b/.test(said) ||
    (/(?:\bnot|n't)\b/.test(said) && /\bany ?more\b|\bany longer\b/.test(said))
  );
}

function describeTense(sentence: Sentence, finite: number): Pick<Predication, "tense" | "perfect" | "progressive"> {
  const helpers = listDependents(sentence, finite, /^(?:aux|cop)/);
  const xpos = sentence.tokens[finite]?.xpos ?? "";
  const words = helpers.map((place) => getWord(sentence, place));
  const perfect =
    words.some((word) => /^(?:have|has|['’]ve|ve|had)$/.test(word)) ||
    (xpos === "VBN" && words.some((word) => /^['’]s$/.test(word)) && !words.includes("been"));
  const looksPast = /^(?:VBD|VBN)$/.test(xpos) && !isBaseOfVerb(getWord(sentence, finite));
  const isPast = helpers.some((place) => sentence.tokens[place]?.xpos === "VBD") || (helpers.length === 0 && looksPast);
  const progressive = xpos === "VBG" || words.some((word) => /^(?:being|getting)$/.test(word));
  return { tense: isPast ? "past" : "present", perfect, progressive };
}

/** Words that make what depends on them only possible, wished or asked; "that" and "because" do not. */
const CONDITION = /^(?:if|unless|whether|until|till|before|once|lest|though|like|in case|as if|as though)$/;
const MODAL = /^(?:would|could|might|may|should|must|can|will|shall|wo|ca|['’]d|['’]ll|ought|need)$/;
/** Verbs and adjectives whose complement is stated as true by whoever says "I" or asks "you". */
const ASSERTS = new Set([
  "tell",
  "say",
  "mention",
  "know",
  "remember",
  "forget",
  "notice",
  "learn",
  "realise",
  "realize",
  "glad",
  "happy",
  "sad",
  "sorry",
  "proud",
  "see",
  "show",
  "mean",
  "add",
  "inform",
  "explain",
  "point",
  "confirm",
  "thankful",
  "grateful",
  "aware",
  "true",
]);

/** Whether a predicate is stated as true, on the whole way up to the root of its sentence. */
function isStated(sentence: Sentence, finite: number, at: number): boolean {
  for (let place = finite, steps = 0; place >= 0 && steps <= sentence.tokens.length; steps += 1) {
    if (!isIndicative(sentence, place, finite, at)) return false;
    const verdict = judgeStep(sentence, place, place === finite);
    if (verdict !== null) return verdict;
    place = sentence.tokens[place]?.head ?? -1;
  }
  return true;
}

/** What the tie of a clause to the word above it says of its being stated; null where that word has the say. */
function judgeStep(sentence: Sentence, place: number, isFirst: boolean): boolean | null {
  const relation = getRelation(sentence, place);
  const head = sentence.tokens[place]?.head ?? -1;
  if (/^(?:ccomp|csubj)/.test(relation) && !isAsserting(sentence, head)) return false;
  if (/^(?:xcomp|acl$|advcl)/.test(relation) && isFirst && !hasFiniteForm(sentence, place)) return false;
  if (/^(?:acl:relcl|advcl|ccomp)/.test(relation))
    return !isConditional(sentence, head) && !isDeniedWhole(sentence, head);
  if (!/^(?:conj|parataxis|ccomp|root)$/.test(relation) && !isFirst) return true;
  const hasOwnSubject = relation === "conj" && findDependent(sentence, place, /^nsubj/) !== undefined;
  return relation === "parataxis" || hasOwnSubject ? true : null;
}

function isIndicative(sentence: Sentence, place: number, finite: number, at: number): boolean {
  if (isConditional(sentence, place)) return false;
  const helpers = listDependents(sentence, place, /^aux/).map((helper) => getWord(sentence, helper));
  if (helpers.some((word) => MODAL.test(word))) return false;
  if (place === finite && isGoingTo(sentence, at)) return false;
  return !isAsked(sentence, place);
}

/** "I'm going to move", "want to move": the infinitive says nothing of what is. */
function isGoingTo(sentence: Sentence, at: number): boolean {
  const { finite } = findFinite(sentence, at);
  return listDependents(sentence, finite, /^mark$/).some((place) => getWord(sentence, place) === "to");
}

function isConditional(sentence: Sentence, place: number): boolean {
  const marks = listDependents(sentence, place, /^(?:mark|advmod)$/).map((mark) => getWord(sentence, mark));
  if (marks.some((word) => CONDITION.test(word))) return true;
  const helpers = listDependents(sentence, place, /^aux/).map((helper) => getWord(sentence, helper));
  const isFuture = marks.includes("when") && describeTense(sentence, place).tense === "present";
  return isFuture || helpers.some((word) => /^(?:would|['’]d)$/.test(word));
}

function isDeniedWhole(sentence: Sentence, place: number): boolean {
  return listDependents(sentence, place, /^advmod$/).some((word) => NEGATIVE.test(getWord(sentence, word)));
}

function isAsserting(sentence: Sentence, head: number): boolean {
  if (!listBases(getWord(sentence, head)).some((base) => ASSERTS.has(base))) return false;
  const subject = findDependent(sentence, head, /^nsubj/);
  return subject === undefined || /^(?:i|we|you|it)$/.test(getWord(sentence, subject));
}

function hasFiniteForm(sentence: Sentence, place: number): boolean {
  const xpos = sentence.tokens[place]?.xpos ?? "";
  return (
    /^(?:VBD|VBP|VBZ)$/.test(xpos) ||
    listDependents(sentence, place, /^(?:aux|cop)/).some((helper) =>
      /^(?:VBD|VBP|VBZ)$/.test(sentence.tokens[helper]?.xpos ?? ""),
    )
  );
}

/** Whether a clause of a sentence with a question mark is what is asked: its subject stands behind its auxiliary, or no other is. */
function isAsked(sentence: Sentence, place: number): boolean {
  if (sentence.tokens.at(-1)?.text.startsWith("?") !== true)
    return isInverted(sentence, place) && !isExclamation(sentence);
  if (/^(?:ccomp|acl:relcl|advcl)/.test(getRelation(sentence, place))) return false;
  if (isInverted(sentence, place)) return true;
  // "I live in Hull and the driver was late??" asks nothing of where; "you live in Hull?" does.
  const subject = findDependent(sentence, place, /^nsubj/);
  const isAboutSelf =
    subject !== undefined &&
    (/^(?:i|we)$/.test(getWord(sentence, subject)) ||
      listDependents(sentence, subject, /^nmod:poss/).some((owner) => /^(?:my|our)$/.test(getWord(sentence, owner))));
  return !isAboutSelf && !sentence.tokens.some((_, other) => other !== place && isInverted(sentence, other));
}

function isExclamation({ tokens }: Sentence): boolean {
  return /^!/.test(tokens.at(-1)?.text ?? "");
}

/** "Do you live", "are you a nurse", "what do you do". */
function isInverted(sentence: Sentence, place: number): boolean {
  const subject = findDependent(sentence, place, /^nsubj/);
  const [helper] = listDependents(sentence, place, /^(?:aux|cop)/);
  const asksWith = listDependents(sentence, place).some(
    (word) =>
      word < place &&
      /^W(?:RB|P|DT)/.test(sentence.tokens[word]?.xpos ?? "") &&
      !/^(?:mark|nsubj)$/.test(getRelation(sentence, word)) &&
      !/^(?:when|that|while)$/.test(getWord(sentence, word)),
  );
  const turned = helper !== undefined && subject !== undefined && helper < subject;
  return turned || (asksWith && getRelation(sentence, place) === "root");
}
