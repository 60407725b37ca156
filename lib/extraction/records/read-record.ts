import { isNameOfPerson } from "#lib/extraction/person.ts";
import { FoundInRecord } from "#lib/extraction/records/found.ts";
import { type Identity, identifyRecord, isObject, type JsonObject } from "#lib/extraction/records/identity.ts";
import { isItem, writeItem, writeLine } from "#lib/extraction/records/item.ts";
import * as keys from "#lib/extraction/records/keys.ts";
import {
  DAY_OF_UPDATE,
  findKind,
  isOfOneDay,
  isPersonKey,
  isSubscription,
  type Kind,
  makePart,
  NO_KIND,
  qualifyKey,
  shortenKey,
} from "#lib/extraction/records/kind.ts";
import { findOtherOwner, type Owner } from "#lib/extraction/records/owner.ts";
import {
  findBeginOfState,
  findCreation,
  findDayAfter,
  findWhenItHappened,
  isSpanKey,
  readSpan,
  type Span,
} from "#lib/extraction/records/span.ts";
import {
  isWrittenDay,
  joinMoney,
  readDate,
  writeDayOf,
  writePrice,
  writeScalar,
} from "#lib/extraction/records/values.ts";
import type { End, EpisodeText, FoundFact, Mention, Setting } from "#lib/extraction/schema.ts";
import { parseJson } from "#lib/json.ts";
import { findRelation } from "#lib/relations.ts";

/** Deeper nesting is not followed, and more facts than these are not kept. */
const DEEPEST = 20;
const MOST = 500;
const LONGEST_VALUE = 500;

/**
 * Reads business data: what is by a name or a number of its own is a node, what it holds are facts about it, and dates that
 * are named as a beginning or an end say when those hold. A record is about the person where it does not say otherwise, and
 * what it is about is theirs. Nothing is guessed.
 */
export function readRecord(episode: EpisodeText, setting: Setting): { facts: FoundFact[]; nodes: Mention[] } {
  const reader = new RecordReader(setting);
  reader.readRoot(parseJson(episode.content));
  const { facts, nodes } = reader.found;
  return { facts: facts.slice(0, MOST), nodes: nodes.slice(0, MOST) };
}

class RecordReader {
  readonly found = new FoundInRecord();
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
    const day = kind.isUpdate ? Object.keys(item).find((key) => DAY_OF_UPDATE.test(keys.splitKey(key))) : undefined;
    const own = { ...span, from: span.from ?? (day ? readDate(item[day]) : null) };
    const skipped = new Set([...(subject?.keys ?? []), ...kind.keys, ...(day ? [day] : [])]);
    const end = subject?.end ?? null;
    this.#readObject(end, item, skipped, own, 0, end === null ? kind : NO_KIND);
    if (subject && end !== null) this.#readPlanOf(subject.kind, item, own, 0);
  }

  /** A record of another customer: what it holds is theirs. */
  #readOthers({ key, name }: Owner, object: JsonObject, span: Span): void {
    const own = object[key];
    this.found.mention(name, "Person");
    if (isObject(own))
      this.#readObject(name, own, identifyRecord(own, keys.splitKey(key), null)?.keys ?? new Set(), span, 1);
    this.#readObject(name, object, new Set([key]), span, 0);
  }

  /** What a record is about is the person's, unless it is somebody else or somebody else's, or says itself how it belongs to them. */
  #linkToPerson({ end, label, kind }: Identity, object: JsonObject, span: Span, isOthers: boolean): void {
    this.found.mention(end, label);
    const isLinked = Object.entries(object).some(
      ([key, value]) => this.#isPerson(value) && !keys.OWNER.test(keys.splitKey(key)),
    );
    if (label === "Person" || isLinked || isOthers || this.#setting.person === null) return;
    const happened = findWhenItHappened(object);
    // An event has one moment, and what was ordered is theirs from then on, whenever the order was last touched.
    const from = happened ?? (kind === "event" ? (span.until ?? span.from) : (findCreation(object) ?? span.from));
    const until = kind === "event" ? null : findEndOfStay(kind, object, span.until);
    this.found.add(
      null,
      kind,
      { node: end },
      { from, until, kind: "adds", single: false, template: keys.makeLinkTemplate(kind, end ?? "") },
    );
  }

  #isPerson(value: unknown): boolean {
    return typeof value === "string" && isNameOfPerson(value, this.#setting.person);
  }

  #readObject(
    subject: End,
    whole: JsonObject,
    skipped: ReadonlySet<string>,
    span: Span,
    depth: number,
    kind: Kind = NO_KIND,
  ): void {
    if (depth > DEEPEST) return;
    const price = writePrice(whole);
    if (price !== null) this.found.add(subject, qualifyKey("price", kind), { value: price }, span);
    const object = price === null ? joinMoney(whole) : whole;
    const parts = price === null ? [] : ["amount", "currency", "interval"];
    const ended = readSpan(whole, { from: null, until: null }, kind).until;
    for (const [key, value] of Object.entries(object)) {
      if (this.found.facts.length >= MOST) return;
      const words = keys.splitKey(key);
      const isOfSpan = isSpanKey(shortenKey(words, kind)) && (value === null || readDate(value) !== null);
      if (skipped.has(key) || parts.includes(key) || isOfSpan) continue;
      const begin = findBeginOfState(object, words, value, span.until ?? ended);
      this.#readValue(subject, qualifyKey(words, kind), value, begin ? { from: begin, until: null } : span, depth);
    }
  }

  #readValue(subject: End, words: string, value: unknown, span: Span, depth: number): void {
    if (value === null) this.found.close(subject, words, span);
    else if (Array.isArray(value)) this.#readList(subject, words, value, span, depth);
    else if (isObject(value)) this.#readNested(subject, words, value, span, depth, true);
    else if (value !== "" && value !== undefined) this.#readScalar(subject, words, value, span);
  }

  /** A list of plain values is all there are: what is not in it any more is over. Objects are read one by one. */
  #readList(subject: End, plural: string, items: unknown[], span: Span, depth: number): void {
    const words = keys.makeSingular(plural);
    const template = words === plural ? null : keys.makeListTemplate(plural);
    const plain = items.filter((item) => item !== null && item !== "" && typeof item !== "object");
    if (items.length === 0) this.found.close(subject, words, span);
    for (const item of plain)
      this.found.add(subject, words, { value: writeScalar(item) }, { ...span, kind: "lists", template });
    for (const item of items) {
      if (!isObject(item)) continue;
      const line = identifyRecord(item, words, this.#setting.person) === null ? writeLine(item) : null;
      if (line !== null) this.found.add(subject, words, { value: line }, { ...readSpan(item, span), kind: "lists" });
      else this.#readNested(subject, words, item, span, depth, false);
    }
  }

  #readNested(subject: End, words: string, object: JsonObject, outer: Span, depth: number, single: boolean): void {
    const identity = identifyRecord(object, words, this.#setting.person);
    const part = isPersonKey(words) && subject === null && single ? NO_KIND : makePart(words);
    const own = readSpan(object, outer, part);
    const money = joinMoney(object);
    if (Object.keys(money).length === 1 && money !== object)
      this.found.add(subject, words, { value: writeScalar(Object.values(money)[0]) }, outer);
    else if (!identity && /\baddress$/.test(words))
      this.found.add(subject, words, { value: joinValues(object, part) }, own);
    else if (!identity) this.#readObject(subject, object, new Set(), own, depth + 1, part);
    else this.#readIdentified(subject, words, object, identity, { own, part, depth, single });
  }

  /** An object that is the person, or somebody or something of its own. */
  #readIdentified(
    subject: End,
    words: string,
    object: JsonObject,
    identity: Identity,
    { own, part, depth, single }: { own: Span; part: Kind; depth: number; single: boolean },
  ): void {
    const isLine = !single && subject !== null && identity.end !== null && isItem(object);
    if (identity.end === null) {
      this.#readObject(null, object, identity.keys, own, depth + 1, part);
      return;
    }
    this.found.mention(identity.end, identity.label);
    // Of something by number there may be many at once; of something by name there is one in this place.
    const isMany = !single || /\d/.test(identity.end);
    const isListed = !single && subject === null && !/\d/.test(identity.end);
    const template = isLine ? writeItem(words, object, identity.keys) : keys.makeLinkTemplate(words, identity.end);
    if (subject !== null || findOtherOwner(object, this.#setting.person) === null)
      this.found.add(
        subject,
        words,
        { node: identity.end },
        {
          ...own,
          from: own.from ?? findWhenItHappened(object),
          until: findEndOfStay(words, object, own.until),
          kind: isListed ? "lists" : isMany ? "adds" : "holds",
          single: !isMany,
          template,
        },
      );
    if (!isLine) this.#readObject(identity.end, object, identity.keys, { ...own, until: null }, depth + 1);
    if (subject === null) this.#readPlanOf(words, object, own, depth);
  }

  /** The plan of the person's subscription is the person's. */
  #readPlanOf(kind: string, { plan }: JsonObject, span: Span, depth: number): void {
    if (isSubscription(kind) && plan !== undefined && this.#setting.person !== null)
      this.#readValue(null, "plan", plan, span, depth + 1);
  }

  #readScalar(subject: End, words: string, value: unknown, span: Span): void {
    if (this.#isPerson(value)) {
      const link =
        words.replace(/ (?:user|customer|member)? ?(?:id|e ?mail|name)$/, "").replace(/ (?:user|customer)$/, "") ||
        words;
      if (subject !== null && !keys.OWNER.test(words))
        this.found.add(subject, link, { node: null }, { ...span, kind: "adds", single: false });
      return;
    }
    if (keys.CREATED.test(words) || keys.UPDATED.test(words)) return;
    const day = isDayKey(words) || isWrittenDay(value) ? writeDayOf(value) : null;
    const text = day ?? writeScalar(value).slice(0, LONGEST_VALUE);
    const template = keys.makeRecordTemplate(words, subject === null, day !== null);
    const isDone = day !== null && / was \p{L}+ on \{object\}$/u.test(template);
    const when = isDone ? { from: readDate(value), until: null } : span;
    const state = typeof value === "boolean" ? keys.makeStateTemplate(words, value) : null;
    const isNode = keys.NAMES_SOMETHING.test(words) && typeof value === "string" && isName(text);
    if (isNode) this.found.mention(text, "Entity");
    // How many dogs come along is not how many somebody has said that they have.
    const isCount = typeof value === "number" && findRelation(keys.nameRelation(words))?.object === "count";
    const name = keys.isIdOfOwner(words, value) ? `${words} id` : isCount ? `${words} count` : words;
    const isOwnSentence = keys.getKnownTemplate(words) === null && name === words;
    this.found.add(subject, name, isNode ? { node: text } : { value: text }, {
      ...when,
      template: state ?? (isOwnSentence || isCount ? template : null),
    });
  }
}

/** An appointment is over the day after, a booking when its guest has left. */
function findEndOfStay(kind: string, object: JsonObject, told: Date | null): Date | null {
  return told ?? (isOfOneDay(kind) ? findDayAfter(findWhenItHappened(object)) : null);
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

/** An address in one line; the dates in it say when it holds. */
function joinValues(object: JsonObject, part: Kind): string {
  return Object.entries(object)
    .filter(([key, value]) => !(isSpanKey(shortenKey(keys.splitKey(key), part)) && readDate(value)))
    .flatMap(([, value]) => (typeof value === "string" || typeof value === "number" ? [writeScalar(value)] : []))
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
