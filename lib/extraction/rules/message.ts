import { type Clause, clausesOf } from "#lib/extraction/rules/clauses.ts";
import { type Dated, markDates, PLACEHOLDER } from "#lib/extraction/rules/dates.ts";
import { Listener, type Meant } from "#lib/extraction/rules/listener.ts";
import { writtenOut } from "#lib/extraction/rules/normalise.ts";
import { relationOf } from "#lib/extraction/rules/nouns.ts";
import { type Phrase, phraseAt, textOf } from "#lib/extraction/rules/phrases.ts";
import { state } from "#lib/extraction/rules/statements.ts";
import { sentencesOf, type Token } from "#lib/extraction/rules/tokens.ts";
import type { EpisodeText, FoundFact, Mention, Setting } from "#lib/extraction/schema.ts";

/** Draws from what somebody says the facts that its clauses state, and whom and what it names. */
export function readMessage(episode: EpisodeText, setting: Setting): { facts: FoundFact[]; nodes: Mention[] } {
  const listener = new Listener(episode, setting);
  for (const sentence of splitIntoSentences(writtenOut(episode.content))) {
    const { text, dates } = markDates(sentence, episode.saidAt);
    for (const tokens of sentencesOf(text)) readSentence(tokens, dates, listener);
  }
  return { facts: distinct(listener.facts), nodes: listener.nodes };
}

/** Dates are looked for sentence by sentence, so that one does not reach into the next. */
function splitIntoSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])(?<!\b(?:St|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|No|vs)\.)\s+(?=[A-Za-z"'])|\n+/)
    .filter((part) => part.trim() !== "");
}

const ASKS =
  /^(do|does|did|can|could|would|will|is|are|am|was|were|has|have|should|may|what|how|when|where|why|who|which|whose)$/;
const SUPPOSES = /^(if|suppose|supposing|imagine|wish|unless|hopefully|maybe|perhaps)$/;
const REPORTS =
  /^(say|tell|think|reckon|believe|mean|mention|hear|know|guess|report|claim|add|explain|confirm|find|realize|feel|see|remember|figure|show|let|hope|bet)$/;
const STANDING =
  /^(schedule|answer|reply|respond|call|address|speak|write|keep|use|avoid|send|ship|deliver|remind|book|email|text)$/;
/** Of these even a plain "please" asks for how it is always to be done, and not for one thing now. */
const STANDING_WHEN_ASKED = /^(schedule|avoid|address|ship|deliver)$/;

function readSentence(all: Token[], dates: Dated[], listener: Listener): void {
  if (all.at(-1)?.text === "?" || asks(all)) return;
  const { tokens, rejected } = withoutRejected(all);
  if (SUPPOSES.test(tokens.find(({ pos }) => pos !== "PUNCT")?.lower ?? "")) return;
  const clauses = clausesOf(tokens);
  let subject: { meant: Meant; phrase: Phrase | null } | null = null;
  for (const [index, clause] of clauses.entries()) {
    const next = clauses[index + 1];
    if (
      clause.unreal ||
      clause.group.every(
        ({ pos, lower }) =>
          pos === "AUX" && /^(can|could|will|would|do|does|did|shall|should|may|might|must)$/.test(lower),
      )
    )
      continue;
    if (reports(clause, next)) {
      for (const phrase of clause.subjects) listener.mean(phrase);
      continue;
    }
    subject = subjectOf(clause, tokens, listener) ?? (clause.shared ? carriedOn(subject, clause, listener) : null);
    if (!subject) {
      if (clause.subjects.length === 0 && !clause.shared) subject = impliedSubject(clause, tokens, listener);
      if (!subject) continue;
    }
    const times = clause.dates.flatMap((number) => dates[number] ?? []);
    state({ clause, subject: subject.meant, phrase: clause.subjects[0] ?? subject.phrase, dates: times, listener });
  }
  const cleft = /^(actually )?(no )?it is \S+( \S+)? who\b/.test(
    tokens
      .filter(({ pos }) => pos !== "PUNCT")
      .map(({ lower }) => lower)
      .join(" "),
  );
  noteAddress(tokens, listener);
  if (rejected) rejectLast(rejected, listener, cleft);
  noteNames(tokens, listener);
}

function asks([first, second]: Token[]): boolean {
  return ASKS.test(first?.lower ?? "") && /^(PRON|DET|AUX|PROPN)$/.test(second?.pos ?? "") && second?.lower !== "'s";
}

/** A clause without a subject goes on with the one before, unless that was a thing and a person's doing follows a comma. */
function carriedOn<S extends { meant: Meant }>(subject: S | null, clause: Clause, listener: Listener) {
  const [verb] = clause.group.filter(({ pos }) => pos === "VERB");
  const commands =
    verb?.lower === verb?.lemma &&
    clause.group[0] === verb &&
    clause.tense === "present" &&
    subject?.meant.end !== listener.speaker;
  if (subject && commands && !/s$| and /.test(subject.meant.text)) return null;
  if (subject?.meant.end !== undefined || clause.joined) return subject;
  const meant: Meant = { end: listener.speaker, host: listener.speaker, text: listener.names.speaker };
  return clause.tense === "past" ? { meant, phrase: null } : subject;
}

/** "Dr. Patel told me (that) I am …": what counts is what was told. */
function reports(clause: Clause, next: Clause | undefined): boolean {
  if (!REPORTS.test(clause.verb) || !next) return false;
  const content = clause.objects.filter(({ pronoun }) => pronoun === null);
  return content.length === 0 || (next.subjects[0]?.start ?? -1) === content[0]?.start;
}

function subjectOf(
  clause: Clause,
  tokens: Token[],
  listener: Listener,
): { meant: Meant; phrase: Phrase | null } | null {
  const [first, second] = clause.subjects;
  if (!first) return null;
  if (second) {
    if (tokens[second.start - 1]?.lower === "and") return together(first, second, listener);
    return apposed(first, second, listener);
  }
  if (/^(me|us|him|them|myself)$/.test(first.pronoun ?? "")) return null;
  const meant = listener.mean(first);
  return meant && { meant, phrase: first };
}

/** "Max, my golden retriever": the name, with what it is the name of. */
function apposed(first: Phrase, second: Phrase, listener: Listener): { meant: Meant; phrase: Phrase } | null {
  const [name, role] = first.proper && !first.owner && !first.common ? [first, second] : [second, first];
  if (!name.proper || !role.common) {
    const meant = listener.mean(second);
    return meant && { meant, phrase: second };
  }
  const merged: Phrase = { ...role, proper: name.proper, words: name.words };
  const meant = listener.mean(merged);
  return meant && { meant: { ...meant, text: name.proper }, phrase: merged };
}

/** "My wife and I": the speaker stands for both; of others the first does, and both are named. */
function together(first: Phrase, second: Phrase, listener: Listener): { meant: Meant; phrase: Phrase } | null {
  const [one, other] = [listener.mean(first), listener.mean(second)];
  const kin = [first, second].find(({ owner, common, proper }) => owner === "speaker" && common && !proper);
  const kinNode = kin === first ? one : other;
  if (kin?.common && typeof kinNode?.end === "string") {
    const fact = `${listener.names.speaker} has a ${kin.common}`;
    const name = `HAS_${kin.common.toUpperCase().replace(/[^A-Z]+/g, "_")}`;
    listener.learn({
      source: listener.speaker,
      target: kinNode.end,
      name,
      fact,
      confidence: 0.8,
      over: false,
      lasting: true,
      dates: [],
    });
  }
  const speaking = /^(i|me)$/.test(second.pronoun ?? "") ? other : /^(i|me)$/.test(first.pronoun ?? "") ? one : null;
  const meant = speaking ?? one ?? other;
  return meant && { meant, phrase: speaking === other ? second : first };
}

/** A chat leaves "I" out: "Bought a car", "just started at Acme", "never learned to ride". A standing wish is the speaker's. */
function impliedSubject(clause: Clause, tokens: Token[], listener: Listener): { meant: Meant; phrase: null } | null {
  const [verb] = clause.group.filter(({ pos }) => pos === "VERB" || pos === "AUX");
  const before = tokens.slice(0, clause.group[0] ? tokens.indexOf(clause.group[0]) : 0);
  if (before.some(({ pos, lower }) => !/^(ADV|INTJ|PUNCT|CCONJ|SYM|PART)$/.test(pos) && !PLACEHOLDER.test(lower)))
    return null;
  const able = verb?.lower === "can" && tokens[0] === verb;
  const past =
    able || clause.tense === "past" || clause.tense === "perfect" || /ing$/.test(verb?.lower ?? "") || clause.over;
  const meant: Meant = { end: listener.speaker, host: listener.speaker, text: listener.names.speaker };
  if (past) return { meant, phrase: null };
  const said = (words: RegExp) => tokens.some(({ lower }) => words.test(lower));
  const standing =
    (STANDING.test(clause.verb) && said(/^(always|never|everything|only)$/)) ||
    (STANDING_WHEN_ASKED.test(clause.verb) && said(/^please$/));
  if (standing) {
    const wish = textOf(
      tokens.filter(({ lower, pos }) => lower !== "please" && pos !== "INTJ" && !PLACEHOLDER.test(lower)),
    );
    const fact = `${listener.names.speaker} asks: ${wish.replace(/[.!]+$/, "")}`;
    listener.learn({
      source: meant.host,
      target: meant.host,
      name: "PREFERS",
      fact,
      confidence: 0.7,
      over: false,
      lasting: true,
      dates: [],
    });
  }
  return null;
}

/** ", not Leicester" and "rather than my daughter" name what is not so. */
function withoutRejected(tokens: Token[]): { tokens: Token[]; rejected: Phrase | null } {
  for (let at = 1; at < tokens.length; at += 1) {
    const not = tokens[at]?.lower === "not" && tokens[at - 1]?.text === ",";
    const than =
      tokens[at]?.lower === "than" && tokens[at - 1]?.lower === "rather" && tokens[at - 2]?.lower !== "would";
    if (tokens[at]?.lower === "not" && PLACEHOLDER.test(tokens[at + 1]?.lower ?? "")) {
      return { tokens: [...tokens.slice(0, at), ...tokens.slice(at + 2)], rejected: null };
    }
    if (!not && !than) continue;
    const phrase = phraseAt(tokens, at + 1);
    if (!phrase || (phrase.end < tokens.length && !/^[.!,]$/.test(tokens[phrase.end]?.text ?? ""))) continue;
    return { tokens: [...tokens.slice(0, at - 1), ...tokens.slice(phrase.end)], rejected: phrase };
  }
  return { tokens, rejected: null };
}

/** Of the last fact the same with what was rejected in the place of what it is corrected to is over. */
function rejectLast(rejected: Phrase, listener: Listener, cleft: boolean): void {
  const last = listener.facts.at(-1);
  const name = rejected.proper ?? listener.commonOf(rejected);
  if (!last || !name || last.kind === "ends") return;
  if (rejected.owner === "speaker" && rejected.common && !rejected.proper) {
    const relation = relationOf("has", rejected.common);
    listener.facts.push({
      ...last,
      name: relation,
      kind: "ends",
      validAt: null,
      invalidAt: listener.saidAt,
      fact: `${last.target ?? name} is ${listener.names.speaker}'s ${rejected.common}`,
    });
    return;
  }
  const end = listener.mention(name, null);
  const ofSource = cleft || (typeof last.source === "string" && last.target === last.source);
  const ends = ofSource
    ? { source: end, target: last.target === last.source ? end : last.target }
    : { source: last.source, target: last.target === last.source ? last.source : end };
  const told = typeof last.source === "string" && ofSource ? last.source : (last.target ?? "");
  const fact =
    told && last.fact.includes(String(told)) ? last.fact.replace(String(told), name) : `${last.fact}, not ${name}`;
  listener.facts.push({ ...last, ...ends, fact, kind: "ends", validAt: null, invalidAt: listener.saidAt });
}

const MONTH_OR_DAY =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|christmas|easter|xdate\d+x)$/;

/** Names that no fact ends in are mentioned all the same. */
function noteNames(tokens: Token[], listener: Listener): void {
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.pos !== "PROPN" || MONTH_OR_DAY.test(tokens[at]?.lower ?? "")) continue;
    let end = at;
    while (tokens[end]?.pos === "PROPN" && !MONTH_OR_DAY.test(tokens[end]?.lower ?? "")) end += 1;
    const name = textOf(tokens.slice(at, end));
    if (at > 0 || end - at > 1) listener.mention(name, null);
    at = end;
  }
}

/** An address that is given in words of one's own is one's own, whatever the sentence around it. */
function noteAddress(tokens: Token[], listener: Listener): void {
  const address = tokens.find(({ lower }) => /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(lower));
  if (
    !address ||
    !tokens.some(({ lower }) => /^(i|my|me)$/.test(lower)) ||
    listener.facts.some(({ fact }) => fact.includes(address.text))
  )
    return;
  const fact = `${listener.names.speaker}'s email is ${address.text}`;
  const place = { source: listener.speaker, target: listener.speaker };
  listener.learn({ ...place, name: "HAS_EMAIL", fact, confidence: 0.8, over: false, lasting: true, dates: [] });
}

/** A message that says a thing twice says it once. */
function distinct(facts: FoundFact[]): FoundFact[] {
  const seen = new Set<string>();
  return facts.filter(({ source, target, name, fact, kind }) => {
    const key = JSON.stringify([source, target, name, fact.toLowerCase(), kind]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
