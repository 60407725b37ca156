import { getTemplate } from "#lib/relations.ts";

/** What a fact says of its subject, taken apart where its sentence allows: "daughter" and "Claire", "lives in" and "Porto". */
export interface Phrase {
  /** Facts with the same lead are told together; empty for "is". */
  lead: string;
  /** Nouns that a lead counts may stand in the plural: "daughters Claire and Ana". */
  isRole: boolean;
  object: string;
}

/**
 * Takes a fact apart by the sentence of its relation. @param said the fact without the name of its subject: "'s son is Max",
 * " lives in Porto".
 */
export function parsePhrase(relation: string, said: string): Phrase {
  const template = getTemplate(relation)?.replace("{subject}", "") ?? "";
  const [begin = "", end = ""] = template.split("{object}");
  const fits = template.includes("{object}") && said.startsWith(begin) && said.endsWith(end);
  if (fits) return makePhrase(begin, said.slice(begin.length));
  const owned = /^'s (?<what>.+?) (?:is|are|include) (?<object>.+)$/.exec(said)?.groups;
  if (owned) return { lead: owned.what ?? "", isRole: true, object: owned.object ?? "" };
  if (said.startsWith("'s ")) return { lead: "", isRole: false, object: said.slice("'s ".length) };
  const [, verb = "", rest = ""] = /^\s+(\S+) ?(.*)$/.exec(said) ?? [];
  return makePhrase(` ${verb} `, rest);
}

function makePhrase(begin: string, object: string): Phrase {
  const owned = /^'s (.+) is $/.exec(begin)?.[1];
  if (owned !== undefined) return { lead: owned, isRole: true, object };
  return { lead: begin.trim().replace(/^is\b ?/, ""), isRole: false, object };
}

/** A phrase for several facts of one lead: "daughters Claire and Ana". */
export function joinPhrase({ lead, isRole }: Phrase, objects: readonly string[]): string {
  const noun = isRole && objects.length > 1 ? makePlural(lead) : lead;
  return `${noun} ${joinWords(objects)}`.trim();
}

/** "A", "A and B", "A, B and C". */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function makePlural(noun: string): string {
  if (/(?:^|grand)child$/.test(noun)) return `${noun}ren`;
  if (/s$/.test(noun)) return noun;
  return noun
    .replace(/([^aeiou])y$/, "$1ie")
    .replace(/(ch|sh|x)$/, "$1e")
    .concat("s");
}
