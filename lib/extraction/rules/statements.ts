import type { Clause } from "#lib/extraction/rules/clauses.ts";
import type { Dated } from "#lib/extraction/rules/dates.ts";
import { type Framed, framesOf } from "#lib/extraction/rules/frames.ts";
import type { Listener, Meant, Statement } from "#lib/extraction/rules/listener.ts";
import { ATTRIBUTES, kindOf, relationOf } from "#lib/extraction/rules/nouns.ts";
import { type Phrase, textOf } from "#lib/extraction/rules/phrases.ts";
import { ENDS_OPEN, sureness } from "#lib/extraction/rules/sureness.ts";
import { inThird, verbInThird } from "#lib/extraction/rules/wording.ts";

/** A clause with its subject understood. */
interface Told {
  clause: Clause;
  subject: Meant;
  /** The subject as a phrase, where the clause has it. */
  phrase: Phrase | null;
  dates: Dated[];
  listener: Listener;
}

/** Learns what a clause says: first what its verb tells for sure, else that it says so. */
export function state(told: Told): void {
  if (switches(told) || called(told) || leaves(told)) return;
  if (told.clause.verb === "be" && !told.clause.takes) isSomething(told) || says(told);
  else if (told.clause.verb === "have" && !told.clause.takes) hasSomething(told) || says(told);
  else frames(told) || says(told);
}

/** What all statements of a clause share. */
function common({ clause, dates }: Told): Pick<Statement, "over" | "lasting" | "dates"> {
  const wasSomething = clause.verb !== "be" || clause.objects.some(({ pronoun }) => pronoun === null);
  const finished =
    clause.tense === "past" && STATES.test(clause.verb) && wasSomething && !clause.progressive && clause.takes === null;
  const happened = clause.tense === "past" && !STATES.test(clause.verb);
  return { over: clause.over || finished, lasting: !happened, dates };
}

/** Verbs of what lasts: in the past tense they tell that it is over. */
const STATES = /^(live|work|own|like|love|hate|be|have|reside|study|smoke|teach)$/;

function named(clause: Clause, name: string): string {
  return clause.negated && !clause.over ? `NOT_${name}` : name;
}

/** The clause as a sentence about a third person, with one of its objects where there are several. */
function sentence({ clause, subject, listener, dates }: Told, only?: Phrase, among: Phrase[] = []): string {
  const bySpeaker = subject.end === listener.speaker;
  const verb = verbInThird(clause.group, bySpeaker || clause.subjects.length === 0);
  const others = among.filter((phrase) => phrase !== only);
  const tail = clause.tail.filter((token) => !others.some(({ words }) => words.includes(token)));
  const words = others.length > 0 && only ? only.words : tail;
  const rest = inThird(words, listener.current(), dates, bySpeaker).replace(/^[,\s]+|[,\s.!-]+$/g, "");
  const dated = others.length > 0 ? dates.map((date) => date.words).filter((when) => !rest.includes(when)) : [];
  return [subject.text, verb, rest, ...dated]
    .filter((part) => part !== "")
    .join(" ")
    .slice(0, 400);
}

function frames(told: Told): boolean {
  if (told.subject.end === undefined) return false;
  return framesOf(told.clause).filter((found) => framed(told, found)).length > 0;
}

function framed(told: Told, { frame, phrases }: Framed): boolean {
  const source = told.subject.end;
  if (source === undefined) return false;
  for (const phrase of phrases) {
    const object = told.listener.mean(phrase);
    const words = phrase.proper ?? told.listener.commonOf(phrase);
    if (!object || !words) continue;
    const asNode = () => (frame.node ? told.listener.mention(words, frame.label ?? null) : source);
    const target = object.end === undefined ? asNode() : object.end;
    if (object.end !== undefined && object.end !== null && frame.label) told.listener.mention(object.end, frame.label);
    const fact = sentence(told, phrase, phrases);
    const sure = target === source ? 0.75 : 0.85;
    told.listener.learn({
      ...common(told),
      over: common(told).over || (frame.ends === true && (frame.name !== "HAS" || source === told.listener.speaker)),
      source,
      target,
      name: named(told.clause, told.clause.takes ? relationOf(told.clause.verb, told.clause.takes) : frame.name),
      fact,
      confidence: frame.node ? sureness(fact, sure) : sure,
    });
    if (target !== null) told.listener.dwellOn(target, words);
  }
  return phrases.length > 0;
}

/** "I have two kids, Leo and Mia", "Tom has a peanut allergy". */
function hasSomething(told: Told): boolean {
  const { clause, subject, listener } = told;
  const { end } = subject;
  if (end === undefined || clause.objects.length === 0) return false;
  const [first, ...more] = clause.objects;
  const what = first && listener.commonOf(first);
  if (!first || !what) return false;
  const names = more.flatMap(({ proper, common: noun }) => (proper && !noun ? [proper] : []));
  if (kindOf(what) !== "thing" && (names.length > 0 || first.proper)) {
    for (const name of first.proper ? [first.proper, ...names] : names) introduceAs(told, end, what, name);
    return true;
  }
  const called = calledIn(clause);
  if (called) {
    introduceAs(told, end, what, called);
    return true;
  }
  const allergy = /^(.*) (allergy|allergies|intolerance)$/i.exec(what)?.[1];
  for (const phrase of clause.objects) {
    const noun = listener.commonOf(phrase) ?? phrase.proper;
    if (!noun || phrase.pronoun) continue;
    const node = allergy ?? (phrase.proper || kindOf(noun) !== "thing" ? null : null);
    const target = allergy
      ? listener.mention(allergy, "Condition")
      : phrase.proper
        ? (listener.mean(phrase)?.end ?? end)
        : (node ?? end);
    const name = allergy
      ? "ALLERGIC_TO"
      : relationOf("has", kindOf(noun) === "thing" ? "" : (noun.split(" ").at(-1) ?? ""));
    const fact = sentence(told, phrase, clause.objects);
    listener.learn({
      ...common(told),
      source: end,
      target,
      name: named(clause, name),
      fact,
      confidence: allergy ? 0.9 : sureness(fact, 0.7),
    });
  }
  return true;
}

function introduceAs(told: Told, owner: Meant["host"], what: string, name: string): void {
  told.listener.introduce(owner, what.replace(/^(a|an|the|one|two|three|four|five|\d+)\s+/i, ""), name, told.dates);
  told.listener.mention(name, kindOf(what) === "person" ? "Person" : kindOf(what) === "animal" ? "Animal" : null);
  told.listener.dwellOn(name, name);
}

/** "a tortoise named Gerald": the name that follows. */
function calledIn({ tail }: Clause): string | null {
  const at = tail.findIndex(({ lower }) => /^(named|called)$/.test(lower));
  if (at < 0) return null;
  const names = tail.slice(at + 1);
  const end = names.findIndex(({ pos }) => pos !== "PROPN");
  const proper = textOf(end < 0 ? names : names.slice(0, end));
  return proper || null;
}

/** "I am 34, vegan and a nurse", "my teacher is Rui", "Hana is my stepdaughter", "my email is …". */
function isSomething(told: Told): boolean {
  const { clause, phrase, listener } = told;
  if (attribute(told) || sameAs(told)) return true;
  const { subject } = told;
  if (subject.end === undefined && !phrase) return false;
  const source = subject.end ?? subject.host;
  const allergic = clause.quality.find(({ lower }) => lower === "allergic");
  const to = clause.preps.find(({ prep }) => prep === "to");
  if (allergic && to) {
    for (const thing of to.phrases) {
      const noun = thing.proper ?? listener.commonOf(thing);
      if (!noun) continue;
      const fact = `${subject.text} ${clause.negated ? "is not" : "is"} allergic to ${noun}`;
      listener.learn({
        ...common(told),
        source,
        target: listener.mention(noun, "Condition"),
        name: named(clause, "ALLERGIC_TO"),
        fact,
        confidence: 0.95,
      });
    }
    return true;
  }
  const into = clause.preps.find(({ prep }) => prep === "into");
  if (into && subject.end !== undefined && clause.objects.length === 0) {
    const noun = into.gerund ?? (into.phrases[0] && (into.phrases[0].proper ?? listener.commonOf(into.phrases[0])));
    if (noun) {
      listener.learn({
        ...common(told),
        source,
        target: listener.mention(noun, null),
        name: named(clause, "LIKES"),
        fact: sentence(told),
        confidence: 0.85,
      });
      return true;
    }
  }
  return predicates(told, source);
}

const YEARS =
  /^(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)$/;

/** What somebody or something is: an age, an occupation, a quality, a place. */
function predicates(told: Told, source: Meant["host"]): boolean {
  const { clause, subject, listener } = told;
  const said = clause.objects.filter(({ pronoun }) => pronoun === null);
  // What is somebody's is told of them, and tells less of them than what they are themselves.
  const owned = told.phrase?.owner != null && told.phrase.proper === null;
  for (const object of said) {
    const words = textOf(object.words);
    const aged = YEARS.test(words.toLowerCase()) || /^\S+ (years?|months?|weeks?)( old)?$/i.test(words);
    const person = subject.end !== undefined && (subject.end === listener.speaker || aged);
    const name = aged && (person || /old/.test(textOf(clause.tail))) ? "HAS_AGE" : "IS";
    const what = object.proper && !object.common && !object.owner ? listener.mean(object) : null;
    const fact = sentence(told, object, said);
    listener.learn({
      ...common(told),
      source,
      target: what?.end === undefined ? source : what.end,
      name: named(clause, name),
      fact,
      confidence: name === "HAS_AGE" ? 0.8 : sureness(fact, owned || subject.end === undefined ? 0.6 : 0.8),
    });
  }
  const place = clause.preps.find(
    ({ prep, phrases }) => /^(at|in|for|from)$/.test(prep) && phrases.some(({ proper }) => proper),
  );
  const employer =
    place?.prep === "at" || place?.prep === "for" ? place.phrases.find(({ proper }) => proper) : undefined;
  if (said.length > 0 && employer && subject.end === listener.speaker) {
    const at = listener.mean(employer);
    if (at?.end) {
      listener.mention(at.end, "Organization");
      listener.learn({
        ...common(told),
        source,
        target: at.end,
        name: "WORKS_AT",
        fact: `${subject.text} works at ${at.text}`,
        confidence: 0.85,
      });
    }
  }
  return said.length > 0;
}

/** "My phone number is …": what a record keeps of a person. */
function attribute(told: Told): boolean {
  const { clause, phrase, listener } = told;
  const noun = phrase?.common;
  const kept = noun && !phrase.proper && ATTRIBUTES.find(([pattern]) => pattern.test(noun.toLowerCase()));
  if (!phrase || !kept || phrase.owner === null || phrase.owner === "hearer" || clause.over) return false;
  const value = inThird(clause.tail, listener.current(), told.dates)
    .replace(/[.!,]+$/, "")
    .replace(/\s+,\s+not .*$/, "");
  if (!value) return false;
  const owner = told.subject.host;
  const values = kept[1] === "HAS_HOBBY" || kept[1] === "HAS_FAVORITE" ? clause.objects : [];
  for (const one of values.length > 0 ? values : [null]) {
    const words = one ? textOf(one.words) : value;
    const fact = `${told.subject.text} is ${words}`;
    listener.learn({
      ...common(told),
      source: owner,
      target: owner,
      name: named(clause, kept[1]),
      fact,
      confidence: one ? sureness(fact, 0.95) : 0.95,
    });
  }
  return true;
}

/** Two names for one: "my teacher is (called) Rui", "Hana is my stepdaughter", "our biggest client is Maison Dufour". */
function sameAs(told: Told): boolean {
  const { clause, phrase, listener } = told;
  const [object] = clause.objects;
  if (!phrase || !object || clause.negated) return false;
  const [role, name] = phrase.owner && !phrase.proper ? [phrase, object] : [object, phrase];
  if (!role.owner || role.owner === "hearer" || !role.common || !name.proper || name.common || name.owner) return false;
  const owner = listener.ownerOf(role);
  if (owner === null || owner.end === undefined) return false;
  const past = clause.tense === "past" || /\b(previous|former|ex|old)\b/i.test(role.common);
  if (/\b(employer|company)$/i.test(role.common)) {
    const fact = `${owner.text} ${past ? "worked" : "works"} at ${name.proper}`;
    const target = listener.mention(name.proper, "Organization");
    listener.learn({
      source: owner.end,
      target,
      name: "WORKS_AT",
      fact,
      confidence: 0.9,
      over: past,
      lasting: true,
      dates: told.dates,
    });
    listener.dwellOn(target, name.proper);
    return true;
  }
  listener.introduce(
    owner.end,
    past ? `previous ${role.common.replace(/^(previous|former|old) /i, "")}` : role.common,
    name.proper,
    told.dates,
  );
  listener.mention(name.proper, kindOf(role.common) === "person" ? "Person" : null);
  return true;
}

/** The clause says so, and no more is known of its verb. */
function says(told: Told): void {
  const { clause, subject, listener } = told;
  const source = subject.end ?? subject.host;
  const verb = relationOf(clause.verb, clause.takes ?? "", clause.particle ?? "");
  const things = clause.objects.filter((phrase) => phrase.pronoun === null && !tellsTime(phrase));
  const among =
    things.length > 0 ? things : clause.objects.filter(({ pronoun }) => pronoun === "me" || pronoun === "us");
  const base = { ...common(told), source };
  for (const object of among) {
    const meant = listener.mean(object);
    const target = meant?.end === undefined || meant.end === source ? source : meant.end;
    const elsewhere = target === source ? properAfter(told) : null;
    const fact = sentence(told, object, among);
    listener.learn({
      ...base,
      target: elsewhere ? elsewhere.end : target,
      name: named(clause, elsewhere ? relationOf(verb, elsewhere.prep) : verb),
      fact,
      confidence: sureness(fact, target === source && !elsewhere ? 0.6 : 0.75, clause.verb),
    });
    if (meant?.end === undefined && meant) listener.dwellOn(source, meant.text);
  }
  if (among.length > 0) return;
  const near = properAfter(told);
  const prep = near?.prep ?? clause.preps[0]?.prep ?? "";
  const fact = sentence(told);
  if (among.length === 0 && clause.preps.length === 0 && SAYS_LITTLE.test(clause.verb)) return;
  const evaluates =
    clause.verb === "be" &&
    !near &&
    (told.phrase?.pronoun === "it" || /^(that|this)$/.test(told.phrase?.pronoun ?? ""));
  if (evaluates || ENDS_OPEN.test(fact) || (fact.split(" ").length < 3 && clause.verb === "be")) return;
  listener.learn({
    ...base,
    target: near ? near.end : source,
    name: named(clause, relationOf(verb, prep)),
    fact,
    confidence: sureness(fact, near ? 0.75 : 0.6, clause.verb),
  });
}

const SAYS_LITTLE =
  /^(know|think|guess|mean|say|see|hope|believe|bet|can|will|do|let|make|give|help|take|get|need|want|use|bring|put|have|like|try|keep)$/;

/** "every morning", "the whole week": when, not what. */
function tellsTime({ common }: Phrase): boolean {
  return /\b(morning|afternoon|evening|night|day|week|weekend|month|year|time|while|times)s?$/i.test(common ?? "");
}

/** The first name after a preposition: where a clause's verb leads, when its object is no name. */
function properAfter({ clause, listener }: Told): { end: Meant["host"]; prep: string } | null {
  for (const { prep, phrases } of clause.preps) {
    for (const phrase of phrases) {
      const named =
        phrase.proper !== null ||
        phrase.words.some(({ pos }) => pos === "PROPN") ||
        phrase.pronoun !== null ||
        kindOf(phrase.common ?? "") !== "thing";
      const meant = named ? listener.mean(phrase) : null;
      if (meant?.end !== undefined && meant) return { end: meant.end, prep };
    }
  }
  return null;
}

/** "We switched from Jira to Linear": the one is used no longer, the other is. */
function switches(told: Told): boolean {
  const { clause, subject, listener } = told;
  if (!/^(switch|move|migrate|change)$/.test(clause.verb) || subject.end === undefined) return false;
  const from = clause.preps.find(({ prep }) => prep === "from")?.phrases[0];
  const to = clause.preps.find(({ prep }) => prep === "to")?.phrases[0];
  if (!to || (clause.verb === "move" && !from)) return false;
  if (clause.verb === "move" && /^(VERB|ADV)$/.test(clause.tail[0]?.pos ?? "")) return false;
  const home = clause.verb === "move";
  const name = home ? "LIVES_IN" : "USES";
  const base = { ...common(told), source: subject.end, name, confidence: 0.85 };
  for (const [phrase, over] of [
    [from, true],
    [to, false],
  ] as const) {
    const words = phrase && (phrase.proper ?? listener.commonOf(phrase));
    if (!words) continue;
    const target = listener.mention(words, home ? "Place" : null);
    const fact = over ? `${subject.text} ${home ? "lived in" : "used"} ${words}` : sentence(told);
    listener.learn({ ...base, target, fact, over });
  }
  return true;
}

/** "My teacher is called Rui", "everyone calls me Janie". */
function called(told: Told): boolean {
  const { clause, phrase, listener } = told;
  if (!/^(call|name)$/.test(clause.verb)) return false;
  const name = clause.objects.find(({ proper, common: noun }) => proper && !noun)?.proper;
  if (!name) return false;
  const owner = phrase && listener.ownerOf(phrase);
  if (clause.passive && phrase?.common && owner && owner.end !== undefined) {
    listener.introduce(owner.end, phrase.common, name, told.dates);
    listener.mention(name, kindOf(phrase.common) === "person" ? "Person" : null);
    return true;
  }
  const me = clause.objects.find(({ pronoun }) => pronoun === "me");
  if (!me) return false;
  const fact = `${listener.names.speaker} is called ${name}`;
  listener.learn({
    ...common(told),
    lasting: true,
    source: listener.speaker,
    target: listener.speaker,
    name: "HAS_NICKNAME",
    fact,
    confidence: 0.85,
  });
  return true;
}

/** "I left in 2021", said of the employer that was just named. */
function leaves(told: Told): boolean {
  const { clause, subject, listener } = told;
  if (!/^(leave|quit|resign)$/.test(clause.verb) || clause.objects.length > 0 || clause.tense !== "past") return false;
  const job = listener.facts.findLast(({ name, source }) => name === "WORKS_AT" && source === subject.end);
  if (!job || subject.end === undefined) return false;
  const at = told.dates[0]?.date ?? listener.saidAt;
  if (job.kind === "ends") job.invalidAt = at;
  else listener.facts.push({ ...job, kind: "ends", validAt: null, invalidAt: at });
  return true;
}
