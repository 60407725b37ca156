import { describeTense, findFinite, isClippedPresent } from "#lib/extraction/reader/finite.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isOwned,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";

export const NEGATIVE = /^(?:not|n't|never|neither|nor|hardly|barely|scarcely|rarely|seldom)$/;
/** "I rarely eat meat" is neither so nor not so. */
export const NEARLY_NEGATIVE = /^(?:hardly|barely|scarcely|rarely|seldom)$/;

/** Words that make what depends on them only possible, wished or asked; "that" and "because" do not. */
const CONDITION = /^(?:if|unless|whether|until|till|before|once|lest|like|in case|as if|as though)$/;
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
  "find",
  "discover",
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
export function isStated(sentence: Sentence, finite: number, at: number): boolean {
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
  if (isFirst && sentence.tokens[place]?.xpos === "VBG" && isClippedPresent(sentence, place)) return true;
  if (/^(?:xcomp|acl$|advcl)/.test(relation) && isFirst && !hasFiniteForm(sentence, place)) return false;
  if (/^(?:acl:relcl|advcl|ccomp)/.test(relation))
    return !isConditional(sentence, head) && !isDeniedWhole(sentence, head);
  if (!/^(?:conj|parataxis|ccomp|root)$/.test(relation) && !isFirst) return true;
  const hasOwnSubject = relation === "conj" && findDependent(sentence, place, /^nsubj/) !== undefined;
  return relation === "parataxis" || hasOwnSubject ? true : null;
}

/** "By the time I'm 22", "until the day I moved": when it will be so, however the parser ties it. */
function isAhead(sentence: Sentence, place: number): boolean {
  const subject = findDependent(sentence, place, /^nsubj/) ?? place;
  const [marker, article, noun] = [subject - 3, subject - 2, subject - 1].map((at) => getWord(sentence, at));
  return (
    /^(?:by|until|till|before)$/.test(marker ?? "") && article === "the" && /^(?:time|day|moment)$/.test(noun ?? "")
  );
}

function isIndicative(sentence: Sentence, place: number, finite: number, at: number): boolean {
  if (isConditional(sentence, place)) return false;
  const helpers = listDependents(sentence, place, /^aux/).map((helper) => getWord(sentence, helper));
  if (helpers.some((word) => MODAL.test(word))) return false;
  if (place === finite && (isGoingTo(sentence, at) || isImagined(sentence, at))) return false;
  return !isAsked(sentence, place);
}

/** "In my head I'm retired", "in my dreams I live in Rome". */
function isImagined(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^(?:obl|nmod)/).some(
    (place) =>
      /^(?:head|mind|dreams?|imagination|fantasy|theory)$/.test(getWord(sentence, place)) &&
      listDependents(sentence, place, /^case$/).some((marker) => getWord(sentence, marker) === "in"),
  );
}

/** "I'm going to move", "want to move": the infinitive says nothing of what is. */
function isGoingTo(sentence: Sentence, at: number): boolean {
  const { finite } = findFinite(sentence, at);
  return listDependents(sentence, finite, /^mark$/).some((place) => getWord(sentence, place) === "to");
}

function isConditional(sentence: Sentence, place: number): boolean {
  if (isAhead(sentence, place)) return true;
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
export function isAsked(sentence: Sentence, place: number): boolean {
  if (sentence.tokens.at(-1)?.text.startsWith("?") !== true)
    return isInverted(sentence, place) && !isExclamation(sentence);
  const head = sentence.tokens[place]?.head ?? -1;
  const isChecked = /^(?:say|saying|said|mean|meaning|think|thinking|claim|claiming|suggesting|telling)$/.test(
    getWord(sentence, head),
  );
  if (/^ccomp/.test(getRelation(sentence, place)) && isChecked && isInverted(sentence, head)) return true;
  if (/^(?:ccomp|acl:relcl|advcl)/.test(getRelation(sentence, place))) return false;
  // "So I'm on the Free plan?" asks whether it is so.
  if (/^(?:so|then|wait)$/.test(getWord(sentence, 0)) && getRelation(sentence, place) === "root") return true;
  if (isInverted(sentence, place)) return true;
  // "I live in Hull and the driver was late??" asks nothing of where; "you live in Hull?" does.
  const subject = findDependent(sentence, place, /^nsubj/);
  const isAboutSelf =
    subject !== undefined && (/^(?:i|we)$/.test(getWord(sentence, subject)) || isOwned(sentence, subject));
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
