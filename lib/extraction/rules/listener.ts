import type { Dated } from "#lib/extraction/rules/dates.ts";
import { isFirstName } from "#lib/extraction/rules/first-names.ts";
import { kindOf, relationOf } from "#lib/extraction/rules/nouns.ts";
import type { Phrase } from "#lib/extraction/rules/phrases.ts";
import { inThird, type Names } from "#lib/extraction/rules/wording.ts";
import type { End, EpisodeText, FoundFact, Mention, Setting, Speaker } from "#lib/extraction/schema.ts";
import { isSingleValued } from "#lib/relations.ts";

/** What a phrase means here. */
export interface Meant {
  /** The node it is; undefined for a thing that is only told about its owner. */
  end: End | undefined;
  /** Whose thing it is, or who tells of it: what is said of it is kept there. */
  host: End;
  text: string;
}

/** What a clause adds; the rest follows from the clause's tense and times. */
export type Statement = Pick<FoundFact, "source" | "target" | "name" | "fact" | "confidence"> & {
  over: boolean;
  /** It is so, rather than that it happened once. */
  lasting: boolean;
  dates: Dated[];
};

const PRONOUNS_OF_SPEAKER = /^(i|we|me|us|myself|ourselves)$/;
const PRONOUNS_OF_PERSON = /^(he|she|him|her|they|them)$/;
const TITLE = /^(mr|mrs|ms|dr|prof|aunt|uncle|grandma|grandpa|mom|mum|dad)\.?$/i;

/** Follows a message from sentence to sentence: who speaks, who was named last, and what was learned so far. */
export class Listener {
  readonly facts: FoundFact[] = [];
  readonly nodes: Mention[] = [];
  readonly speaker: End;
  readonly names: Names;
  readonly saidAt: Date;
  readonly #self: Set<string>;
  #person: { end: End; text: string } | null = null;
  #thing: { end: End; text: string } | null = null;

  constructor(episode: EpisodeText, { person }: Setting) {
    const called = (speaker: Speaker) =>
      speaker.kind === "person"
        ? (person?.names[0] ?? "The user")
        : speaker.kind === "other"
          ? speaker.name
          : "the assistant";
    const other = episode.before.findLast(({ speaker }) => called(speaker) !== called(episode.speaker));
    this.speaker = episode.speaker.kind === "other" ? episode.speaker.name : null;
    this.names = {
      speaker: called(episode.speaker),
      hearer: other ? called(other.speaker) : "the assistant",
      before: null,
    };
    this.saidAt = episode.saidAt;
    this.#self = new Set(
      [...(person?.names ?? []), person?.email ?? "", person?.userId ?? ""].map((name) => name.toLowerCase()),
    );
    this.#self.delete("");
  }

  /** Who or what a phrase means; what it tells by the way ("my sister Anna") is learned. */
  mean(phrase: Phrase): Meant | null {
    const { pronoun } = phrase;
    if (pronoun) {
      if (PRONOUNS_OF_SPEAKER.test(pronoun)) return this.#node(this.speaker, this.names.speaker);
      if (PRONOUNS_OF_PERSON.test(pronoun)) return this.#person && this.#node(this.#person.end, this.#person.text);
      if (/^(everyone|everybody|someone|somebody|nobody|people)$/.test(pronoun))
        return { end: undefined, host: this.speaker, text: pronoun };
      if (pronoun === "it") return this.#thing && this.#node(this.#thing.end, this.#thing.text);
      return null;
    }
    const owner = this.ownerOf(phrase);
    const common = this.commonOf(phrase);
    const kind = common ? kindOf(common) : "thing";
    if (phrase.proper) return this.#named(phrase.proper, common, kind, owner);
    if (owner && common && kind !== "thing") {
      const name = `${owner.text}'s ${common}`;
      this.#person = { end: name, text: name };
      this.#mention(name, kind === "person" ? "Person" : "Animal");
      return this.#node(name, name);
    }
    const text = this.textOf(phrase);
    const inner = phrase.words.some(({ pos }) => pos === "PROPN");
    if (inner && !owner && common) return this.#remember(common, common);
    return { end: undefined, host: owner?.end ?? this.speaker, text };
  }

  /** A phrase as the name of a node: without its article and whose it is. */
  commonOf({ common }: Phrase): string | null {
    const name = common?.replace(/^(a|an|the|some|any|new|old|few|several|another|this|that)\s+/i, "").trim();
    return name ? name.slice(0, 100) : null;
  }

  textOf(phrase: Phrase): string {
    return inThird(phrase.words, this.#current(), []);
  }

  current(): Names {
    return this.#current();
  }

  /** Learns a fact: that it holds, or that it is over. */
  learn({ over, lasting, dates, name, ...fact }: Statement): void {
    if (fact.fact.length > 500) return;
    const from = dates.find(({ role }) => role !== "until")?.date ?? null;
    const until = dates.find(({ role }) => role === "until")?.date ?? null;
    const validAt = over ? null : (from ?? (lasting ? this.saidAt : null));
    const ends = over ? (from ?? until ?? this.saidAt) : until;
    const invalidAt = ends && validAt && ends < validAt ? null : ends;
    this.facts.push({ ...fact, name, kind: over ? "ends" : "holds", single: isSingleValued(name), validAt, invalidAt });
  }

  /** Learns that somebody or something has a name: "my sister Anna", "a tortoise named Gerald". */
  introduce(owner: End, common: string, proper: string, dates: Dated[] = []): void {
    const past = /\b(ex|former|previous|late)\b/i.test(common);
    const role = common.replace(/^(former|previous|old|new|late|first|two|three|four|other|best|good|close)\s+/gi, "");
    const ownerText = owner === this.speaker ? this.names.speaker : (owner ?? this.names.speaker);
    this.learn({
      source: owner,
      target: this.#endOf(proper),
      name: relationOf("has", role.split(" ").slice(-3).join(" ").replace(/s$/, "")),
      fact: `${ownerText}'s ${common} is ${proper}`,
      confidence: 0.9,
      over: past,
      lasting: true,
      dates,
    });
    if (kindOf(common) === "animal") this.classify(proper, common);
  }

  /** Learns what kind of animal or thing a name is of. */
  classify(proper: string, common: string): void {
    const end = this.#endOf(proper);
    const fact = `${proper} is a ${common.replace(/^(a|an|the|my)\s+/i, "")}`;
    this.learn({ source: end, target: end, name: "IS", fact, confidence: 0.85, over: false, lasting: true, dates: [] });
  }

  /** Notes a name as a node even where no fact ends in it. */
  mention(name: string, label: string | null): End {
    const end = this.#endOf(name);
    if (end !== null) this.#mention(end, label);
    return end;
  }

  /** What "it" may mean from here on. */
  dwellOn(end: End, text: string): void {
    this.#thing = { end, text };
  }

  #named(proper: string, common: string | null, kind: ReturnType<typeof kindOf>, owner: Meant | null): Meant {
    const end = this.#endOf(proper);
    if (end === null) return this.#node(null, this.names.speaker);
    const person =
      kind === "person" || isFirstName(proper.split(" ")[0] ?? "") || TITLE.test(proper.split(" ")[0] ?? "");
    if (common && kind !== "thing") {
      if (owner && owner.end !== undefined) this.introduce(owner.end, common, proper);
      else if (kind === "animal") this.classify(proper, common);
      else this.introduce(this.speaker, common, proper);
    }
    const [title = "", ...rest] = proper.split(" ");
    if (/^(aunt|auntie|uncle|grandma|grandpa)$/i.test(title) && rest.length > 0)
      this.introduce(this.speaker, title.toLowerCase(), proper);
    this.#mention(end, person ? "Person" : kind === "animal" ? "Animal" : null);
    return this.#remember(end, proper);
  }

  #remember(name: string, text: string): Meant {
    this.#person = { end: name, text };
    this.#thing = { end: name, text };
    return this.#node(name, text);
  }

  /** Whose a phrase is: "my sister", "Anna's mother". */
  ownerOf({ owner, through, ...phrase }: Phrase): Meant | null {
    if (through) {
      const outer = this.ownerOf({ ...phrase, owner, through: null });
      const name = outer && `${outer.text}'s ${through}`;
      if (!name || kindOf(through) === "thing") return outer;
      this.#person = { end: name, text: name };
      this.#mention(name, kindOf(through) === "person" ? "Person" : "Animal");
      return this.#node(name, name);
    }
    if (owner === "speaker") return this.#node(this.speaker, this.names.speaker);
    if (owner === "before") return this.#person && this.#node(this.#person.end, this.#person.text);
    if (owner && typeof owner === "object") return this.#node(this.#endOf(owner.name), owner.name);
    return null;
  }

  #endOf(name: string): End {
    return this.#self.has(name.toLowerCase()) ? null : name.slice(0, 200);
  }

  #node(end: End, text: string): Meant {
    return { end, host: end, text };
  }

  #mention(name: string, label: string | null): void {
    this.nodes.push({ name, labels: label ? [label] : [] });
  }

  #current(): Names {
    return { ...this.names, before: this.#person?.text ?? null };
  }
}
