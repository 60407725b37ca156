import { blankStretch } from "#lib/extraction/gates/own-words.ts";
import { analyseText } from "#lib/extraction/syntax/analyse.ts";

/** An order to forget or not to remember, and where in a text stands what it is about. */
interface Order {
  /** What is not to be kept of the text, the order included. */
  withholds: [start: number, end: number];
  /** What is to be forgotten of earlier texts, in the words of this one, one thing each; none where it is what was said last. */
  said: string[];
}

/** Blanks what a text asks not to remember. Every character that stays keeps its place. */
export function blankWithheld(text: string): string {
  return listOrders(text).reduce((left, { withholds }) => blankStretch(left, ...withholds), text);
}

/**
 * What each order of a text asks to forget or not to remember, in its own words: "I live in Cork" of "Forget that I live in
 * Cork". Of an order that only points, "please forget that", it is what stands before it in the text; where nothing does it is
 * empty, and what the same person said last is meant.
 */
export function listWithheld(text: string): string[][] {
  return listOrders(text).map(({ said }) => said);
}

function listOrders(text: string): Order[] {
  return analyseText(text).flatMap((sentence): Order[] => {
    const [start, end] = [sentence[0]?.start ?? 0, sentence.at(-1)?.end ?? 0];
    const words = text.slice(start, end);
    const order = NOT_TO_KEEP.exec(words);
    if (!order || DROPS_TOPIC.test(words)) return [];
    const after = words.slice(order.index + order[0].length);
    if (!POINTS.test(after)) return [{ withholds: [start, end], said: listThings(after) }];
    const before = words.slice(0, order.index);
    if (IS_STATEMENT.test(before)) return [{ withholds: [start, end], said: [before] }];
    const earlier = text.slice(0, start).trim();
    return [{ withholds: [0, end], said: earlier === "" || IS_REGRET.test(earlier) ? [] : [earlier] }];
  });
}

/** "My ex's name and her phd, I don't want to see it": one thing after the other, without the reason. */
function listThings(after: string): string[] {
  const [about = ""] = after.replace(INTRODUCES, "").replace(FROM_MEMORY, "").split(REASON);
  const things = about.split(/,? and (?:that )?(?=(?:I|my|our|her|his|their|the|we)\b)/i).map((thing) => thing.trim());
  return things.filter((thing) => /\p{L}/u.test(thing));
}

/** Where the reason begins. */
const REASON = /[,;(–—]| - | (?:because|since|as it|as that|so that|cause)\b|[.!?]/i;

/** Words that only say that something was too much to tell: what is meant stands before them. */
const IS_REGRET =
  /^(?:\W|\b(?:sorry|oops|oh|ah|wait|no|actually|hmm|hm|well|ok|okay|that|this|it|was|is|were|too|so|very|much|personal|private|embarrassing|stupid|my|bad|mistake|i|shouldn['’]?t|should|not|have|['’]ve|said|told|you|mentioned|written|sent|thanks|please)\b)+$/i;

/** Somebody speaks of themselves: what is told, and not only that it was too much. */
const IS_STATEMENT =
  /\b(?:I|my|we|our|mine|I['’]?(?:m|ve|d|ll))\b(?! (?:just |already )?(?:said|told|wrote|mean|meant|mentioned|shouldn['’]?t)\b)/i;

/** "Forget it, I'll call": the matter is dropped, and nothing is asked of memory. */
const DROPS_TOPIC = /^\W*(?:(?:oh|ah|ok|okay|well|no|actually|never ?mind)\W+)*(?:just )?forget (?:about )?it\b/i;

const SAYING = "(?:just |have |had |['’]ve |['’]d )*(?:said|told you|tell you|wrote|mentioned|shared|sent|posted)";

/** The order names nothing of its own: "that", "what I just told you", "my last message". */
const POINTS = new RegExp(
  `^\\W*(?:$|(?:(?:any of |all of )?(?:it|that|this|these|those)|(?:everything |all |what )(?:that )?I ?${SAYING}|(?:that )?I ?${SAYING} (?:it|that|this)|(?:my |the )?(?:last|previous) (?:message|sentence|thing|bit|part|one)s?(?: I ${SAYING})?)(?=\\W*$|\\W*[,.;!?]|\\W+(?:please|pls|again|ever|thanks|thank|ok|okay|anywhere|for|about me|down|from|in your|either|at all|though)\\b))`,
  "i",
);

/** What leads to the words that an order is about. */
const INTRODUCES = new RegExp(
  `^\\W*(?:(?:the fact )?that |(?:what|everything|anything|all) (?:that )?(?:I ?${SAYING}|you know) (?:about )?|(?:everything |anything |all |any )?about |what |this\\W+)*`,
  "i",
);

const FROM_MEMORY =
  / (?:from|in|out of) (?:your |the |my )?(?:memor(?:y|ies)|notes?|records?|files?|system|profile|account)\b|(?<=\p{L} )(?:thing|stuff|business|matter|story|part|bit|issue)\b/iu;

/** What is kept may be a thing as well, "don't save the file": only what is said is meant here. */
const KEEP =
  "(?:remember|memori[sz]e|keep in mind|(?:store|save|record|write down|note)(?= (?:that|it|what|any|anything|my|our|i|me|those|these)\\b| this\\b(?! \\w)|\\W*$)|keep (?:a |any )?(?:records?|notes?|track) of)";
/** "Don't remember what it's called" leaves out its "I": who asks to forget something says what of theirs. */
const NOT_RECALLED =
  "(?! (?:what it|where|when|who|how|which|why|exactly|much|if|whether|the (?:name|title|details))\\b)";
const BEGINS =
  "(?<=^\\W*|[.!?,;:\\n]\\s*|\\b(?:please|pls|plz|and|but|so|kindly|just|also|oops|sorry|actually|now|then|you) )";
/**
 * "Don't remember that …" asks for the opposite of "don't forget that …", where it is an order; "I don't remember" only says
 * what somebody has forgotten.
 */
const NOT_TO_KEEP = new RegExp(
  [
    `${BEGINS}(?:do not|don['’]?t|never) (?:ever )?${KEEP}\\b${NOT_RECALLED}`,
    `\\byou (?:must|should|can)(?: not|n['’]?t) ${KEEP}\\b`,
    `\\b(?:rather|prefer|like|want|ask) (?:it if )?(?:that )?you (?:did not|didn['’]?t|do not|don['’]?t|not|not to) ${KEEP}\\b`,
    `(?<!\\b(?:I|we|they|he|she|not|n['’]t|never|always|often|let['’]?s) )${BEGINS}forget (?=that|this|what|about|it|my|our|i\\b|the fact|everything (?:I|about)|anything|all (?:I|about))`,
    `${BEGINS}(?:delete|erase|remove|wipe|drop) (?=(?:that|this|it|what|everything|all)\\b[^.!?]*\\b(?:memory|memories|I (?:just )?(?:said|told|wrote|mentioned|shared)))`,
    "\\byou (?:must|should|can|could|may) (?:please )?forget (?=that|this|what|about|it|my|i\\b|the fact)",
    "\\boff the record\\b",
  ].join("|"),
  "i",
);
