import type { Answer } from "#lib/extraction/model/answer.ts";
import { makeExactKey, makeNameMatcher } from "#lib/extraction/model/dedupe.ts";
import { findLabels } from "#lib/extraction/model/kinds.ts";
import type { End, EpisodeText, Mention, Setting } from "#lib/extraction/schema.ts";

/** Who and what an answer speaks of. */
export interface NameResolution {
  nodes: Mention[];
  /** Whom a name in the answer means; undefined for one that is not among its entities. */
  endOf: (name: string) => End | undefined;
}

/** What one text mentions at most; what names more is a list. */
const MOST_ENTITIES = 100;
const LONGEST_NAME = 200;

/**
 * Resolves the names in an answer to the person, the speaker, a known node or a new one. An answer can name nodes only by
 * name, and only nodes of this graph are compared.
 */
export function resolveNames(
  answer: Answer,
  { speaker }: EpisodeText,
  { person, ontology, known }: Setting,
): NameResolution {
  const self = speaker.kind === "other" ? makeExactKey(tidyText(speaker.name)) : null;
  const called = person ? [...person.names, person.email ?? "", person.userId, "user", "the user"] : [];
  const personal = new Set(called.map(makeExactKey).filter(Boolean));
  const knownAs = makeNameMatcher(known.nodes.map(({ name }) => name));
  const labels = new Map<string, string[]>();
  const ends = new Map<string, string>();
  const introduceName = (given: string, kind: string | null) => {
    const key = makeExactKey(given);
    const name = knownAs(given) ?? given;
    if (personal.has(key) || personal.has(makeExactKey(name))) personal.add(key);
    else {
      const canonical = ends.get(makeExactKey(name)) ?? name;
      ends.set(key, canonical).set(makeExactKey(name), canonical);
      labels.set(canonical, [...(labels.get(canonical) ?? []), ...findLabels(kind, ontology)]);
    }
  };
  if (speaker.kind === "other" && self) introduceName(tidyText(speaker.name), null);
  for (const { name, kind } of answer.entities.slice(0, MOST_ENTITIES)) {
    const tidied = tidyText(name);
    if (isNameable(tidied)) introduceName(tidied, kind);
  }
  const endOf = (name: string) => {
    const said = makeExactKey(tidyText(name));
    if (SELF.has(said) && speaker.kind === "machine") return undefined;
    const key = SELF.has(said) && self !== null ? self : said;
    if (person && (personal.has(key) || SELF.has(key))) return null;
    return ends.get(key);
  };
  return { nodes: [...labels].map(([name, given]) => ({ name, labels: [...new Set(given)] })), endOf };
}

/** Text without what the database cannot hold, and on one line. */
export function tidyText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "").replace(/\s+/g, " ").trim();
}

function isNameable(name: string): boolean {
  const key = makeExactKey(name);
  return (
    /[\p{L}\p{N}]/u.test(key) && name.length <= LONGEST_NAME && !SELF.has(key) && !NOBODY.test(key) && !WHEN.test(key)
  );
}

const SELF = new Set(["i", "me", "my", "mine", "myself"]);

/** Pronouns, and relatives without a name: as nodes they would collect facts of many people. */
const NOBODY =
  /^(you|your|yours|yourself|he|him|his|himself|she|her|hers|herself|it|its|itself|we|us|our|ours|they|them|their|theirs|this|that|these|those|who|someone|somebody|everyone|everybody|anyone|anybody|nobody|something|everything|nothing|((my|your|his|her|our|their|the) )?(mom|mum|mother|dad|father|parents?|sisters?|brothers?|siblings?|wife|husband|spouse|partner|sons?|daughters?|child|children|kids?|aunts?|uncles?|cousins?|grandma|grandmother|grandpa|grandfather|friends?|boss|colleagues?))$/;

/** Days and times; months that are also names of people are left. */
const WHEN =
  /^(\d{4}(-\d\d(-\d\d)?)?(t[\d:.]+z?)?|\d\d?:\d\d|now|today|tonight|tomorrow|yesterday|(last|next|this) (day|week|weekend|month|year)|((last|next|this) )?(mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|july|september|october|november|december)$/;
