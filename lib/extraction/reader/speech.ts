import { keepWhatIsMeant, takesBackJoke } from "#lib/extraction/gates/earnest.ts";
import { findForeignLanguage } from "#lib/extraction/gates/language.ts";
import { keepOwnWords } from "#lib/extraction/gates/own-words.ts";
import { findNamed, listWithheld } from "#lib/extraction/gates/withheld.ts";
import { readAnswer } from "#lib/extraction/reader/answers.ts";
import { readConsequences } from "#lib/extraction/reader/consequences.ts";
import { readContact } from "#lib/extraction/reader/contact.ts";
import { isSameSpeaker, readCorrection } from "#lib/extraction/reader/corrections.ts";
import { readDetails } from "#lib/extraction/reader/details.ts";
import { Discourse } from "#lib/extraction/reader/discourse.ts";
import { readElaboration, readReturn } from "#lib/extraction/reader/elaborations.ts";
import { listForgottenRelations } from "#lib/extraction/reader/forgotten.ts";
import { readFragments } from "#lib/extraction/reader/fragments.ts";
import { readNamings } from "#lib/extraction/reader/naming.ts";
import { readPredications } from "#lib/extraction/reader/predications.ts";
import { quoteStatements } from "#lib/extraction/reader/quote.ts";
import { isInTime, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import type { EpisodeText, Forgetting, FoundFact, Reading, Setting } from "#lib/extraction/schema.ts";
import { analyseText, type PlacedToken } from "#lib/extraction/syntax/analyse.ts";
import { findTimes } from "#lib/extraction/times/find.ts";
import { findRelation } from "#lib/relations.ts";

/** Longer texts are read up to here, as the wire contract bounds data (4.4). */
const LONGEST = 10_000;

/** Draws from what somebody said what is known by it: typed facts, stated in their own words, in earnest. */
export function readSpeech(episode: EpisodeText, setting: Setting): Omit<Reading, "extractor"> {
  const original = episode.content.slice(0, LONGEST);
  const own = keepOwnWords(original);
  const unreadLanguage = findForeignLanguage(own);
  if (unreadLanguage !== null) return { facts: [], nodes: [], unreadLanguage };
  const text = keepWhatIsMeant(own);
  const discourse = new Discourse(episode, setting);
  recallReferents(episode, discourse);
  const sentences = listSentences(text, episode);
  readSentences(sentences, discourse);
  readAnswer(sentences, text, episode, discourse);
  readConsequences(discourse);
  const readAside = (said: string) => {
    const inner = new Discourse(episode, setting);
    readSentences(listSentences(said, episode), inner);
    return inner;
  };
  readCorrection(text, episode, discourse, (said) => {
    const inner = readAside(said);
    for (const { name, labels, aliases } of inner.mentions)
      for (const label of labels) discourse.mention(name, label, aliases);
    return inner.facts;
  });
  quoteStatements(sentences, original, discourse);
  const forgets = listWithheld(own).map(({ said, whose }): Forgetting => {
    const words = whose && said.length === 0 ? findNamedBefore(episode, whose) : said;
    if (whose && words.length > 0) return { words, facts: [], called: {}, relations: [] };
    const asides = words.map(readAside);
    return {
      words,
      facts: asides.flatMap(({ facts }, at) => facts.filter((fact) => !isOnlyNamed(fact, words[at] ?? ""))),
      called: Object.fromEntries(
        asides.flatMap(({ mentions }) => mentions.map(({ name, aliases = [] }) => [name, aliases])),
      ),
      relations: words.flatMap(listForgottenRelations),
    };
  });
  if (takesBackJoke(own)) forgets.push({ words: [], facts: [], called: {}, relations: [], isJoke: true });
  return {
    facts: removeRepeatedFacts(discourse.facts),
    nodes: discourse.mentions,
    ...(forgets.length > 0 ? { forgets } : {}),
  };
}

/** Whom "don't remember her name" means, where this text does not say: who was named last before it. */
function findNamedBefore({ before, speaker }: EpisodeText, whose: "his" | "her" | "their"): string[] {
  const said = before
    .filter((turn) => isSameSpeaker(turn.speaker, speaker))
    .map(({ content }) => findNamed(content, whose));
  return said.findLast((names) => names.length > 0) ?? [];
}

/** "My brother Tom's cancer" names the brother, and does not ask to forget that he is one. */
function isOnlyNamed({ name }: FoundFact, words: string): boolean {
  return (
    findRelation(name)?.object === "person" && !/\b(?:is|are|was|were|have|has|called|named)\b|['’]s\W*$/i.test(words)
  );
}

/** Whom the speaker spoke of just before: "She" at the beginning of a message is one of them. */
export function recallReferents({ before, speaker, saidAt, utcOffset }: EpisodeText, discourse: Discourse): void {
  const said = before.findLast((turn) => isSameSpeaker(turn.speaker, speaker));
  if (!said) return;
  const text = keepWhatIsMeant(keepOwnWords(said.content));
  for (const sentence of listSentences(text, { saidAt, utcOffset })) readNamings(sentence, discourse);
  discourse.startAnew();
}

/** Reads sentences one after the other: what they name, state and leave out. */
export function readSentences(sentences: readonly Sentence[], discourse: Discourse): void {
  let before: FoundFact[] = [];
  for (const sentence of sentences) {
    const first = discourse.facts.length;
    readNamings(sentence, discourse);
    readPredications(sentence, discourse);
    readDetails(sentence, discourse);
    readContact(sentence, discourse);
    readFragments(sentence, discourse);
    readReturn(sentence, discourse);
    const told = discourse.facts.slice(first);
    readElaboration(sentence, discourse, told, before);
    discourse.leave(sentence);
    before = told;
  }
}

/** The sentences of a text with their trees and times. */
export function listSentences(
  text: string,
  { saidAt, utcOffset = 0 }: Pick<EpisodeText, "saidAt" | "utcOffset">,
): Sentence[] {
  return analyseText(text).map((tokens) => {
    const [from, to] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
    const times = findTimes(text.slice(from, to), { instant: saidAt, offset: utcOffset }).map((time) => ({
      ...time,
      start: time.start + from,
      end: time.end + from,
    }));
    return { text, tokens: freeNames({ text, tokens: freeFromTimes({ text, tokens, times }), times }), times };
  });
}

/** "On 2 March Obinna and I tied the knot", where the parser makes the time a part of the name. */
function freeNames(sentence: Sentence): PlacedToken[] {
  const tokens = sentence.tokens.map((token) => ({ ...token }));
  for (const [at, name] of tokens.entries()) {
    const inTime = listDependents(sentence, at).filter((place) => place < at && isInTime(sentence, place));
    const time = tokens[inTime.at(-1) ?? -1];
    const isSubject = /^and$/i.test(tokens[at + 1]?.text ?? "") && /^(?:I|he|she|we)$/.test(tokens[at + 2]?.text ?? "");
    if (!time || name.relation !== "obl" || isInTime(sentence, at) || !isSubject) continue;
    for (const place of listDependents(sentence, at)) {
      const other = tokens[place];
      if (other && place < at) other.head = inTime.at(-1) ?? at;
    }
    Object.assign(time, { head: name.head, relation: "obl" });
    Object.assign(name, { relation: "nsubj" });
  }
  return tokens;
}

/** What the parser took for a part of a time that follows, "Bosch yesterday", goes back to the verb that the time belongs to. */
function freeFromTimes(sentence: Sentence): PlacedToken[] {
  const { tokens } = sentence;
  const strays = tokens.flatMap(({ head, relation }, at) =>
    head > at && isInTime(sentence, head) && !isInTime(sentence, at) && /^(?:compound|amod|nmod|nummod)/.test(relation)
      ? [at]
      : [],
  );
  return tokens.map((token, at) => {
    const last = strays.filter((stray) => tokens[stray]?.head === token.head).at(-1);
    if (last === undefined) return token;
    if (at === last) return freeFromTime(sentence, token, at);
    const isPart = strays.includes(at) || (/^(?:case|det|nmod:poss|nummod)/.test(token.relation) && at < last);
    return isPart ? { ...token, head: last } : token;
  });
}

function freeFromTime(sentence: Sentence, token: PlacedToken, at: number): PlacedToken {
  const { tokens } = sentence;
  const hasCase = tokens.some(
    (other, place) => place < at && other.relation === "case" && (other.head === at || other.head === token.head),
  );
  let head = token.head;
  while (head >= 0 && isInTime(sentence, head)) head = tokens[head]?.head ?? -1;
  return { ...token, head, relation: hasCase ? "obl" : "obj" };
}

/** A message that says a thing twice says it once. */
function removeRepeatedFacts(facts: FoundFact[]): FoundFact[] {
  const keys = facts.map(({ source, target, name, fact, kind }) => JSON.stringify([source, target, name, fact, kind]));
  return facts.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
