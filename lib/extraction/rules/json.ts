import { isNameOfPerson } from "#lib/extraction/person.ts";
import { relationOf } from "#lib/extraction/rules/nouns.ts";
import type { End, EpisodeText, FoundFact, Mention, Person, Setting } from "#lib/extraction/schema.ts";
import { findLongNumber, parseJson } from "#lib/json.ts";

/** Who or what an object in the data is, and how it is called in a sentence. */
interface Thing {
  end: End;
  text: string;
}

/** The time that an object's own dates give to what it says. */
interface Span {
  from: Date | null;
  until: Date | null;
}

/** Deeper nesting is not followed, and more facts than these are not kept. */
const DEEPEST = 20;
const MOST = 500;

/**
 * Walks business data: an object with a name, an id or an address is a node, what it holds are facts about it, and dates
 * named as a beginning or an end say when those hold. What names the person by address, id or name is the person; an
 * object that says of itself nothing of the kind is about the person, too. Nothing is guessed.
 */
export function readJson(episode: EpisodeText, setting: Setting): { facts: FoundFact[]; nodes: Mention[] } {
  const walk = new Walk(episode, setting.person);
  walk.root(parseJson(episode.content));
  return { facts: walk.facts.slice(0, MOST), nodes: walk.nodes.slice(0, MOST) };
}

class Walk {
  readonly facts: FoundFact[] = [];
  readonly nodes: Mention[] = [];
  readonly #person: Person | null;
  readonly #saidAt: Date;

  constructor({ saidAt }: EpisodeText, person: Person | null) {
    this.#person = person;
    this.#saidAt = saidAt;
  }

  root(value: unknown): void {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (!isObject(item)) continue;
      const self = { end: null, text: this.#person?.names[0] ?? "It" };
      this.#object(this.#identity(item, "record") ?? self, item, { from: null, until: null }, "", true, 0);
    }
  }

  /** What an object says of a thing; `path` is the key it stands under when it is nothing by itself. */
  #object(
    thing: Thing,
    object: Record<string, unknown>,
    outer: Span,
    path: string,
    single: boolean,
    depth: number,
  ): void {
    if (depth > DEEPEST) return;
    const own = spanOf(object);
    const span = { from: own.from ?? outer.from, until: own.until ?? outer.until };
    for (const [key, value] of Object.entries(object)) {
      if (this.facts.length >= MOST) return;
      if (endOfSpan(key) !== null && dateOf(value)) continue;
      this.#value(thing, [path, key].filter(Boolean).join("_"), value, span, single, depth);
    }
  }

  #value(thing: Thing, key: string, value: unknown, span: Span, single: boolean, depth: number): void {
    if (Array.isArray(value)) {
      for (const item of value) this.#value(thing, one(key), item, span, false, depth + 1);
    } else if (isObject(value)) {
      const inner = this.#identity(value, one(key));
      if (inner) {
        const own = spanOf(value);
        const during = { from: own.from ?? span.from, until: own.until ?? span.until };
        this.#fact(thing, key, inner.text, inner.end, during, single);
        this.#object(inner, value, span, "", single, depth + 1);
      } else this.#object(thing, value, span, one(key), single, depth + 1);
    } else if (value !== null && value !== "" && value !== undefined) {
      this.#scalar(thing, key, writeScalar(value), span, single);
    }
  }

  #scalar(thing: Thing, key: string, value: string, span: Span, single: boolean): void {
    if (NAMES.test(key) && value === thing.text) return;
    if (isNameOfPerson(value, this.#person)) {
      if (thing.end !== null) this.#fact(thing, key, value, null, span, single);
      else if (!NAMES.test(key) && !IDS.test(key)) this.#fact(thing, key, value, thing.end, span, single);
      return;
    }
    const named = isName(value) && !NAMES.test(key);
    if (named) this.nodes.push({ name: value, labels: [] });
    this.#fact(thing, key, value, named ? value : thing.end, span, single);
  }

  #fact({ end, text }: Thing, key: string, value: string, target: End, { from, until }: Span, single: boolean): void {
    const words = key
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replace(/[_-]+/g, " ")
      .toLowerCase();
    const dated = from !== null || until !== null;
    this.facts.push({
      kind: "holds",
      source: end,
      target,
      name: relationOf(words),
      fact: `${text}'s ${words} is ${value}`.slice(0, 500),
      single,
      validAt: from ?? (dated || TIMELESS.test(words) ? null : this.#saidAt),
      invalidAt: until && from && until < from ? null : until,
      confidence: 1,
    });
  }

  /** An object with a name, an id or an address is somebody or something. */
  #identity(object: Record<string, unknown>, kind: string): Thing | null {
    const text = (keys: RegExp) =>
      Object.entries(object).flatMap(([key, value]) =>
        keys.test(key) && (typeof value === "string" || typeof value === "number") && value !== ""
          ? [writeScalar(value)]
          : [],
      );
    const whole = [text(/^first_?name$/i)[0], text(/^last_?name$/i)[0]].filter(Boolean).join(" ");
    const named = [...text(/^(name|full_?name|display_?name|title)$/i), whole].filter(Boolean);
    const [address] = text(/^e-?mail(_?address)?$/i);
    const ids = text(IDS);
    if ([...named, address ?? "", ...ids].some((value) => isNameOfPerson(value, this.#person))) {
      return { end: null, text: this.#person?.names[0] ?? "" };
    }
    const name = named[0] ?? address ?? (ids[0] && `${kind.replace(/_/g, " ")} ${ids[0]}`);
    if (!name) return null;
    this.nodes.push({ name: name.slice(0, 200), labels: [] });
    return { end: name.slice(0, 200), text: name.slice(0, 200) };
  }
}

const NAMES = /^(name|full_?name|display_?name|title|first_?name|last_?name)$/i;
const IDS = /^(id|uuid|user_?id|username|.*_id)$/i;
/** What is so of somebody from the first, so that no date of telling dates it. */
const TIMELESS = /\b(birth|birthday|born|dob|gender|sex|name|ids?|uuid|nationality|ethnicity)\b/;

const BEGINS = /^(start|begin|began|from|since|valid_?from|effective)|(_at|_?on)$/i;
const ENDS = /^(end|until|till|to$|through|valid_?(to|until)|expire|expiry|cancel|close|terminate|left|finish)/i;

/** Which end of a time a key names. */
function endOfSpan(key: string): "from" | "until" | null {
  if (/^updated/i.test(key)) return null;
  if (ENDS.test(key)) return "until";
  return BEGINS.test(key) &&
    !/^(location|description|version|action|position|person|region|station|station|reason|season|option|icon|button|common)$/i.test(
      key,
    )
    ? "from"
    : null;
}

function spanOf(object: Record<string, unknown>): Span {
  const span: Span = { from: null, until: null };
  for (const [key, value] of Object.entries(object)) {
    const end = endOfSpan(key);
    const date = dateOf(value);
    if (end && date) span[end] ??= date;
  }
  return span;
}

function dateOf(value: unknown): Date | null {
  if (typeof value !== "string" || !/^\d{4}(-\d\d(-\d\d([T ].*)?)?)?$/.test(value)) return null;
  const date = new Date(
    /T| /.test(value) && !/(Z|[+-]\d\d:?\d\d)$/.test(value) ? `${value.replace(" ", "T")}Z` : value,
  );
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 ? null : date;
}

/** What looks like a name and not like a code, a number, a date, an address or a sentence. */
function isName(value: string): boolean {
  return (
    /^\p{Lu}[\p{L}\p{M}0-9 .,&'’()/-]{1,59}$/u.test(value) &&
    value.split(" ").length <= 8 &&
    !/[.!?]$/.test(value.replace(/\b(Inc|Ltd|Co|Jr|Sr|St)\.$/, ""))
  );
}

/** "terms" → "term". */
function one(key: string): string {
  return /(ss|us|is|news)$/i.test(key) ? key : key.replace(/ies$/i, "y").replace(/s$/i, "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in words, a number with every digit that was written. */
function writeScalar(value: unknown): string {
  return findLongNumber(value) ?? String(value);
}
