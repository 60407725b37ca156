import { blankStretch } from "#lib/extraction/gates/own-words.ts";
import { analyseText } from "#lib/extraction/syntax/analyse.ts";

type Stretch = [start: number, end: number];

/** An order to forget or not to remember, and where in a text stands what it is about. */
interface Order {
  /** What is not to be kept of the text, the order included. */
  withholds: Stretch[];
  /** What is to be forgotten of earlier texts, in the words of this one, one thing each; none where it is what was said last. */
  said: string[];
  /** It is the name of somebody whom a pronoun means; `said` has the name, where this text says it. */
  whose?: Pronoun;
}

type Pronoun = "his" | "her" | "their";

/** Blanks what a text asks not to remember. Every character that stays keeps its place. */
export function blankWithheld(text: string): string {
  return listOrders(text)
    .flatMap(({ withholds }) => withholds)
    .reduce((left, stretch) => blankStretch(left, ...stretch), text);
}

/**
 * What each order of a text asks to forget or not to remember, in its own words: "I live in Cork" of "Forget that I live in
 * Cork". Of an order that only points, "please forget that", it is what stands before it in the text, or behind "off the
 * record"; where nothing does it is empty, and what the same person said last is meant.
 */
export function listWithheld(text: string): Pick<Order, "said" | "whose">[] {
  return listOrders(text);
}

function listOrders(text: string): Order[] {
  const sentences = analyseText(text).map((tokens): Stretch => [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]);
  return sentences.flatMap(([start, end], index): Order[] => {
    const words = text.slice(start, end);
    const order = NOT_TO_KEEP.exec(words);
    if (!order || isNoOrder(words)) return [];
    const after = words.slice(order.index + order[0].length);
    const whose = OF_SOMEBODY.exec(after)?.groups?.whose?.toLowerCase();
    if (whose === "his" || whose === "her" || whose === "their") {
      const told = sentences
        .slice(0, index)
        .map((stretch) => ({ stretch, names: findNamed(text.slice(...stretch), whose) }));
      const naming = told.filter(({ names }) => names.length > 0);
      const meant = whose === "their" ? naming : naming.slice(-1);
      const names = meant.flatMap((one) => one.names);
      const also = told.filter(({ stretch }) => names.some((name) => hasWords(text.slice(...stretch), name)));
      return [{ withholds: [...[...meant, ...also].map(({ stretch }) => stretch), [start, end]], said: names, whose }];
    }
    if (!POINTS.test(after) && !POINTS_AHEAD.test(after)) {
      const said = listThings(after);
      const alike = sentences.filter(
        ([from, to]) => from < start && said.some((thing) => hasWords(text.slice(from, to), thing)),
      );
      return [{ withholds: [[start, start + findEndOfThing(words, after)], ...alike], said }];
    }
    return [findPointedAt(text, sentences, index, order, after)];
  });
}

/** What an order that names nothing points at: what stands before it in its sentence or its text, or behind it. */
function findPointedAt(
  text: string,
  sentences: readonly Stretch[],
  index: number,
  order: RegExpExecArray,
  after: string,
): Order {
  const [start, end] = sentences[index] ?? [0, 0];
  const words = text.slice(start, end);
  const here: Stretch = [start, start + findEndOfThing(words, after)];
  const [before, behind] = [words.slice(0, order.index), text.slice(end).trim()];
  const isAhead = POINTS_AHEAD.test(after) || /off the record/i.test(order[0]);
  if (isAhead && behind !== "" && !IS_STATEMENT.test(before))
    return { withholds: [[start, text.length]], said: [behind] };
  if (IS_STATEMENT.test(before)) return { withholds: [[start, end]], said: [before] };
  const from = sentences.slice(0, index).findLastIndex((one) => REMEMBER.test(text.slice(...one))) + 1;
  const first = sentences[from]?.[0] ?? 0;
  const earlier = text.slice(Math.min(first, start), start).trim();
  return earlier === "" || IS_REGRET.test(earlier)
    ? { withholds: [[Math.min(first, start), here[1]]], said: [] }
    : { withholds: [[first, here[1]]], said: [earlier] };
}

/** Where an order ends in its sentence: a clause about something else, ", my cat is Tilly", is none of it. */
function findEndOfThing(words: string, after: string): number {
  const clause = /[,;] (?=(?:I|my|we|our)\b)/i.exec(after);
  const isOther =
    clause !== null &&
    !/^[,;] (?:I|we) (?:don['’]?t|do not|never|hate|would|shouldn['’]?t|didn['’]?t)\b/i.test(
      clause.input.slice(clause.index),
    );
  return isOther ? words.length - after.length + clause.index : words.length;
}

const MALE =
  /\b(?:brother|son|husband|father|dad|uncle|nephew|boyfriend|grandfather|grandad|grandpa|grandson|stepson|he|his)\b/i;
const FEMALE =
  /\b(?:sister|daughter|wife|mother|mum|mom|aunt|auntie|niece|girlfriend|grandmother|gran|grandma|granddaughter|stepdaughter|she|her)\b/i;
/** A name is no place behind "in", no owner before "'s", and no thing behind its article. */
const NAMED =
  /(?<![\p{L}'’])(?<!\b(?:in|at|from|near|to|around|outside|for|on|the|an?|of) )\p{Lu}[\p{Ll}]+(?:-\p{Lu}\p{Ll}+)*(?![\p{L}]|['’]s\b)/gu;
const NO_NAME =
  /^(?:I|My|Our|We|He|She|They|The|It|And|But|So|Please|Sorry|Hi|Hey|Hello|Mr|Mrs|Ms|Dr|Yes|No|Also|Her|His|Their|That|This|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$/;

/** Whom a sentence names last that a pronoun may mean, or all for "their"; nobody where it speaks of the other sex alone. */
export function findNamed(sentence: string, whose: Pronoun): string[] {
  const [other, own] = whose === "her" ? [MALE, FEMALE] : [FEMALE, MALE];
  const names = (sentence.match(NAMED) ?? []).filter((name) => !NO_NAME.test(name));
  if (whose === "their") return names;
  return other.test(sentence) && !own.test(sentence) ? [] : names.slice(-1);
}

/** "My ex's name and her phd, I don't want to see it": one thing after the other, without the reason. */
function listThings(after: string): string[] {
  const [about = ""] = after.replace(INTRODUCES, "").replace(FROM_MEMORY, "").split(REASON);
  const named = /^(?:the names? (?:of )?)(?<name>\p{Lu}\p{L}+)$|^(?<owner>\p{Lu}\p{L}+)['’]s? names?$/u.exec(
    about.trim(),
  )?.groups;
  if (named) return [named.name ?? named.owner ?? ""];
  const things = about.split(/,? and (?:that )?(?=(?:I|my|our|her|his|their|the|we)\b)/i).map((thing) => thing.trim());
  return things.filter((thing) => /\p{L}/u.test(thing));
}

/** Whether a sentence has the words that a thing is told from others by. */
function hasWords(sentence: string, thing: string): boolean {
  const words =
    thing
      .toLowerCase()
      .match(/\p{L}{4,}/gu)
      ?.filter((word) => !/^(?:that|this|have|with|about|from|they|were|been|what|thing)$/.test(word)) ?? [];
  const told = sentence.toLowerCase();
  return words.length > 0 && words.every((word) => told.includes(word.slice(0, Math.max(4, word.length - 2))));
}

/** What sounds like an order and is none: a question how to, a condition, what one recalls, and a topic that is dropped. */
function isNoOrder(words: string): boolean {
  return (
    DROPS_TOPIC.test(words) ||
    /\bso (?:just |please )?forget (?:about )?the \p{L}+\W*$/iu.test(words) ||
    /^\W*(?:if|when|once|unless)\b/i.test(words) ||
    (/\?\W*$/.test(words) && !/\b(?:can|could|would|will) (?:you|u)\b/i.test(words)) ||
    /\bremember\b[^.!?,;]* (?:much|well|clearly|exactly|anything|any more)\b/i.test(words)
  );
}

const REMEMBER =
  /(?<!n['’]t |not |never )\bremember (?:that|this)\b|\b(?:forget|remember|store|save|record|memory)\b.*(?:that|this|it)\W*$/i;

/** Somebody speaks of themselves: what is told, and not only that it was too much. */
const IS_STATEMENT =
  /\b(?:I|my|we|our|mine|I['’]?(?:m|ve|d|ll))\b(?! (?:just |already )?(?:said|told|wrote|mean|meant|mentioned|shouldn['’]?t|want|would|wish|ask|withdraw)\b)(?!['’]d (?:rather|prefer|like)\b)/i;

/** "Forget it, I'll call", "forget the movie, let's book dinner": the matter is dropped, and nothing is asked of memory. */
const DROPS_TOPIC =
  /^\W*(?:(?:oh|ah|ok|okay|well|no|actually|never ?mind)\W+)*(?:just )?forget (?:about )?(?:it\b(?! please)|(?:that|this|the \p{L}+)(?: \p{L}+)?[,.;!-]+ ?(?:let['’]?s|let us|what about|how about|can you|could you|instead|we['’]?ll|I['’]?ll|show me|tell me|give me)\b)/iu;

/** Words that only say that something was too much to tell: what is meant stands before them. */
const IS_REGRET =
  /^(?:\W|\b(?:sorry|oops|oh|ah|wait|no|actually|hmm|hm|well|ok|okay|that|this|it|was|is|were|too|so|very|much|personal|private|embarrassing|stupid|my|bad|mistake|i|shouldn['’]?t|should|not|have|['’]ve|said|told|you|mentioned|written|sent|thanks|please)\b)+$/i;

/** "Her name", "their names, please": of whoever the sentence before is about. */
const OF_SOMEBODY = /^\W*(?<whose>his|her|their) (?:\p{L}+ )?(?:sur|nick|last|first)?names?\b/iu;

const SAYING =
  "(?:just |have |had |['’]ve |['’]d |ever )*(?:said|told you|tell you|wrote|mentioned|shared|sent|posted)";
const ENDS_ORDER =
  "(?=\\W*$|\\W*[,.;!?)]|\\W+(?:please|pls|again|ever|thanks|thank|ok|okay|anywhere|for|about me|down|from|in (?:your|the|my)|to my|remembered|stored|saved|kept|either|at all|though|yesterday|before|earlier|today)\\b)";

/** The order names nothing of its own: "that", "what I just told you", "my last message". */
const POINTS = new RegExp(
  `^\\W*(?:$|(?:(?:any of |all of )?(?:it|that|this|these|those)(?: (?:last|previous))?(?: (?:bit|part|message|one|thing))?|(?:everything |all |what |anything )?(?:that )?I ?${SAYING}(?: (?:it|that|this|anything))?|(?:my |the |that )?(?:last|previous)(?: two| three| few)? (?:message|sentence|thing|bit|part|one)s?(?: I ${SAYING})?)${ENDS_ORDER})`,
  "i",
);
/** It points at what follows: "this. I was fired", "the following:", "what I say next". */
const POINTS_AHEAD =
  /^\W*(?:this(?: next (?:bit|part|thing))?|the (?:following|next (?:bit|part|thing)|rest)|what (?:follows|comes next|I (?:say|tell you|write)(?: next| now)?))\W*$/i;

/** What leads to the words that an order is about. */
const INTRODUCES = new RegExp(
  `^\\W*(?:(?:the fact )?that |(?:what|everything|anything|all) (?:that )?(?:I ?${SAYING}|you know|you remember) (?:about )?|(?:everything |anything |all |any |the (?:thing|part|bit) )?about |what |this\\W+)*`,
  "i",
);

const FROM_MEMORY =
  / (?:from|in|out of|to) (?:your |the |my )?(?:memor(?:y|ies)|notes?|records?|files?|system|profile|account)\b|(?<=\p{L} )(?:thing|stuff|business|matter|story|part|bit|issue)\b/iu;
/** Where the reason begins. */
const REASON = /[,;(–—]| - | (?:because|since|as it|as that|so that|cause|but|not the)\b|[.!?]/i;

const REMEMBER_VERB = "(?:remember|rember|remeber|rememeber|remmember|memori[sz]e|keep in mind)";
const OBJECT =
  "(?= (?:that|it|what|any|anything|my|our|i|me|those|these|(?:his|her|their|the) (?:\\p{L}+ )?(?:sur)?names?)\\b| \\p{Lu}\\p{L}+['’]s? names?\\b| this\\b(?! \\w)|\\W*$)";
/** What is kept may be a thing as well, "don't save the file": only what is said is meant here. */
const KEEP = `(?:${REMEMBER_VERB}|(?:store|save|record|write down|note|log)${OBJECT}|keep (?:a |any )?(?:records?|notes?|track) of|(?:keep|put|add)(?= (?:that|it|this|my \\p{L}+|what I said) (?:in|on|to|as part of) (?:your|my|the) (?:memory|notes?|profile|records?|file|system)))`;
/** "Don't remember what it's called" leaves out its "I": who asks to forget something says what of theirs. */
const NOT_RECALLED =
  "(?! (?:what it|where|when|who|how|which|why|exactly|much|if|whether|the (?:name|title|details))\\b)";
const BEGINS =
  "(?<=^\\W*|[.!?,;:\\n(]\\s*|\\b(?:please|pls|plz|and|but|so|kindly|just|also|oops|sorry|actually|now|then|you|u|do|must|should) )";
const FORGET = "(?:forget|froget|fogret|forgte|unremember)";
const FORGOTTEN =
  "(?= (?:(?:that|this|what|about|it|my|our|i|the|(?:his|her|their) (?:\\p{L}+ )?(?:sur)?names?|everything (?:i|about|you know about)|anything|all (?:i|about)|where i|how old|who)\\b|\\p{L}+\\W*$|\\p{L}+['’]s? names?\\b))";
const TOLD_TO_MEMORY =
  "(?:memory|memories|record|records|notes|profile|i (?:just |ever )?(?:said|told|wrote|mentioned|shared))";
/**
 * "Don't remember that …" asks for the opposite of "don't forget that …", where it is an order; "I don't remember" only says
 * what somebody has forgotten.
 */
const NOT_TO_KEEP = new RegExp(
  [
    `${BEGINS}(?:do not|don['’]?t|dont|never) (?:ever )?${KEEP}${NOT_RECALLED}`,
    `\\byou (?:must|should|can)(?: not|n['’]?t) ${KEEP}\\b`,
    `\\b(?:rather|prefer|like|want|ask) (?:it )?(?:if )?(?:that )?you (?:did not|didn['’]?t|do not|don['’]?t|not|not to) ${KEEP}\\b`,
    `\\b(?:do not|don['’]?t|didn['’]?t) (?:want|like) you to ${KEEP}\\b`,
    `\\b(?:you (?:do not|don['’]?t) (?:need|have) to|no need to|not necessary to) ${KEEP}\\b`,
    `\\b(?:make sure|ensure)(?: that)? you (?:do not|don['’]?t|never) ${KEEP}\\b`,
    `\\b(?:rather|prefer(?: it)? if) you (?:forgot|${FORGET})\\b`,
    `\\b(?:like|want|need|ask|would you mind) (?:you )?(?:to )?(?:please )?(?:${FORGET}|forgetting)${FORGOTTEN}`,
    `(?<!\\b(?:I|we|they|he|she|not|n['’]t|never|always|often|people|let['’]?s|to) )${BEGINS}(?:please )?${FORGET}${FORGOTTEN}`,
    `\\byou (?:must|should|can|could|may|will|would) (?:please )?${FORGET}${FORGOTTEN}`,
    `${BEGINS}(?:delete|erase|remove|wipe|drop|strike|scrub)(?= [^.!?]*\\b${TOLD_TO_MEMORY}\\b)`,
    "\\b(?:should ?n['’]?t|should not|must ?n['’]?t|must not) be (?:remembered|stored|saved|kept|recorded)\\b",
    "\\b(?:not for (?:your|the) (?:memory|records?|notes)|off the record)\\b",
  ].join("|"),
  "iu",
);
