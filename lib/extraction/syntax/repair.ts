import type { Token } from "#lib/extraction/syntax/token.ts";

/** Pronouns in the nominative are subjects, whatever the parser makes of them. */
const NOMINATIVE = /^(?:I|he|she|we|they)$/i;

/** Mends what greedy parsing leaves of sentences about "I": every verb gets its subject. */
export function repairSubjects(tokens: readonly Token[]): Token[] {
  const mended = tokens.map((token) => ({ ...token }));
  for (const at of mended.keys()) {
    if (!NOMINATIVE.test(mended[at]?.text ?? "")) continue;
    takeVerbsPlace(mended, at);
    joinSubjects(mended, at);
  }
  for (const at of mended.keys()) joinVerb(mended, at);
  return mended;
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
