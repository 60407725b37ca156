import { PLACEHOLDER } from "#lib/extraction/rules/dates.ts";
import { type Phrase, phraseAt, phrasesFrom } from "#lib/extraction/rules/phrases.ts";
import type { Token } from "#lib/extraction/rules/tokens.ts";

/** What a clause says: who does or is what. */
export interface Clause {
  /** Empty where it is not said, as after "and" or in a chat's "Bought a car". */
  subjects: Phrase[];
  /** The subject is the one of the clause before. */
  shared: boolean;
  /** A word such as "and" joins it to the clause before. */
  joined: boolean;
  /** The main verb's dictionary form; `be` and `have` stand for themselves. */
  verb: string;
  /** The verb that the main one takes along: "want to tour", "keeps dropping". */
  takes: string | null;
  particle: string | null;
  negated: boolean;
  tense: "past" | "present" | "future" | "perfect";
  progressive: boolean;
  passive: boolean;
  /** It is wished, supposed or possible only. */
  unreal: boolean;
  /** It is said to be over: "no longer", "used to", "stopped". */
  over: boolean;
  objects: Phrase[];
  /** What an adjective says, where there is one: "lactose intolerant". */
  quality: Token[];
  preps: { prep: string; phrases: Phrase[]; gerund: string | null }[];
  /** The numbers of the times it names. */
  dates: number[];
  /** Its words after the verb group, and the verb group itself. */
  group: Token[];
  tail: Token[];
}

interface Group {
  start: number;
  end: number;
}

const BREAKS =
  /^(and|but|or|because|so|while|although|though|since|whenever|when|after|before|until|whereas|that|who|which|whom|where|if|then|whether|as|than|like)$/;
const RELATIVE = /^(who|which|that)$/;
const SUBJECT_PRONOUN = /^(i|we|he|she|they|it|you|who|nobody|everyone|someone|this|that)$/;

/** The clauses of a sentence, in their order. */
export function clausesOf(tokens: Token[]): Clause[] {
  const groups = groupsOf(tokens);
  const clauses: Clause[] = [];
  let from = 0;
  for (const [index, group] of groups.entries()) {
    const next = groups[index + 1];
    const before = subjectBefore(tokens, from, group.start, clauses.length > 0);
    const until = next ? subjectBefore(tokens, group.end, next.start, true).start : tokens.length;
    clauses.push(clause(tokens, group, before, from, until));
    from = group.end;
  }
  return clauses;
}

/** Verb groups: what stands together of auxiliaries, "not", adverbs and verbs. */
function groupsOf(tokens: Token[]): Group[] {
  const groups: Group[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!startsGroup(tokens, at)) continue;
    let end = at;
    while (end < tokens.length && continuesGroup(tokens, at, end)) end += 1;
    while (end > at + 1 && /^(ADV|DET)$/.test(tokens[end - 1]?.pos ?? "")) end -= 1;
    groups.push({ start: at, end });
    at = end - 1;
  }
  return groups;
}

function startsGroup(tokens: Token[], at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (!token || !/^(AUX|VERB)$/.test(token.pos)) return false;
  const naming = /^(called|named)$/.test(token.lower) && tokens[at + 1]?.pos === "PROPN" && before?.pos !== "AUX";
  if (naming || token.lower === "according" || (before && /^(DET|ADJ|NUM)$/.test(before.pos))) return false;
  if (before && /^(my|our|his|her|their|your|its)$/.test(before.lower)) return false;
  if (isUnbound(tokens, at)) return false;
  if (
    /ing$/.test(token.lower) &&
    token.pos === "VERB" &&
    before &&
    (before.pos === "ADP" || before.text === "-" || before.pos === "NOUN")
  )
    return false;
  return !(
    token.pos === "VERB" &&
    /ed$|en$/.test(token.lower) &&
    before?.pos === "NOUN" &&
    /^(by|in|at|from|called|named)$/.test(tokens[at + 1]?.lower ?? "")
  );
}

/** An infinitive or a gerund that no verb takes along belongs to what stands around it: "proud of taking part", "able to go". */
function isUnbound(tokens: Token[], at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token?.pos !== "VERB" && token?.lower !== "be" && token?.lower !== "have") return false;
  if (before?.lower === "to") return true;
  if (!/ing$/.test(token.lower)) return false;
  const otherVerb = tokens.some(
    ({ pos, lower }, index) => index !== at && (pos === "AUX" || (pos === "VERB" && !/ing$/.test(lower))),
  );
  const opens = at === 0 || before?.pos === "ADV" || before?.pos === "INTJ";
  return opens ? otherVerb : !before || !/^(PRON|AUX)$/.test(before.pos);
}

function continuesGroup(tokens: Token[], start: number, at: number): boolean {
  const token = tokens[at];
  if (!token) return false;
  if (at === start) return true;
  const before = tokens[at - 1];
  if (/^(AUX|VERB)$/.test(token.pos)) {
    const bare = before?.pos === "VERB" && !/ing$/.test(token.lower) && before.lower !== "help";
    return !bare || before.lower === "got";
  }
  const verbAhead = tokens.slice(at + 1, at + 4).findIndex(({ pos }) => /^(AUX|VERB)$/.test(pos));
  const between = tokens.slice(at, at + 1 + Math.max(0, verbAhead));
  const clear =
    verbAhead >= 0 &&
    between.every(({ pos, lower }) => pos === "ADV" || pos === "PART" || lower === "not" || lower === "no");
  if (token.lower === "not" || token.lower === "never") return true;
  return clear && (token.pos === "ADV" || token.pos === "PART" || token.lower === "no");
}

interface Subject {
  phrases: Phrase[];
  start: number;
  shared: boolean;
}

/** The phrases right before a verb group; adverbs and times may stand between. */
function subjectBefore(tokens: Token[], from: number, verb: number, later: boolean): Subject {
  let end = verb;
  if (tokens[verb - 1]?.lower === "please") return { phrases: [], start: verb, shared: false };
  const dated = (at: number) => PLACEHOLDER.test(tokens[at]?.lower ?? "");
  while (
    end > from &&
    (/^(ADV|INTJ)$/.test(tokens[end - 1]?.pos ?? "") ||
      PLACEHOLDER.test(tokens[end - 1]?.lower ?? "") ||
      /^(no|not)$/.test(tokens[end - 1]?.lower ?? ""))
  )
    end -= 1;
  const last = tokens[end - 1];
  if (end <= from || !last) return { phrases: [], start: end, shared: later };
  if (RELATIVE.test(last.lower) && end - 1 > from) {
    const phrase = phraseEnding(tokens, from, tokens[end - 2]?.text === "," ? end - 2 : end - 1);
    return { phrases: phrase ? [phrase] : [], start: end - 1, shared: phrase === null };
  }
  if (last.text === "," && end - 1 > from) {
    const apposed = apposition(tokens, from, end - 1);
    if (apposed) return apposed;
  }
  const withDate = (subject: Subject): Subject => {
    let start = subject.start;
    while (start > from && (dated(start - 1) || (tokens[start - 1]?.text === "," && dated(start - 2)))) start -= 1;
    const opens =
      start === from || BREAKS.test(tokens[start - 1]?.lower ?? "") || /^[,:-]$/.test(tokens[start - 1]?.text ?? "");
    return opens ? { ...subject, start } : subject;
  };
  const phrase = withoutPlace(tokens, from, phraseEnding(tokens, from, end));
  // "Helping others is a gift" speaks of helping.
  if (phrase && phrase.start > 0 && isUnbound(tokens, phrase.start - 1))
    return { phrases: [], start: end, shared: false };
  if (!phrase || BREAKS.test(last.lower) || last.text === ",") return { phrases: [], start: end, shared: later };
  const joint = tokens[phrase.start - 1];
  if (joint?.lower === "and" && phrase.start - 1 > from) {
    const other = phraseEnding(tokens, from, phrase.start - 1);
    const opens =
      other &&
      (other.start === from ||
        /^(,|:|-)$/.test(tokens[other.start - 1]?.text ?? "") ||
        BREAKS.test(tokens[other.start - 1]?.lower ?? "") ||
        PLACEHOLDER.test(tokens[other.start - 1]?.lower ?? ""));
    if (other && opens && !later) return withDate({ phrases: [other, phrase], start: other.start, shared: false });
  }
  if (joint?.text === "," && phrase.start - 1 > from && !later) {
    const other = phraseEnding(tokens, from, phrase.start - 1);
    if (
      other &&
      (other.proper || other.owner) &&
      !other.pronoun &&
      !phrase.pronoun &&
      (phrase.owner || phrase.words[0]?.pos === "DET")
    )
      return { phrases: [other, phrase], start: other.start, shared: false };
  }
  return withDate({ phrases: [phrase], start: phrase.start, shared: false });
}

/** "Our ferry from Dover" is about the ferry. */
function withoutPlace(tokens: Token[], from: number, phrase: Phrase | null): Phrase | null {
  if (!phrase || tokens[phrase.start - 1]?.pos !== "ADP" || SUBJECT_PRONOUN.test(phrase.pronoun ?? "")) return phrase;
  const outer = phraseEnding(tokens, from, phrase.start - 1);
  const opens =
    outer &&
    (outer.start === from ||
      /^[,:-]$/.test(tokens[outer.start - 1]?.text ?? "") ||
      BREAKS.test(tokens[outer.start - 1]?.lower ?? "") ||
      PLACEHOLDER.test(tokens[outer.start - 1]?.lower ?? ""));
  return outer && opens && from === 0 ? outer : phrase;
}

/** "Max, my golden retriever," or "Our CEO, Priya Raman,": both phrases mean one. */
function apposition(tokens: Token[], from: number, end: number): Subject | null {
  let comma = end - 1;
  while (comma > from && tokens[comma]?.text !== ",") comma -= 1;
  const second = comma > from ? phraseAt(tokens, comma + 1, end) : null;
  if (!second || tokens.slice(second.end, end).some(({ pos }) => /^(VERB|AUX|PUNCT)$/.test(pos))) return null;
  const first = withoutPlace(tokens, from, phraseEnding(tokens, from, comma));
  if (!first || first.pronoun) return null;
  return { phrases: [first, second], start: first.start, shared: false };
}

/** The longest phrase that ends right before a place. */
function phraseEnding(tokens: Token[], from: number, end: number): Phrase | null {
  for (let start = from; start < end; start += 1) {
    const phrase = phraseAt(tokens, start, end);
    if (phrase?.end === end) return phrase;
  }
  return null;
}

const UNREAL = new Set(["might", "may", "would", "could", "should"]);
const PARTICLES = new Set(["up", "out", "off", "down", "over", "back", "away", "in", "on"]);
const ALWAYS_PARTICLE = new Set(["up", "off", "out", "down", "away"]);
const DONE_WITH = /^(stop|quit|cease|finish|ditch|drop|leave|cancel|abandon)$/;

function clause(tokens: Token[], group: Group, subject: Subject, from: number, until: number): Clause {
  const words = tokens.slice(group.start, group.end);
  const lead = tokens.slice(Math.max(from, subject.start), group.start);
  const verbs = words.filter(({ pos }) => pos === "VERB");
  const auxes = words.filter(({ pos }) => pos === "AUX");
  const main = verbs[0] ?? auxes.at(-1);
  const tail = untrailed(tokens.slice(group.end, until));
  const near = [...lead, ...words, ...tail];
  const said = (...them: string[]) => near.some(({ lower }) => them.includes(lower));
  const text = near.map(({ lower }) => lower).join(" ");
  const wanted = /\bwould (rather|like|love|prefer)\b/.test(text);
  const usedTo =
    /^used? to\b|\bused to \w+/.test(words.map(({ lower }) => lower).join(" ")) ||
    /\bused to\b/.test(text.slice(0, 40));
  const chain = verbs.filter(({ lower }) => lower !== "used" && lower !== "going");
  const head =
    (main?.lemma === "get" && /ed$|en$/.test(chain[1]?.lower ?? "")) ||
    usedTo ||
    words.some(({ lower }) => lower === "going")
      ? main?.lemma === "get" && chain[1]
        ? chain[1]
        : (chain[0] ?? main)
      : main;
  const second = chain[chain.indexOf(head ?? chain[0] ?? { text: "", lower: "", pos: "", lemma: "" }) + 1];
  const parsed = tailOf(tokens, group.end, until);
  const before = tokens.slice(from, group.start);
  return {
    subjects: subject.phrases,
    shared: subject.shared,
    joined: BREAKS.test(tokens[subject.start - 1]?.lower ?? ""),
    verb: baseOf(head),
    takes: second ? baseOf(second) : null,
    particle: parsed.particle,
    negated:
      (said("not", "never", "neither") && !usedTo) ||
      tokens
        .slice(Math.max(from, group.start - 5), group.start)
        .some(({ lower }) => /^(nobody|none|neither)$/.test(lower)) ||
      /^no$/.test(tokens[group.end]?.lower ?? ""),
    tense: tenseOf(words),
    progressive: auxes.some(({ lemma }) => lemma === "be") && /ing$/.test(head?.lower ?? ""),
    passive: auxes.some(({ lemma }) => lemma === "be") && head?.pos === "VERB" && !/ing$/.test(head.lower),
    unreal:
      (!wanted && auxes.some(({ lower }) => UNREAL.has(lower))) ||
      before.some(({ lower }) =>
        /^(if|unless|suppose|supposing|wish|hope|maybe|perhaps|whether|imagine)$/.test(lower),
      ) ||
      /^(wish|hope|suppose|imagine|wonder|guess)$/.test(head?.lemma ?? ""),
    over:
      usedTo ||
      /\b(no longer|not .*\b(anymore|any longer))\b/.test(text) ||
      /\bformerly\b/.test(text) ||
      (DONE_WITH.test(baseOf(head)) && second !== undefined),
    objects: parsed.objects,
    quality: parsed.quality,
    preps: parsed.preps,
    dates: near.flatMap(({ lower }) => PLACEHOLDER.exec(lower)?.[1] ?? []).map(Number),
    group: words,
    tail,
  };
}

/** A clause does not end in the word that joins the next one to it. */
function untrailed(words: Token[]): Token[] {
  let end = words.length;
  while (end > 0 && (BREAKS.test(words[end - 1]?.lower ?? "") || /^[,.;!-]$/.test(words[end - 1]?.text ?? "")))
    end -= 1;
  return words.slice(0, end);
}

function tenseOf(words: Token[]): Clause["tense"] {
  const lower = words.map((word) => word.lower);
  if (lower.includes("will") || lower.includes("shall") || (lower.includes("going") && lower.includes("to")))
    return "future";
  if (
    /^(have|has|had)$/.test(lower[0] ?? "") &&
    words.length > 1 &&
    words.slice(1).some(({ pos }) => pos === "VERB" || pos === "AUX")
  )
    return "perfect";
  const finite = words.find(({ pos }) => pos === "VERB" || pos === "AUX");
  return finite && isPast(finite) ? "past" : "present";
}

const PRESENT_AS_PAST =
  /^(cost|cut|hit|hurt|let|put|read|set|shut|quit|split|spread|bet|feed|need|breed|speed|bleed|seed|heed|weed|proceed|succeed|exceed|wed|shed|embed)$/;

function isPast({ lower, lemma }: Token): boolean {
  if (/^(was|were|did|had|could|would|might)$/.test(lower)) return true;
  if (/^(am|is|are|be|has|have|do|does|can|will|may)$/.test(lower) || PRESENT_AS_PAST.test(lower))
    return /^(quit|split)$/.test(lower);
  return lower !== lemma && !/s$|ing$/.test(lower);
}

function baseOf(token: Token | undefined): string {
  if (!token) return "be";
  return BASES[token.lower] ?? token.lemma;
}

/** Forms whose dictionary form the tagger misses. */
const BASES: Record<string, string> = {
  lives: "live",
  studies: "study",
  breeds: "breed",
  trades: "trade",
  files: "file",
  loves: "love",
  likes: "like",
  hates: "hate",
  leaves: "leave",
  does: "do",
  split: "split",
  sews: "sew",
  am: "be",
  left: "leave",
  felt: "feel",
  found: "find",
  bought: "buy",
};

/** What stands after the verb: objects, what an adjective says, and phrases after prepositions. */
function tailOf(
  tokens: Token[],
  start: number,
  until: number,
): Pick<Clause, "objects" | "quality" | "preps" | "particle"> {
  const objects: Phrase[] = [];
  const quality: Token[] = [];
  const preps: Clause["preps"] = [];
  let particle: string | null = null;
  let at = start;
  while (at < until) {
    const token = tokens[at];
    if (!token) break;
    // What an infinitive takes is not what the clause is about: "ready to offer love".
    if (token.lower === "to" && tokens[at + 1]?.pos === "VERB") break;
    const broken =
      BREAKS.test(token.lower) && token.pos !== "ADP" && !(token.lower === "and" && phraseAt(tokens, at + 1, until));
    if (broken && !/^(like|as|than)$/.test(token.lower)) break;
    const next = tokens[at + 1];
    const after = phraseAt(tokens, at + 1, until);
    if (
      at === start &&
      PARTICLES.has(token.lower) &&
      (ALWAYS_PARTICLE.has(token.lower) || token.pos === "ADV" || !after || next?.pos === "ADP")
    ) {
      particle = token.lower;
      at += 1;
    } else if (token.pos === "ADP" || token.pos === "SCONJ" || (token.lower === "to" && after)) {
      const gerund = next && /ing$/.test(next.lower) && /^(VERB|NOUN)$/.test(next.pos) ? next.lower : null;
      const run = phrasesFrom(tokens, gerund && next?.pos === "VERB" ? at + 2 : at + 1, until);
      if (run.phrases.length > 0 || gerund)
        preps.push({ prep: token.lower, phrases: run.phrases, gerund: next?.pos === "VERB" ? gerund : null });
      at = Math.max(run.end, at + 1);
    } else {
      const run = phrasesFrom(tokens, at, until);
      if (run.phrases.length > 0) {
        if (preps.length === 0) objects.push(...run.phrases);
        at = run.end;
      } else {
        if (
          (token.pos === "ADJ" || (token.pos === "VERB" && /ed$|ing$/.test(token.lower))) &&
          objects.length === 0 &&
          preps.length === 0
        )
          quality.push(token);
        at += 1;
      }
    }
  }
  return { objects, quality, preps, particle };
}
