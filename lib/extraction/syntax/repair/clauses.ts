import type { Token } from "#lib/extraction/syntax/token.ts";

/** "Anna and I got married": both are the subject, where the parser joined the verb to the first. */
export function joinSubjects(tokens: Token[], at: number): void {
  const [joint, pronoun] = [tokens[at - 1], tokens[at]];
  const verb = tokens[pronoun?.head ?? -1];
  const other = tokens[verb?.head ?? -1];
  if (!joint || !pronoun || !verb || !other || joint.text.toLowerCase() !== "and") return;
  const place = verb.head;
  const isJoined =
    verb.relation === "conj" && pronoun.relation.startsWith("nsubj") && /^(?:NOUN|PROPN)$/.test(other.upos);
  // "I'm an optician and I would like a text" says two things of one subject.
  if (tokens.some(({ head, relation }) => head === place && /^(?:cop|nsubj)/.test(relation))) return;
  const isNear = tokens.slice(place + 1, at - 1).every(({ head }) => head === place);
  if (!isJoined || !isNear || place >= at || !/^(?:root|nsubj|parataxis)/.test(other.relation)) return;
  Object.assign(verb, { head: other.head, relation: other.relation });
  Object.assign(other, { head: pronoun.head, relation: pronoun.relation });
  Object.assign(pronoun, { head: place, relation: "conj" });
  Object.assign(joint, { head: at, relation: "cc" });
}

/** "I got hired", where the parser hung the verb on the pronoun: the verb takes its place, and it is the subject. */
export function takeVerbsPlace(tokens: Token[], at: number): void {
  const pronoun = tokens[at];
  const verb = tokens.findIndex(
    ({ head, upos, relation }, place) =>
      place > at && head === at && upos === "VERB" && /^(?:acl|advcl|advmod|appos|xcomp)$/.test(relation),
  );
  const found = tokens[verb];
  if (!pronoun || !found || tokens.slice(at + 1, verb).some(({ upos }) => !/^(?:ADV|AUX|PART|PUNCT)$/.test(upos)))
    return;
  Object.assign(found, { head: pronoun.head, relation: pronoun.relation });
  Object.assign(pronoun, { head: verb, relation: "nsubj" });
  for (const other of tokens) if (other !== pronoun && other.head === at) other.head = verb;
}

/** "I live in Leeds and work at Acme", where the parser took the second verb for a noun's part of the first clause. */
export function joinVerb(tokens: Token[], at: number): void {
  const verb = tokens[at];
  const isJoined = /^(?:and|but)$/i.test(tokens[at - 1]?.text ?? "") && tokens[at - 1]?.head === at;
  if (verb?.upos !== "VERB" || !isJoined || !/^(?:obl|obj|nmod|advmod)$/.test(verb.relation)) return;
  const first = tokens[verb.head];
  if (first?.upos !== "VERB" || verb.head > at) return;
  for (const [place, other] of tokens.entries())
    if (place > at && other.head === verb.head && /^(?:obl|obj|advmod|nmod)/.test(other.relation)) other.head = at;
  verb.relation = "conj";
}

/** "We gave up on the windows, moved to Varaždin in May", where the parser hangs the second verb on a noun: it is said of "we". */
export function joinBehindComma(tokens: Token[], at: number): void {
  const verb = tokens[at];
  if (verb?.xpos !== "VBD" || verb.relation !== "acl:relcl" || tokens[at - 1]?.text !== ",") return;
  const root = tokens.findIndex(({ head }) => head < 0);
  if (root > at || tokens.some(({ head, relation }) => head === at && /^nsubj/.test(relation))) return;
  Object.assign(verb, { head: root, relation: "conj" });
}

/** "Left the nursery in April, I'm a childminder now": a clause with a subject and no conjunction stands for itself. */
export function freeBehindComma(tokens: Token[], at: number): void {
  const clause = tokens[at];
  const own = tokens.flatMap(({ head }, place) => (head === at ? [place] : []));
  const begin = own[0] ?? at;
  const subject = tokens[begin]?.text === "," ? begin + 1 : begin;
  const has = (relation: RegExp) => own.some((place) => relation.test(tokens[place]?.relation ?? ""));
  const isClause =
    clause?.relation === "advcl" && clause.head < at && has(/^nsubj/) && (has(/^cop/) || clause.upos === "VERB");
  const isBehindComma = tokens[subject - 1]?.text === "," && NOMINATIVE.test(tokens[subject]?.text ?? "");
  if (clause && isClause && isBehindComma && !has(/^mark/)) clause.relation = "parataxis";
}

const NOMINATIVE = /^(?:I|he|she|we|they)$/i;

/** "I gave up on Korean in February, the grammar broke me", where the parser draws the time over to what follows the comma. */
export function keepBeforeComma(tokens: Token[], at: number): void {
  const phrase = tokens[at];
  const verb = tokens[phrase?.head ?? -1];
  if (!phrase || !verb || phrase.head < at || !/^obl/.test(phrase.relation)) return;
  const comma = tokens.findIndex(({ text }, place) => place > at && text === ",");
  const own = tokens.findLastIndex(({ upos }, place) => place < at && upos === "VERB");
  const isBefore = tokens[own]?.head === phrase.head && /^(?:advcl|ccomp|parataxis)/.test(tokens[own]?.relation ?? "");
  const isBare = !tokens.some(({ head, relation }) => head === own && relation === "mark");
  if (isBefore && isBare && comma > at && comma < phrase.head) phrase.head = own;
}

/** "I'm not vegetarian any more, I'm pescatarian", where the parser draws the "more" over to what follows the comma. */
export function keepAnyMore(tokens: Token[], at: number): void {
  const [more, comma] = [tokens[at], tokens[at + 1]];
  const isDrawn = more !== undefined && /^(?:more|longer|anymore)$/i.test(more.text) && more.head > at + 1;
  const denied = tokens.findLast(({ text }, place) => place < at && /^(?:not|n['’]t)$/i.test(text));
  if (isDrawn && comma?.text === "," && denied && denied.head < at)
    Object.assign(more, { head: denied.head, relation: "advmod" });
}

/** "Retired since 1 April and I still wake up at three", where the parser draws the time over to the clause behind the "and". */
export function keepBeforeJoint(tokens: Token[], at: number): void {
  const [joint, pronoun] = [tokens[at - 1], tokens[at]];
  const place = pronoun?.head ?? -1;
  const verb = tokens[place];
  const root = tokens.findIndex(({ head }) => head < 0);
  const isClause = pronoun?.relation.startsWith("nsubj") && root < at && place > at;
  if (!verb || !isClause || !/^(?:and|but)$/i.test(joint?.text ?? "")) return;
  // "Upgraded to the Business plan today but I still can't add a user."
  for (const [one, other] of tokens.entries())
    if (one > root && one < at - 1 && other.head === place && /^obl/.test(other.relation)) other.head = root;
  if (verb.relation !== "advcl") return;
  const drawn = [...tokens.keys()].filter((one) => tokens[one]?.head === place && one < at - 1 && one > root);
  const [mark, phrase] = drawn.flatMap((one) => tokens[one] ?? []);
  if (!mark || !phrase || drawn.length !== 2 || mark.relation !== "mark") return;
  Object.assign(mark, { head: drawn[1], relation: "case" });
  Object.assign(phrase, { head: root, relation: "obl" });
  Object.assign(verb, { head: root, relation: "conj" });
  Object.assign(joint ?? {}, { head: place, relation: "cc" });
}

/** "My phone is a OnePlus 8 and the screen flickers", where the parser makes one noun of the second clause and of all before it. */
export function partClauses(tokens: Token[]): void {
  const root = tokens.findIndex(({ head }) => head < 0);
  const verb = tokens[root];
  const joint = tokens.findIndex(({ text, head }, at) => head === root && at < root && /^and$/i.test(text));
  const copula = tokens.findIndex(({ relation, head }) => head === root && relation === "cop");
  const noun = tokens.findLastIndex(
    ({ head, upos }, at) => at < joint && head === root && /^(?:NOUN|PROPN)$/.test(upos),
  );
  const [article, subject] = [tokens[joint + 1], tokens[root - 1]];
  const isClause =
    verb?.xpos === "NNS" && article?.upos === "DET" && subject?.relation === "compound" && root - joint < 5;
  if (!verb || !isClause || joint < 0 || copula < 0 || copula > joint || noun < copula) return;
  for (const [at, other] of tokens.entries()) if (at < joint && other.head === root) other.head = noun;
  Object.assign(tokens[noun] ?? {}, { head: -1, relation: "root" });
  Object.assign(verb, { head: noun, relation: "conj", upos: "VERB", xpos: "VBZ" });
  subject.relation = "nsubj";
  for (const [at, other] of tokens.entries())
    if (at > joint && at < root - 1 && other.head === root) other.head = root - 1;
}

/**
 * "The router does nothing since I moved", where the parser takes the verb for a helper of the one behind the "since": "does" helps
 * no verb that stands in the past itself.
 */
export function makeVerbOfHelper(tokens: Token[], at: number): void {
  const helper = tokens[at];
  const place = helper?.head ?? -1;
  const verb = tokens[place];
  const mark = tokens.findIndex(({ head, relation }, one) => head === place && relation === "mark" && one > at);
  const isHelper = helper?.relation === "aux" && /^(?:do|does)$/i.test(helper.text);
  if (!helper || !verb || !isHelper || verb.xpos !== "VBD" || mark < 0 || mark > place) return;
  Object.assign(helper, { head: verb.head, relation: verb.relation, upos: "VERB" });
  Object.assign(verb, { head: at, relation: "advcl" });
  for (const [one, other] of tokens.entries()) {
    if (other.head !== place || one >= mark || one === at) continue;
    other.head = at;
    if (one > at && other.relation.startsWith("nsubj")) other.relation = "obj";
  }
}

/** "Had to say goodbye", where the parser makes the "to" a verb of its own: it belongs to the infinitive. */
export function raiseInfinitive(tokens: Token[], at: number): void {
  const [to, verb] = [tokens[at], tokens[at + 1]];
  if (to?.xpos !== "TO" || verb?.xpos !== "VB" || verb.head !== at) return;
  Object.assign(verb, { head: to.head, relation: to.relation });
  Object.assign(to, { head: at + 1, relation: "mark" });
}

/** "Biscuit died on Friday", where the parser takes the name for an order or an adverb. */
export function makeSubjectOfFirst([name, verb]: Token[]): void {
  if (name === undefined || !/^\p{Lu}\p{Ll}+$/u.test(name.text) || !/^VB[DZ]$/.test(verb?.xpos ?? "")) return;
  const isOrder = name.upos === "VERB" && name.head < 0 && verb?.head === 0 && verb.relation === "xcomp";
  const isAdverb = name.upos === "ADV" && name.head === 1 && verb?.relation === "root" && !ADVERB.test(name.text);
  if (!verb || !(isOrder || isAdverb)) return;
  Object.assign(name, { upos: "PROPN", xpos: "NNP", head: 1, relation: "nsubj" });
  Object.assign(verb, { head: -1, relation: "root" });
}

const ADVERB =
  /ly$|^(?:then|now|also|just|still|later|soon|never|always|often|once|even|already|almost|maybe|perhaps|not|so|yesterday|today|tonight|tomorrow|here|there|again|back|up|down|out|everywhere|somehow|sometimes|instead|meanwhile|however|thus|hence|anyway|afterwards|long|far|yet|too|well)$/i;

/** "Relocated to Ghent": who leaves out "I" begins with a verb, not with a quality. */
export function makeVerbOfFirst(tokens: Token[]): void {
  const [first, next] = tokens;
  const noun = tokens[first?.head ?? -1];
  const isOfTime = first?.relation === "amod" && /^(?:last|this|early|late)$/i.test(next?.text ?? "");
  // "Retired last spring", where the parser makes it a quality of the spring.
  if (first && noun?.head === -1 && isOfTime && /\p{Ll}ed$/u.test(first.text)) {
    Object.assign(noun, { head: 0, relation: "obl:unmarked" });
    Object.assign(first, { head: -1, relation: "root", upos: "VERB", xpos: "VBD" });
  }
  if (
    first?.upos === "ADJ" &&
    first.head < 0 &&
    /\p{Ll}ed$/u.test(first.text) &&
    /^(?:ADP|ADV)$/.test(next?.upos ?? "")
  )
    Object.assign(first, { upos: "VERB", xpos: "VBD" });
}

/** "Left Bellini's on Friday", where the parser takes the verb for a part of the name. */
export function makeVerbOfName(tokens: Token[]): void {
  const [verb, name] = tokens;
  const root = tokens.findIndex(({ head }) => head < 0);
  const isVerb = verb?.upos === "PROPN" && /^(?:Left|Quit|Sold|Joined|Bought|Moved)$/.test(verb.text);
  if (
    !verb ||
    !isVerb ||
    name?.upos !== "PROPN" ||
    root === 0 ||
    tokens.some(({ upos }) => /^(?:VERB|AUX)$/.test(upos))
  )
    return;
  Object.assign(tokens[root] ?? {}, { head: 0, relation: "obl" });
  Object.assign(verb, { head: -1, relation: "root", upos: "VERB", xpos: "VBD" });
  Object.assign(name, { head: 0, relation: "obj" });
  if (tokens[2]?.xpos === "POS") tokens[2].head = 1;
}

/** "Work part time at a bank", where the parser hangs the place on "part time". */
export function passOnPlace(tokens: Token[], at: number): void {
  const time = tokens[at];
  if (time?.text.toLowerCase() !== "time" || !/^(?:part|full)$/i.test(tokens[at - 1]?.text ?? "")) return;
  let moved = -1;
  for (const [place, other] of tokens.entries()) {
    if (place <= at || (other.head !== at && other.head !== at - 1)) continue;
    if (/^(?:nmod|obl)$/.test(other.relation)) {
      Object.assign(other, { head: time.head, relation: "obl" });
      moved = place;
    } else if (moved > 0 && /^acl/.test(other.relation)) other.head = moved;
  }
}

/** "Vegetarian and allergic to nuts": what stands behind the second adjective belongs to it. */
export function keepWithAdjective(tokens: Token[], at: number): void {
  const phrase = tokens[at];
  const marker = tokens.findIndex(({ head, relation }) => head === at && relation === "case");
  const adjective = tokens[marker - 1];
  if (!phrase || !/^(?:obl|nmod)$/.test(phrase.relation) || marker < 0 || adjective?.upos !== "ADJ") return;
  if (adjective.relation === "conj" && adjective.head === phrase.head) phrase.head = marker - 1;
}
