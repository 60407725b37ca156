import type { Token } from "#lib/extraction/syntax/token.ts";

/** Pronouns in the nominative are subjects, whatever the parser makes of them. */
const NOMINATIVE = /^(?:I|he|she|we|they)$/i;

/** Mends what greedy parsing leaves of sentences about "I": every verb gets its subject. */
export function repairSubjects(tokens: readonly Token[]): Token[] {
  const mended = tokens.map((token) => ({ ...token }));
  for (const token of mended)
    if (token.upos === "PRON" && !isPronoun(token)) Object.assign(token, { upos: "PROPN", xpos: "NNP" });
  makeSubjectOfFirst(mended);
  makeVerbOfFirst(mended);
  makeVerbOfName(mended);
  partClauses(mended);
  for (const at of mended.keys()) {
    if (!NOMINATIVE.test(mended[at]?.text ?? "")) continue;
    takeVerbsPlace(mended, at);
    joinSubjects(mended, at);
    joinBesideName(mended, at);
    joinWithBare(mended, at);
    keepBeforeJoint(mended, at);
  }
  for (const at of mended.keys()) {
    joinVerb(mended, at);
    joinListed(mended, at);
  }
  for (const at of mended.keys()) {
    freeFromChatWord(mended, at);
    passOnPlace(mended, at);
    keepWithAdjective(mended, at);
    raiseName(mended, at);
    joinName(mended, at);
    raiseInfinitive(mended, at);
    makeNounOfObject(mended, at);
    freeFromDay(mended, at);
    makeQuality(mended, at);
    partAtPreposition(mended, at);
    joinBehindComma(mended, at);
  }
  return mended;
}

/** "Thandiwe", which the tagger has never seen, is no pronoun. */
function isPronoun({ text }: Token): boolean {
  return !/^\p{Lu}\p{Ll}{4,}$/u.test(text) || PRONOUN.test(text);
}

const PRONOUN =
  /^(?:\p{L}+(?:self|selves)|these|those|there|their|theirs|yours|which|whose|whom|someone|somebody|something|anyone|anybody|anything|everyone|everybody|everything|nobody|nothing|none|other|others|another|whoever|whatever|whichever|y['’]?all)$/iu;

/** What people add to their sentences in chats: it belongs to no name and no noun. */
const CHAT_WORD = /^(?:atm|rn|tbh|imo|imho|btw|lol|lmao|haha+|irl|fyi|idk|ngl|tho|thx|pls|plz|omg)$/i;

/** Whether a word is one that people add to their sentences in chats. */
export function isChatWord(word: string): boolean {
  return CHAT_WORD.test(word);
}

/** "Learning Rust atm", where the parser makes "Rust" a part of "atm". */
function freeFromChatWord(tokens: Token[], at: number): void {
  const [noun, word] = [tokens[at - 1], tokens[at]];
  if (!noun || !word || !CHAT_WORD.test(word.text) || noun.head !== at || !/^(?:NOUN|PROPN|ADJ)$/.test(noun.upos))
    return;
  Object.assign(noun, { head: word.head, relation: word.relation });
  Object.assign(word, { head: at - 1, relation: "discourse", upos: "INTJ", xpos: "UH" });
  for (const [place, other] of tokens.entries()) if (place !== at && other.head === at) other.head = at - 1;
}

/** "Work part time at a bank", where the parser hangs the place on "part time". */
function passOnPlace(tokens: Token[], at: number): void {
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
function keepWithAdjective(tokens: Token[], at: number): void {
  const phrase = tokens[at];
  const marker = tokens.findIndex(({ head, relation }) => head === at && relation === "case");
  const adjective = tokens[marker - 1];
  if (!phrase || !/^(?:obl|nmod)$/.test(phrase.relation) || marker < 0 || adjective?.upos !== "ADJ") return;
  if (adjective.relation === "conj" && adjective.head === phrase.head) phrase.head = marker - 1;
}

/** "My router is a FritzBox 7590", where the parser finds no predicate: it is the name behind "is". */
function raiseName(tokens: Token[], at: number): void {
  const [noun, copula] = [tokens[at], tokens[at + 1]];
  const isSubject =
    noun?.relation === "root" && noun.upos === "NOUN" && tokens[at - 1]?.relation.startsWith("nmod:poss");
  const isCopula = copula !== undefined && copula.head === at && /^(?:is|['’]s|was|are)$/i.test(copula.text);
  const article = tokens[at + 2]?.upos === "DET" ? at + 2 : -1;
  const name = tokens.findIndex(({ upos }, place) => place > at + 1 && upos === "PROPN");
  const raised = tokens[name];
  if (!noun || !isSubject || !isCopula || !raised || name > Math.max(article, at + 1) + 2) return;
  if (tokens.some(({ upos }) => upos === "VERB")) return;
  Object.assign(raised, { head: -1, relation: "root" });
  Object.assign(noun, { head: name, relation: "nsubj" });
  Object.assign(copula, { head: name, relation: "cop" });
  if (tokens[article]) Object.assign(tokens[article], { head: name, relation: "det" });
  for (const [place, other] of tokens.entries()) if (other.head === at && place > at + 1) other.head = name;
}

/** "My girlfriend Linda and I": the pronoun is joined to whom the name is of. */
function joinBesideName(tokens: Token[], at: number): void {
  const [pronoun, name] = [tokens[at], tokens[tokens[at]?.head ?? -1]];
  if (pronoun?.relation === "conj" && name?.relation === "appos") pronoun.head = name.head;
}

/** "Since my girlfriend Linda and I split up", where the parser takes the first of two subjects for a circumstance. */
function joinWithBare(tokens: Token[], at: number): void {
  const [before, joint, pronoun] = [tokens[at - 2], tokens[at - 1], tokens[at]];
  const place = before?.relation === "appos" ? before.head : at - 2;
  const noun = tokens[place];
  const isBare = !tokens.some(({ head, relation }) => head === place && relation === "case");
  if (!joint || !pronoun || !noun || joint.text.toLowerCase() !== "and" || !pronoun.relation.startsWith("nsubj"))
    return;
  if (noun.head !== pronoun.head || noun.relation !== "obl" || !isBare) return;
  noun.relation = pronoun.relation;
  Object.assign(pronoun, { head: place, relation: "conj" });
  Object.assign(joint, { head: at, relation: "cc" });
}

/** "Had to say goodbye", where the parser makes the "to" a verb of its own: it belongs to the infinitive. */
function raiseInfinitive(tokens: Token[], at: number): void {
  const [to, verb] = [tokens[at], tokens[at + 1]];
  if (to?.xpos !== "TO" || verb?.xpos !== "VB" || verb.head !== at) return;
  Object.assign(verb, { head: to.head, relation: to.relation });
  Object.assign(to, { head: at + 1, relation: "mark" });
}

/** "I eat fish again", "I play squash twice a week", where the parser takes the object for a verb. */
function makeNounOfObject(tokens: Token[], at: number): void {
  const [verb, object] = [tokens[at - 1], tokens[at]];
  if (!object || verb?.upos !== "VERB" || object.head !== at - 1 || !/^VBP?$/.test(object.xpos)) return;
  const own = tokens.filter(({ head }) => head === at);
  const isClause = object.relation === "ccomp" && /^(?:play|eat|drink|love|like|hate)$/i.test(verb.text);
  if (
    object.relation !== "obj" &&
    !(isClause && own.every(({ relation }) => /^(?:advmod|obl|conj|punct)/.test(relation)))
  )
    return;
  Object.assign(object, { upos: "NOUN", xpos: "NN", relation: "obj" });
  for (const other of own) if (/^(?:advmod|obl)/.test(other.relation)) other.head = at - 1;
}

/** "My phone is a OnePlus 8 and the screen flickers", where the parser makes one noun of the second clause and of all before it. */
function partClauses(tokens: Token[]): void {
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

/** "Just me, my wife Ioana and the kids", where the parser makes a quality or a call of what is listed. */
function joinListed(tokens: Token[], at: number): void {
  const noun = tokens[at];
  const isOwned = tokens.some(({ head, relation }) => head === at && relation === "nmod:poss");
  const before = tokens[at - 2]?.text === "," ? at - 3 : -1;
  if (noun?.upos !== "NOUN" || !isOwned || !/^(?:amod|vocative)$/.test(noun.relation) || before < 0) return;
  Object.assign(noun, { head: before, relation: "conj" });
}

/** "Left Bellini's on Friday", where the parser takes the verb for a part of the name. */
function makeVerbOfName(tokens: Token[]): void {
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

/** "I have rheumatoid arthritis", where the tagger takes a quality that it has never seen for a participle. */
function makeQuality(tokens: Token[], at: number): void {
  const [helper, quality, noun] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const isQuality = quality?.xpos === "VBN" && /(?:oid|ous|ic|al|ive)$/.test(quality.text);
  if (!helper || !noun || !isQuality || helper.relation !== "aux" || noun.head !== at || noun.relation !== "obj")
    return;
  for (const other of tokens) if (other.head === at) other.head = at - 1;
  Object.assign(helper, { head: quality.head, relation: quality.relation, upos: "VERB" });
  Object.assign(quality, { head: at + 1, relation: "amod", upos: "ADJ", xpos: "JJ" });
}

/** "I teach PE at a girls' school", where the parser makes one name of what stands on either side of the "at". */
function partAtPreposition(tokens: Token[], at: number): void {
  const [first, last] = [tokens[at], tokens[tokens[at]?.head ?? -1]];
  const between = first ? tokens.slice(at + 1, first.head) : [];
  const isParted = first?.relation === "compound" && first.head > at && between[0]?.relation === "case";
  if (!first || !last || !isParted || last.relation !== "obj") return;
  Object.assign(first, { head: last.head, relation: "obj" });
  last.relation = "obl";
}

/** "We picked up a kitten yesterday", where the parser makes one name of the thing and the day. */
function freeFromDay(tokens: Token[], at: number): void {
  const [thing, day] = [tokens[at - 1], tokens[at]];
  const isJoined = thing?.relation === "compound" && thing.head === at && thing.upos === "NOUN";
  if (!thing || !day || !isJoined || !/^(?:yesterday|today|tonight|tomorrow)$/i.test(day.text)) return;
  if (!day.relation.startsWith("obl") || tokens[day.head]?.upos !== "VERB") return;
  Object.assign(thing, { head: day.head, relation: "obj" });
  for (const other of tokens)
    if (other.head === at && /^(?:det|amod|nmod:poss|nummod)/.test(other.relation)) other.head = at - 1;
}

/** "Retired since 1 April and I still wake up at three", where the parser draws the time over to the clause behind the "and". */
function keepBeforeJoint(tokens: Token[], at: number): void {
  const [joint, pronoun] = [tokens[at - 1], tokens[at]];
  const place = pronoun?.head ?? -1;
  const verb = tokens[place];
  const root = tokens.findIndex(({ head }) => head < 0);
  const isClause = verb?.relation === "advcl" && pronoun?.relation.startsWith("nsubj") && root < at;
  if (!verb || !isClause || !/^(?:and|but)$/i.test(joint?.text ?? "")) return;
  const drawn = [...tokens.keys()].filter((one) => tokens[one]?.head === place && one < at - 1 && one > root);
  const [mark, phrase] = drawn.flatMap((one) => tokens[one] ?? []);
  if (!mark || !phrase || drawn.length !== 2 || mark.relation !== "mark") return;
  Object.assign(mark, { head: drawn[1], relation: "case" });
  Object.assign(phrase, { head: root, relation: "obl" });
  Object.assign(verb, { head: root, relation: "conj" });
  Object.assign(joint ?? {}, { head: place, relation: "cc" });
}

/** "We gave up on the windows, moved to Varaždin in May", where the parser hangs the second verb on a noun: it is said of "we". */
function joinBehindComma(tokens: Token[], at: number): void {
  const verb = tokens[at];
  const root = tokens.findIndex(({ head }) => head < 0);
  const isLoose = verb?.xpos === "VBD" && verb.relation === "acl:relcl" && tokens[at - 1]?.text === ",";
  if (!verb || !isLoose || root > at || tokens.some(({ head, relation }) => head === at && /^nsubj/.test(relation)))
    return;
  Object.assign(verb, { head: root, relation: "conj" });
}

/** "At Mercy Hospitals at weekends", where the parser cuts the name in two: both are one name behind the "at". */
function joinName(tokens: Token[], at: number): void {
  const [first, last] = [tokens[at - 1], tokens[at]];
  const isCut =
    first?.upos === "PROPN" &&
    last?.upos === "PROPN" &&
    first.head === last.head &&
    /^(?:obl|nmod)$/.test(first.relation);
  if (!first || !last || !isCut || last.relation !== "obj") return;
  for (const other of tokens) if (other.head === at - 1) other.head = at;
  last.relation = first.relation;
  Object.assign(first, { head: at, relation: "compound" });
}

/** "Biscuit died on Friday", where the parser takes the name for an order or an adverb. */
function makeSubjectOfFirst([name, verb]: Token[]): void {
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
function makeVerbOfFirst(tokens: Token[]): void {
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

/** "I live in Leeds and work at Acme", where the parser took the second verb for a noun's part of the first clause. */
function joinVerb(tokens: Token[], at: number): void {
  const verb = tokens[at];
  const isJoined = /^(?:and|but)$/i.test(tokens[at - 1]?.text ?? "") && tokens[at - 1]?.head === at;
  if (verb?.upos !== "VERB" || !isJoined || !/^(?:obl|obj|nmod|advmod)$/.test(verb.relation)) return;
  const first = tokens[verb.head];
  if (first?.upos !== "VERB" || verb.head > at) return;
  for (const [place, other] of tokens.entries())
    if (place > at && other.head === verb.head && /^(?:obl|obj|advmod|nmod)/.test(other.relation)) other.head = at;
  verb.relation = "conj";
}

/** "Anna and I got married": both are the subject, where the parser joined the verb to the first. */
function joinSubjects(tokens: Token[], at: number): void {
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
function takeVerbsPlace(tokens: Token[], at: number): void {
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
