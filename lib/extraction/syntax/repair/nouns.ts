import type { Token } from "#lib/extraction/syntax/token.ts";

/** "My router is a FritzBox 7590", where the parser finds no predicate: it is the name behind "is". */
export function raiseName(tokens: Token[], at: number): void {
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

/** "At Mercy Hospitals at weekends", where the parser cuts the name in two: both are one name behind the "at". */
export function joinName(tokens: Token[], at: number): void {
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

/** "My girlfriend Linda and I": the pronoun is joined to whom the name is of. */
export function joinBesideName(tokens: Token[], at: number): void {
  const [pronoun, name] = [tokens[at], tokens[tokens[at]?.head ?? -1]];
  if (pronoun?.relation === "conj" && name?.relation === "appos") pronoun.head = name.head;
}

/** "Since my girlfriend Linda and I split up", where the parser takes the first of two subjects for a circumstance. */
export function joinWithBare(tokens: Token[], at: number): void {
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

/** "Just me, my wife Ioana and the kids", where the parser makes a quality or a call of what is listed. */
export function joinListed(tokens: Token[], at: number): void {
  const noun = tokens[at];
  const before = tokens[at - 2]?.text === "," ? at - 3 : -1;
  if (noun?.upos !== "NOUN" || before < 0 || !/^(?:amod|vocative)$/.test(noun.relation) || !isOwned(tokens, at)) return;
  Object.assign(noun, { head: before, relation: "conj" });
}

/** "My cat Pudding sleeps on my face", where the parser takes the name for a verb and the verb for its object. */
export function nameBesideRole(tokens: Token[], at: number): void {
  const [role, name, verb] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const isName = name?.upos === "VERB" && /^\p{Lu}\p{Ll}+$/u.test(name.text) && role?.relation.startsWith("nsubj");
  if (!role || !name || !isName || role.head !== at || verb?.xpos !== "NNS" || verb.head !== at) return;
  if (!isOwned(tokens, at - 1)) return;
  for (const [place, other] of tokens.entries()) if (place > at + 1 && other.head === at) other.head = at + 1;
  Object.assign(verb, { head: name.head, relation: name.relation, upos: "VERB", xpos: "VBZ" });
  role.head = at + 1;
  Object.assign(name, { head: at - 1, relation: "appos", upos: "PROPN", xpos: "NNP" });
}

function isOwned(tokens: readonly Token[], noun: number): boolean {
  return tokens.some(({ head, relation }) => head === noun && relation === "nmod:poss");
}

/** "My hobby is woodturning now", where the parser takes the hobby for what the hobby does. */
export function makeNounOfHobby(tokens: Token[], at: number): void {
  const doing = tokens[at];
  if (doing?.xpos !== "VBG") return;
  const subject = tokens.find(({ head, relation }) => head === at && relation.startsWith("nsubj"));
  const helper = tokens.find(({ head, relation }) => head === at && relation === "aux");
  const isHobby = /^(?:hobby|passion|pastime|obsession)$/i.test(subject?.text ?? "");
  if (!isHobby || !helper || !/^(?:is|['’]s)$/i.test(helper.text)) return;
  helper.relation = "cop";
  Object.assign(doing, { upos: "NOUN", xpos: "NN" });
}

/** "I eat fish again", "I play squash twice a week", where the parser takes the object for a verb. */
export function makeNounOfObject(tokens: Token[], at: number): void {
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

/** "I have rheumatoid arthritis", where the tagger takes a quality that it has never seen for a participle. */
export function makeQuality(tokens: Token[], at: number): void {
  const [helper, quality, noun] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const isQuality = quality?.xpos === "VBN" && /(?:oid|ous|ic|al|ive)$/.test(quality.text);
  if (!helper || !noun || !isQuality || helper.relation !== "aux" || noun.head !== at || noun.relation !== "obj")
    return;
  for (const other of tokens) if (other.head === at) other.head = at - 1;
  Object.assign(helper, { head: quality.head, relation: quality.relation, upos: "VERB" });
  Object.assign(quality, { head: at + 1, relation: "amod", upos: "ADJ", xpos: "JJ" });
}

/** "I teach PE at a girls' school", where the parser makes one name of what stands on either side of the "at". */
export function partAtPreposition(tokens: Token[], at: number): void {
  const [first, last] = [tokens[at], tokens[tokens[at]?.head ?? -1]];
  const isParted = first?.relation === "compound" && first.head > at + 1 && tokens[at + 1]?.relation === "case";
  if (!first || !last || !isParted || last.relation !== "obj") return;
  Object.assign(first, { head: last.head, relation: "obj" });
  last.relation = "obl";
}

/** "We picked up a kitten yesterday", where the parser makes one name of the thing and the day. */
export function freeFromDay(tokens: Token[], at: number): void {
  const [thing, day] = [tokens[at - 1], tokens[at]];
  const isJoined = thing?.relation === "compound" && thing.head === at && thing.upos === "NOUN";
  if (!thing || !day || !isJoined || !/^(?:yesterday|today|tonight|tomorrow)$/i.test(day.text)) return;
  if (!day.relation.startsWith("obl") || tokens[day.head]?.upos !== "VERB") return;
  Object.assign(thing, { head: day.head, relation: "obj" });
  for (const other of tokens)
    if (other.head === at && /^(?:det|amod|nmod:poss|nummod)/.test(other.relation)) other.head = at - 1;
}

/** What people add to their sentences in chats: it belongs to no name and no noun. */
const CHAT_WORD = /^(?:hurrah|hooray|yay|atm|rn|tbh|imo|imho|btw|lol|lmao|haha+|irl|fyi|idk|ngl|tho|thx|pls|plz|omg)$/i;

/** Whether a word is one that people add to their sentences in chats. */
export function isChatWord(word: string): boolean {
  return CHAT_WORD.test(word);
}

/** "Learning Rust atm", where the parser makes "Rust" a part of "atm". */
export function freeFromChatWord(tokens: Token[], at: number): void {
  const [noun, word] = [tokens[at - 1], tokens[at]];
  if (!noun || !word || !CHAT_WORD.test(word.text) || noun.head !== at || !/^(?:NOUN|PROPN|ADJ)$/.test(noun.upos))
    return;
  Object.assign(noun, { head: word.head, relation: word.relation });
  Object.assign(word, { head: at - 1, relation: "discourse", upos: "INTJ", xpos: "UH" });
  for (const [place, other] of tokens.entries()) if (place !== at && other.head === at) other.head = at - 1;
}

/** What stands at the end of a clause and belongs to its verb. */
const LATE_ADVERB = /^(?:now|though|again|already|anyway|too|anymore)$/i;

/** "I have an iPhone 15 now", where the parser makes the thing a part of the adverb. */
export function freeFromAdverb(tokens: Token[], at: number): void {
  const [thing, adverb] = [tokens[at - 1], tokens[at]];
  if (!thing || !adverb || adverb.upos !== "ADV" || !LATE_ADVERB.test(adverb.text) || thing.head !== at) return;
  if (!/^(?:NOUN|PROPN|NUM)$/.test(thing.upos) || tokens[adverb.head]?.upos !== "VERB") return;
  Object.assign(thing, { head: adverb.head, relation: "obj" });
  for (const [place, other] of tokens.entries()) if (place < at && other.head === at) other.head = at - 1;
}

/** "Allergic to latex though", where the tagger takes a thing that it has never seen for a quality. */
export function makeNounBehindPreposition(tokens: Token[], at: number): void {
  const [marker, thing] = [tokens[at - 1], tokens[at]];
  const isBare = thing?.upos === "ADJ" && thing.xpos === "JJ" && /^(?:obl|nmod)$/.test(thing.relation);
  if (!thing || !isBare || marker?.relation !== "case" || !/^(?:to|of)$/i.test(marker.text)) return;
  if (tokens[thing.head]?.upos === "ADJ") Object.assign(thing, { upos: "NOUN", xpos: "NN" });
}

/** "Thandiwe", which the tagger has never seen, is no pronoun. */
export function nameUnseen(tokens: Token[]): void {
  for (const token of tokens)
    if (token.upos === "PRON" && /^\p{Lu}\p{Ll}{4,}$/u.test(token.text) && !PRONOUN.test(token.text))
      Object.assign(token, { upos: "PROPN", xpos: "NNP" });
}

const PRONOUN =
  /^(?:\p{L}+(?:self|selves)|these|those|there|their|theirs|yours|which|whose|whom|someone|somebody|something|anyone|anybody|anything|everyone|everybody|everything|nobody|nothing|none|other|others|another|whoever|whatever|whichever|y['’]?all)$/iu;
