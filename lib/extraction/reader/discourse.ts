import { isNameOfPerson } from "#lib/extraction/person.ts";
import { findNameBeside, isSignature, listCountedNames, listNamesBehind } from "#lib/extraction/reader/beside.ts";
import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import { isOfSeveral, isOwnKin, nameRole } from "#lib/extraction/reader/kin.ts";
import { findNameSubject, findOtherPerson, hasOwnRole, type Stranger } from "#lib/extraction/reader/pronouns.ts";
import { chooseReferent, type Referent } from "#lib/extraction/reader/referent.ts";
import { findGender, findOwner, findRole, type Role } from "#lib/extraction/reader/roles.ts";
import { getRelation, getWord, isNameWord, listConjuncts, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { readPersonName } from "#lib/extraction/reader/slots/names.ts";
import type { End, EpisodeText, FoundFact, Mention, Setting } from "#lib/extraction/schema.ts";
import { getTemplate, isSingleValued } from "#lib/relations.ts";

/**
 * How often what is known was right, or nearly, when it was read against its source: all of 276 facts from labelled lines, all
 * but 4 of 114 from web text. No pattern has been seen often enough for a rate of its own.
 */
const KNOWN_CONFIDENCE = 0.95;

/** What has been said so far in a text: who was mentioned, and what is known of them. */
export class Discourse {
  readonly facts: FoundFact[] = [];
  readonly speaker: End;
  readonly saidAt: Date;
  /** An animal or a person that was spoken of without a name, whose name may follow: "we adopted a kitten. She's called Miso". */
  unnamed: { role: Role; owner: End; since: Date | null } | null = null;
  readonly #setting: Setting;
  readonly #mentions = new Map<string, Mention>();
  /** Who was spoken of before this text alone. */
  readonly #recalled = new Set<string>();
  /** Which pronoun may mean somebody who was spoken of last and of whom nothing is known. */
  #stranger: Stranger | null = null;
  /** Those who were spoken of, the latest last. */
  readonly #referents: Referent[] = [];

  constructor({ speaker, saidAt }: Pick<EpisodeText, "speaker" | "saidAt">, setting: Setting) {
    this.speaker = speaker.kind === "other" ? speaker.name : null;
    this.saidAt = saidAt;
    this.#setting = setting;
  }

  /** Those whom the facts are about, and whom else the text names. */
  get mentions(): Mention[] {
    const ends = new Set(this.facts.flatMap(({ source, target }) => [source, target]));
    return [...this.#mentions.values()].filter(({ name }) => !this.#recalled.has(name) || ends.has(name));
  }

  /** Forgets what was told so far, but not of whom: those may be meant by what comes, and are not named by it. */
  startAnew(): void {
    this.facts.length = 0;
    this.unnamed = null;
    for (const name of this.#mentions.keys()) this.#recalled.add(name);
  }

  /** Adds a fact; the object is a node by its name, or a value. */
  add(
    fact: Pick<FoundFact, "kind" | "name" | "source"> &
      Partial<FoundFact> & { object: { node: End } | { value: string } | null },
  ): void {
    const { object, ...rest } = fact;
    const template = rest.fact ?? getTemplate(rest.name);
    if (template === null) return;
    const value = object && "value" in object ? object.value : null;
    const target = object && "node" in object ? object.node : rest.source;
    if (object && "node" in object && object.node === rest.source) return;
    if (rest.name === "HAS_NAME" && this.#isOwnName(rest.source, value)) return;
    this.facts.push({
      target,
      single: isSingleValued(rest.name),
      validAt: null,
      invalidAt: null,
      confidence: KNOWN_CONFIDENCE,
      ...rest,
      fact: value === null ? template : template.replace("{object}", value),
      ...(value === null ? {} : { attributes: { value } }),
    });
  }

  /** Whether it is known already, from the record, that the person is called so. */
  #isOwnName(source: End, value: string | null): boolean {
    const names = source === null ? (this.#setting.person?.names ?? []) : [];
    return names.some((name) => name.toLowerCase() === value?.toLowerCase());
  }

  /** Takes back what of this text was read less completely. */
  drop(isMeant: (fact: FoundFact) => boolean): void {
    this.facts.splice(0, this.facts.length, ...this.facts.filter((fact) => !isMeant(fact)));
  }

  /** Adds a fact that was read elsewhere, with what it is about. */
  take(fact: FoundFact): void {
    this.facts.push(fact);
  }

  /** Notes that a node is spoken of. @returns how it is called here. */
  mention(name: string, label: string, aliases: string[] = []): string {
    this.#recalled.delete(name);
    const known = this.#mentions.get(name);
    const labels = [...new Set([...(known?.labels ?? []), label])];
    this.#mentions.set(name, { name, labels, aliases: [...new Set([...(known?.aliases ?? []), ...aliases])] });
    return name;
  }

  /**
   * Whom the words around a token mean; null where that is nobody in particular.
   * @param isPerson whether the sentence leaves no doubt that a name is somebody's, so that any name will do.
   */
  resolve(sentence: Sentence, at: number, isPerson = false): Referent | null {
    const word = getWord(sentence, at);
    if (/^(?:i|me|we|us|myself|im)$/.test(word)) return { end: this.speaker, gender: null, isPerson: true, role: null };
    if (/^(?:he|him|she|her)$/.test(word)) return this.#resolvePersonalPronoun(sentence, at);
    const role = this.#resolveRole(sentence, at);
    if (role !== undefined) return role;
    return isNameWord(sentence, at) && /^(?:PROPN|NOUN)$/.test(sentence.tokens[at]?.upos ?? "")
      ? this.#resolveName(sentence, at, isPerson)
      : null;
  }

  /** Those whom a coordination means: "Tom and Ana", "my wife and I". */
  resolveAll(sentence: Sentence, at: number): Referent[] {
    const all = listConjuncts(sentence, at).map((place) => this.resolve(sentence, place));
    const found = all.filter((referent) => referent !== null);
    const speaking = found.filter(({ end }) => end === this.speaker);
    return speaking.length > 0 ? speaking : found.length === all.length ? found : [];
  }

  /** Adds what a role says of its holder: "my brother Ben" is a brother. */
  introduce(owner: End, role: Role, name: string): Referent {
    const called = this.mention(
      name,
      role.kind === "person" ? "Person" : "Animal",
      this.#listAliases(owner, role, name),
    );
    this.#nameUnnamed(owner, role, called);
    const known = this.#referents.find(({ end }) => end === called);
    const referent = {
      end: called,
      gender: findGender(role),
      isPerson: role.kind === "person",
      role: { relation: role.relation, owner },
    };
    if (known) Object.assign(known, referent);
    else this.#referents.push(referent);
    return referent;
  }

  /** "My boyfriend? His name is Luca": whom a pronoun means is called so. */
  nameSpokenOf(sentence: Sentence, pronoun: number, name: string | null): void {
    const meant = this.#resolvePronoun(getWord(sentence, pronoun) === "his" ? "he" : "she");
    if (!meant?.role || name === null) return;
    const { relation, owner } = meant.role;
    // Who was told by name is not told by another.
    if (this.facts.some((fact) => fact.name === relation && fact.source === owner && fact.target === meant.end)) return;
    this.#introduceHolder(owner, { relation, kind: meant.isPerson ? "person" : "animal", noun: "" }, name);
  }

  /** Whoever was spoken of by role alone so far in this text has a name now. */
  #nameUnnamed(owner: End, { relation }: Role, name: string): void {
    const unnamed = this.#referents.find(
      ({ role, end }) =>
        role?.relation === relation &&
        role.owner === owner &&
        end !== null &&
        this.#mentions.get(end)?.aliases?.length === 1,
    );
    if (!unnamed?.end) return;
    const before = unnamed.end;
    this.#mentions.delete(before);
    unnamed.end = name;
    for (const fact of this.facts) {
      if (fact.source === before) fact.source = name;
      if (fact.target === before) fact.target = name;
    }
  }

  /** By what a node is found again: "my brother Ben" before "my brother", and "Ben" last. */
  #listAliases(owner: End, { relation }: Role, name: string | null): string[] {
    const bare = `${owner === null ? "their" : `${owner}'s`} ${nameRole(relation)}`;
    return name === null ? [bare] : [`${bare} ${name}`, bare];
  }

  /** "Terrence drives a van, he's an electrician": whoever else was spoken of before, he is Terrence, or nobody known. */
  #resolvePersonalPronoun(sentence: Sentence, at: number): Referent | null {
    const stranger = this.#findStranger(sentence, at);
    if (stranger !== undefined)
      return isFirstName(getWord(sentence, stranger)) ? this.#resolveName(sentence, stranger, true) : null;
    const gender = /^h(?:e|im)$/.test(getWord(sentence, at)) ? "he" : "she";
    const subject = findNameSubject(sentence, at);
    const isKnownSubject = subject !== undefined || hasOwnRole(sentence, at);
    const named =
      subject !== undefined && isFirstName(getWord(sentence, subject))
        ? this.#resolveName(sentence, subject, true)
        : null;
    // "Terrence drives a Tacoma, he's an electrician": whom the sentence is about comes before whoever was spoken of.
    if (named?.gender === null) return named;
    const last = findOtherPerson(sentence, at) ?? (isKnownSubject ? null : this.#stranger);
    if (last === "anybody" || last === gender) return null;
    return this.#resolvePronoun(gender) ?? this.#resolveToSubject(sentence, at);
  }

  /** Notes whether a sentence that has been read spoke of somebody of whom nothing is known. */
  leave(sentence: Sentence): void {
    const end = sentence.tokens.length;
    const other = findOtherPerson(sentence, end);
    if (other !== null) this.#stranger = other;
    else if (this.#findStranger(sentence, end) !== undefined) this.#stranger = "anybody";
    else if (findNameSubject(sentence, end) !== undefined || hasOwnRole(sentence, end)) this.#stranger = null;
  }

  /** The name that a sentence is about before a place, where nobody spoken of is called so. */
  #findStranger(sentence: Sentence, before: number): number | undefined {
    const subject = findNameSubject(sentence, before);
    const name = sentence.tokens[subject ?? -1]?.text ?? "";
    const isKnown =
      this.#referents.some(({ end }) => end?.split(" ").includes(name)) || isNameOfPerson(name, this.#setting.person);
    return isKnown || this.#referents.length === 0 ? undefined : subject;
  }

  #resolvePronoun(gender: "he" | "she"): Referent | null {
    return chooseReferent(
      this.#referents.filter(({ end }) => end !== this.speaker),
      gender,
      ({ end }) => end !== null && this.#recalled.has(end),
    );
  }

  /** "Thandiwe changed jobs, she works at Capitec": of nobody else spoken of, whoever the sentence began with. */
  #resolveToSubject(sentence: Sentence, pronoun: number): Referent | null {
    if (this.#referents.some(({ end }) => end !== this.speaker)) return null;
    const subject = sentence.tokens.findIndex(({ relation }) => relation.startsWith("nsubj"));
    const isName = subject >= 0 && subject < pronoun && sentence.tokens[subject]?.upos === "PROPN";
    return isName ? this.#resolveName(sentence, subject, true) : null;
  }

  /** Somebody by role; undefined where the word names none, null where it is not known whose. */
  #resolveRole(sentence: Sentence, at: number): Referent | null | undefined {
    const role = findRole(sentence, at);
    if (!role || role.kind === "value") return undefined;
    const owner = isOwnKin(sentence, at, role) ? this.speaker : this.resolveOwner(sentence, at);
    if (owner === undefined) return null;
    const isAddressed = /^(?:vocative|discourse)/.test(getRelation(sentence, at)) || isSignature(sentence, at);
    const name = isAddressed ? null : findNameBeside(sentence, at);
    const isPlural = isOfSeveral(role);
    const more = !isPlural ? [] : name === null ? listCountedNames(sentence, at) : listNamesBehind(sentence, at);
    const names = new Set([...(name === null ? [] : [name]), ...more]);
    const [first] = [...names].map((each) => this.#introduceHolder(owner, role, each));
    if (first) return first;
    if (isPlural) return null;
    return this.#resolveUnnamed(owner, role);
  }

  #introduceHolder(owner: End, role: Role, name: string): Referent {
    const referent = this.introduce(owner, role, name);
    this.add({ kind: "holds", name: role.relation, source: owner, object: { node: name } });
    return referent;
  }

  #resolveUnnamed(owner: End, role: Role): Referent | null {
    const before = this.#referents.filter(
      (referent) => referent.role?.relation === role.relation && referent.role.owner === owner,
    );
    if (before.length > 0) return before.length === 1 ? (before[0] ?? null) : null;
    const called = owner ?? this.#setting.person?.names[0];
    if (called === undefined) return null;
    const name = this.mention(
      `${called}'s ${/^HAS_(?:SPOUSE|PARTNER)$/.test(role.relation) ? role.noun : nameRole(role.relation)}`,
      role.kind === "person" ? "Person" : "Animal",
      this.#listAliases(owner, role, null),
    );
    const referent = {
      end: name,
      gender: findGender(role),
      isPerson: role.kind === "person",
      role: { relation: role.relation, owner },
    };
    this.#referents.push(referent);
    return referent;
  }

  /** Whose the thing at a token is; undefined where that is nobody known. */
  resolveOwner(sentence: Sentence, at: number): End | undefined {
    const owner = findOwner(sentence, at);
    if (owner === undefined) return undefined;
    const word = getWord(sentence, owner);
    if (/^(?:my|our)$/.test(word)) return this.speaker;
    if (/^(?:his|her)$/.test(word)) return this.#resolvePronoun(word === "his" ? "he" : "she")?.end;
    if (/^(?:your|their|its|whose)$/.test(word)) return undefined;
    return this.resolve(sentence, owner)?.end;
  }

  /** Somebody by name; of a name that the person shares, the one spoken of before. */
  #resolveName(sentence: Sentence, at: number, isPerson: boolean): Referent | null {
    const name = readPersonName(sentence, at);
    if (name === null) return null;
    const known = this.#referents.filter(({ end }) => end !== null && (end === name || end.split(" ")[0] === name));
    if (known.length > 0) return known.length === 1 ? (known[0] ?? null) : null;
    const { person } = this.#setting;
    if (isNameOfPerson(name, person)) return { end: null, gender: null, isPerson: true, role: null };
    if (person?.names.some((own) => own.toLowerCase() === name.toLowerCase())) return null;
    // A first name alone is somebody they know; one with a surname, as "Tom Hanks", may be anybody's.
    if (!isPerson && !isFirstName(name)) return null;
    const referent = { end: this.mention(name, "Person"), gender: null, isPerson: true, role: null };
    this.#referents.push(referent);
    return referent;
  }
}
