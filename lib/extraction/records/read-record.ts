import { isNameOfPerson } from "#lib/extraction/person.ts";
import { type Identity, identifyRecord, isObject, type JsonObject } from "#lib/extraction/records/identity.ts";
import { isItem, writeItem } from "#lib/extraction/records/item.ts";
import * as keys from "#lib/extraction/records/keys.ts";
import { findKind, type Kind, makePart, NO_KIND, qualifyKey, shortenKey } from "#lib/extraction/records/kind.ts";
import { findOtherOwner, type Owner } from "#lib/extraction/records/owner.ts";
import { findBeginOfState, findWhenItHappened, isSpanKey, readSpan, type Span } from "#lib/extraction/records/span.ts";
import { readDate, writeDay, writePrice, writeScalar } from "#lib/extraction/records/values.ts";
import type { End, EpisodeText, FoundFact, Mention, Setting } from "#lib/extraction/schema.ts";
import { parseJson } from "#lib/json.ts";
import { getTemplate } from "#lib/relations.ts";

/** Deeper nesting is not followed, and more facts than these are not kept. */
const DEEPEST = 20;
const MOST = 500;
const LONGEST_VALUE = 500;

/** How a fact joins those before it, and its sentence where that is not the key's. */
interface Manner {
  kind?: FoundFact["kind"];
  single?: boolean;
  template?: string | null;
}

/**
 * Reads business data: what is by a name or a number of its own is a node, what it holds are facts about it, and dates that
 * are named as a beginning or an end say when those hold. A record is about the person where it does not say otherwise, and
 * what it is about is theirs. Nothing is guessed.
 */
export function readRecord(episode: EpisodeText, setting: Setting): { facts: FoundFact[]; nodes: Mention[] } {
  const reader = new RecordReader(setting);
  reader.readRoot(parseJson(episode.content));
  return { facts: reader.facts.slice(0, MOST), nodes: reader.nodes.slice(0, MOST) };
}

class RecordReader {
  readonly facts: FoundFact[] = [];
  readonly nodes: Mention[] = [];
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  readRoot(value: unknown): void {
    const items = Array.isArray(value) ? value : [value];
    const named = items.map((item) => (isObject(item) ? identifyRecord(item, "", this.#setting.person) : null));
    for (const [index, item] of items.entries()) {
      if (!isObject(item)) continue;
      const identity = named[index] ?? null;
      const subject = identity && { ...identity, end: tellApart(identity, item, named, items) };
      const span = readSpan(item, { from: null, until: null });
      const owner = findOtherOwner(item, this.#setting.person);
      if (subject && subject.end !== null) this.#linkToPerson(subject, item, span, owner !== null);
      if (owner && !subject) this.#readOthers(owner, item, span);
      else this.#readFlat(subject, item, span);
    }
  }

  /** A record of the person or of a thing of theirs; one that updates a person holds from its day on. */
  #readFlat(subject: Identity | null, item: JsonObject, span: Span): void {
    const kind = findKind(item);
    const day = kind.isUpdate ? Object.keys(item).find((key) => keys.splitKey(key) === "date") : undefined;
    const own = { ...span, from: span.from ?? (day ? readDate(item[day]) : null) };
    const skipped = new Set([...(subject?.keys ?? []), ...kind.keys, ...(day ? [day] : [])]);
    const end = subject?.end ?? null;
    this.#readObject(end, item, skipped, own, 0, end === null ? kind : NO_KIND);
  }

  /** A record of another customer: what it holds is theirs. */
  #readOthers({ key, name }: Owner, object: JsonObject, span: Span): void {
    const own = object[key];
    this.#mention(name, "Person");
    if (isObject(own))
      this.#readObject(name, own, identifyRecord(own, keys.splitKey(key), null)?.keys ?? new Set(), span, 1);
    this.#readObject(name, object, new Set([key]), span, 0);
  }

  /** What a record is about is the person's, unless it is somebody else or somebody else's, or says itself how it belongs to them. */
  #linkToPerson({ end, label, kind }: Identity, object: JsonObject, span: Span, isOthers: boolean): void {
    this.#mention(end, label);
    const isLinked = Object.entries(object).some(
      ([key, value]) => this.#isPerson(value) && !keys.OWNER.test(keys.splitKey(key)),
    );
    if (label === "Person" || isLinked || isOthers || this.#setting.person === null) return;
    const from = span.from ?? findWhenItHappened(object);
    this.#add(
      null,
      kind,
      { node: end },
      { ...span, from, kind: "adds", single: false, template: keys.makeLinkTemplate(kind, end ?? "") },
    );
  }

  #isPerson(value: unknown): boolean {
    return typeof value === "string" && isNameOfPerson(value, this.#setting.person);
  }

  #readObject(
    subject: End,
    object: JsonObject,
    skipped: ReadonlySet<string>,
    span: Span,
    depth: number,
    kind: Kind = NO_KIND,
  ): void {
    if (depth > DEEPEST) return;
    const price = writePrice(object);
    if (price !== null) this.#add(subject, qualifyKey("price", kind), { value: price }, span);
    const parts = price === null ? [] : ["amount", "currency", "interval"];
    for (const [key, value] of Object.entries(object)) {
      if (this.facts.length >= MOST) return;
      const words = keys.splitKey(key);
      const isOfSpan = isSpanKey(shortenKey(words, kind)) && (value === null || readDate(value) !== null);
      if (skipped.has(key) || parts.includes(key) || isOfSpan) continue;
      const begin = findBeginOfState(object, words, value, span.until);
      this.#readValue(subject, qualifyKey(words, kind), value, begin ? { from: begin, until: null } : span, depth);
    }
  }

  #readValue(subject: End, words: string, value: unknown, span: Span, depth: number): void {
    if (value === null) this.#close(subject, words);
    else if (Array.isArray(value)) this.#readList(subject, words, value, span, depth);
    else if (isObject(value)) this.#readNested(subject, words, value, span, depth, true);
    else if (value !== "" && value !== undefined) this.#readScalar(subject, words, value, span);
  }

  /** A list of plain values is all there are: what is not in it any more is over. Objects are read one by one. */
  #readList(subject: End, plural: string, items: unknown[], span: Span, depth: number): void {
    const words = keys.makeSingular(plural);
    const template = words === plural ? null : keys.makeListTemplate(plural);
    const plain = items.filter((item) => item !== null && item !== "" && typeof item !== "object");
    if (items.length === 0) this.#close(subject, words);
    for (const item of plain)
      this.#add(subject, words, { value: writeScalar(item) }, { ...span, kind: "lists", template });
    for (const item of items) if (isObject(item)) this.#readNested(subject, words, item, span, depth, false);
  }

  #readNested(subject: End, words: string, object: JsonObject, outer: Span, depth: number, single: boolean): void {
    const identity = identifyRecord(object, words, this.#setting.person);
    const part = makePart(words);
    const own = readSpan(object, outer, part);
    if (!identity) {
      const isOwner = subject === null && keys.OWNER.test(words);
      if (/\baddress$/.test(words)) this.#add(subject, words, { value: joinValues(object) }, outer);
      else this.#readObject(subject, object, new Set(), own, depth + 1, isOwner ? NO_KIND : part);
      return;
    }
    const isLine = !single && subject !== null && identity.end !== null && isItem(object);
    if (identity.end === null) {
      this.#readObject(null, object, identity.keys, own, depth + 1);
      return;
    }
    this.#mention(identity.end, identity.label);
    // Of something by number there may be many at once; of something by name there is one in this place.
    const isMany = !single || /\d/.test(identity.end);
    const template = isLine ? writeItem(words, object, identity.keys) : keys.makeLinkTemplate(words, identity.end);
    if (subject !== null || findOtherOwner(object, this.#setting.person) === null)
      this.#add(
        subject,
        words,
        { node: identity.end },
        {
          ...own,
          from: own.from ?? findWhenItHappened(object),
          kind: isMany ? "adds" : "holds",
          single: !isMany,
          template,
        },
      );
    if (!isLine) this.#readObject(identity.end, object, identity.keys, { ...own, until: null }, depth + 1);
  }

  #readScalar(subject: End, words: string, value: unknown, span: Span): void {
    if (this.#isPerson(value)) {
      const link =
        words.replace(/ (?:user|customer|member)? ?(?:id|e ?mail|name)$/, "").replace(/ (?:user|customer)$/, "") ||
        words;
      if (subject !== null && !keys.OWNER.test(words))
        this.#add(subject, link, { node: null }, { ...span, kind: "adds", single: false });
      return;
    }
    if (keys.CREATED.test(words) || keys.UPDATED.test(words)) return;
    const date = isDayKey(words) ? readDate(value) : null;
    const text = date ? writeDay(date) : writeScalar(value).slice(0, LONGEST_VALUE);
    const isNode = keys.NAMES_SOMETHING.test(words) && typeof value === "string" && isName(text);
    if (isNode) this.#mention(text, "Entity");
    const name = keys.isIdOfOwner(words, value) ? `${words} id` : words;
    this.#add(subject, name, isNode ? { node: text } : { value: text }, span);
  }

  /** Null or an empty list: whatever was there is over. */
  #close(subject: End, words: string): void {
    const name = keys.nameRelation(words);
    this.facts.push({
      ...this.#makeFact(subject, name, words, { from: null, until: null }),
      kind: "closes",
      target: subject,
    });
  }

  #add(
    subject: End,
    words: string,
    object: { node: End } | { value: string },
    { from, until, kind = "holds", single = true, template = null }: Span & Manner,
  ): void {
    const made = this.#makeFact(subject, keys.nameRelation(words), words, { from, until });
    const fact = template === null ? made : { ...made, fact: template };
    if ("node" in object) {
      if (object.node !== subject) this.facts.push({ ...fact, kind, single, target: object.node });
    } else if (object.value !== "") {
      const value = object.value.replace(/[{}]/g, "");
      this.facts.push({
        ...fact,
        kind,
        single,
        target: subject,
        fact: fact.fact.replace("{object}", () => value),
        attributes: { value },
      });
    }
  }

  #makeFact(source: End, name: string, words: string, { from, until }: Span): FoundFact {
    return {
      kind: "holds",
      source,
      target: source,
      name,
      fact: getTemplate(name) ?? keys.makeRecordTemplate(words, source === null),
      single: true,
      validAt: from,
      invalidAt: from && until && until < from ? null : until,
      confidence: 1,
    };
  }

  #mention(end: End, label: string): void {
    if (end !== null) this.nodes.push({ name: end, labels: label === "Entity" ? [] : [label] });
  }
}

/** Two of one name in one record are two, told apart by their addresses or numbers. */
function tellApart(
  { end }: Identity,
  object: JsonObject,
  all: readonly (Identity | null)[],
  items: readonly unknown[],
): End {
  if (end === null || all.filter((other) => other?.end === end).length < 2) return end;
  const [, mark] = Object.entries(object).find(([key]) => /^(?:e-?mail|id|uuid|phone)$/i.test(key)) ?? [];
  const marks = items.map((item) =>
    isObject(item)
      ? JSON.stringify(Object.entries(item).find(([key]) => /^(?:e-?mail|id|uuid|phone)$/i.test(key)))
      : "",
  );
  return typeof mark === "string" && new Set(marks).size > 1 ? `${end} (${mark})` : end;
}

/** Keys whose value is a day that is worth telling: "member since", "delivery date". */
function isDayKey(words: string): boolean {
  return /\b(?:since|date|day|on|at|birthday|dob)$/.test(words);
}

function joinValues(object: JsonObject): string {
  return Object.values(object)
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map(writeScalar)
    .filter(Boolean)
    .join(", ");
}

/** What looks like a name and not like a code, a number, a date, an address or a sentence. */
function isName(value: string): boolean {
  return (
    /^\p{Lu}[\p{L}\p{M}0-9 .,&'’()/-]{0,59}$/u.test(value) &&
    value.split(" ").length <= 8 &&
    !/[.!?]$/.test(value.replace(/\b(Inc|Ltd|Co|Jr|Sr|St)\.$/, ""))
  );
}
