import { blankStretch, blankText } from "#lib/extraction/gates/own-words.ts";
import { blankWithheld } from "#lib/extraction/gates/withheld.ts";
import { analyseText, type PlacedToken } from "#lib/extraction/syntax/analyse.ts";
import { replaceAccessCodes, tellsSecret } from "#lib/secrets.ts";

/**
 * Blanks what is said and not meant: a joke that is called one, what others think, what was dreamt or nearly happened, what is denied as a whole, what
 * is not to be remembered, and secrets. Every character that stays keeps its place.
 */
export function keepWhatIsMeant(text: string): string {
  if (KIDDING.test(text)) return blankText(text);
  let left = blankWithheld(text).replace(ASSUMED, blankText);
  for (const sentence of analyseText(text)) {
    for (const [start, end] of listUnmeant(sentence, text)) left = blankStretch(left, start, end);
  }
  return replaceAccessCodes(left, blankText);
}

/** What people in general take somebody for, up to where that is set right. */
const ASSUMED =
  /\b(?:people|everyone|everybody|they|folks|some|many|most) (?:\p{L}+ )?(?:assume|think|guess|suppose|believe|reckon)s?\b[^.!?\n]*?(?=,? (?:but|wrong|actually|though|and it)\b|[.!?\n]|$)/giu;

/** Who takes it back in one breath has said nothing. */
const KIDDING = /\b(?:just kidding|only kidding|i['’]?m kidding|j\/?k|april fools?|just joking|i['’]?m joking)\b/i;

const ONLY_KIDDING =
  /^(?:\W|\b(?:just|only|i['’]?m|i|was|am|kidding|joking|j\/?k|april|fools?|(?:ha)+h?|lol|lmao|nah|no|sorry|of course|about that|there|obviously|totally|not really|with you|!)\b)+$/i;

/** Whether somebody says of what they said before, and of nothing else, that it was a joke. */
export function takesBackJoke(text: string): boolean {
  return KIDDING.test(text) && ONLY_KIDDING.test(text);
}

type Stretch = [start: number, end: number];

function listUnmeant(sentence: PlacedToken[], text: string): Stretch[] {
  const [first, last] = [sentence[0], sentence.at(-1)];
  if (!first || !last) return [];
  const whole: Stretch = [first.start, last.end];
  const words = text.slice(...whole);
  if (tellsSecret(words) || NEITHER.test(words)) return [whole];
  return sentence.flatMap((token, place): Stretch[] => {
    const head = sentence[token.head];
    if (NEARLY.test(token.text) && token.relation === "advmod") return [spanOf(sentence, token.head)];
    return head && isComplement(sentence, place) && isUnmeantBy(sentence, token.head, text)
      ? [spanOf(sentence, place)]
      : [];
  });
}

/** Whether a word begins what its head is about: "that I work at Shell". */
function isComplement(sentence: PlacedToken[], at: number): boolean {
  const relation = sentence[at]?.relation ?? "";
  const isThat = (each: PlacedToken) => each.head === at && each.relation === "mark" && /^that$/i.test(each.text);
  return /^(?:ccomp|csubj)/.test(relation) || (/^(?:advcl|acl)/.test(relation) && sentence.some(isThat));
}

/** Whether what depends on a verb or an adjective is only thought, told by others, dreamt or denied. */
function isUnmeantBy(sentence: PlacedToken[], at: number, text: string): boolean {
  const word = sentence[at]?.text ?? "";
  if (UNREAL.test(word)) return true;
  const dependents = sentence.filter(({ head }) => head === at);
  if (TRUE.test(word)) return dependents.some((each) => NOT.test(each.text));
  const subject = dependents.find(({ relation }) => relation === "nsubj");
  return OTHERS_SAY.test(word) && subject !== undefined && !/^(?:I|we)$/i.test(text.slice(subject.start, subject.end));
}

/** From the first to the last word of what depends on a word, itself included. */
function spanOf(sentence: PlacedToken[], root: number): Stretch {
  const isBelow = (at: number): boolean => {
    for (let place = at, steps = 0; place >= 0 && steps <= sentence.length; steps += 1) {
      if (place === root) return true;
      place = sentence[place]?.head ?? -1;
    }
    return false;
  };
  const below = sentence.filter((_, at) => isBelow(at));
  return [below[0]?.start ?? 0, below.at(-1)?.end ?? 0];
}

const NEARLY = /^(?:almost|nearly)$/i;
const NOT = /^(?:not|n['’]?t|never)$/i;
const TRUE = /^(?:true|right|correct|accurate)$/i;
const UNREAL =
  /^(?:dream|dreams|dreamt|dreamed|dreaming|imagine|imagined|pretend|pretended|wish|wished|fear|feared|doubt)$/i;
const OTHERS_SAY =
  /^(?:think|thinks|thought|believe|believes|believed|say|says|said|claim|claims|claimed|tell|tells|told|guess|guesses|guessed|assume|assumes|assumed|suspect|suspects|suspected|insist|insists|insisted|hear|heard|suggest|suggests|suggested)$/i;
const NEITHER = /\bneither\b[^.!?]*\bnor\b/i;
