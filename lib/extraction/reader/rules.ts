import { listBases } from "#lib/extraction/reader/inflect.ts";
import { findAlong, type Match, matchPattern, type Pattern, parsePattern } from "#lib/extraction/reader/pattern.ts";
import { getRelation, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import type { Relation } from "#lib/relations/relation.ts";
import { RELATIONS } from "#lib/relations.ts";

/** A pattern of the vocabulary with what it says of its relation. */
export interface Rule {
  relation: string;
  row: Relation;
  stage: "states" | "begins" | "ends" | "closes";
  pattern: Pattern;
}

const RULES: readonly Rule[] = Object.entries<Relation>(RELATIONS).flatMap(([relation, row]) =>
  (["states", "begins", "ends", "closes"] as const).flatMap((stage) =>
    (row[stage] ?? []).map((pattern) => ({ relation, row, stage, pattern: parsePattern(pattern) })),
  ),
);

/** By the base of the word that a pattern begins with; patterns without one may begin with any. */
const BY_HEAD = new Map<string, Rule[]>();
for (const rule of RULES)
  for (const head of rule.pattern.heads) BY_HEAD.set(head, [...(BY_HEAD.get(head) ?? []), rule]);
const WITHOUT_HEAD = RULES.filter(({ pattern }) => pattern.heads.size === 0);

/** Whether a word is the base of a verb that patterns name; its past looks otherwise. */
export function isBaseOfVerb(word: string): boolean {
  return VERBS.has(word) && !/^(?:quit|split|found)$|ed$/.test(word);
}

const VERBS = new Set(RULES.flatMap(({ pattern }) => (pattern.copular ? [] : [...pattern.heads])));

/**
 * "The flat is sold", "my bike was stolen": what was done to a thing of theirs, by whomever, ends what is known of it.
 * @param subject the place of the thing.
 */
export function matchPassiveEnds(sentence: Sentence, at: number, subject: number): { rule: Rule; match: Match }[] {
  const fits = ({ stage, pattern }: Rule) =>
    /^(?:ends|closes)$/.test(stage) && !pattern.copular && pattern.hasObject && !pattern.markers && !pattern.bearer;
  const rules = listBases(getWord(sentence, at)).flatMap((base) => BY_HEAD.get(base) ?? []);
  return [...new Set(rules)]
    .filter((rule) => fits(rule) && findAlong(sentence, at, rule.pattern))
    .map((rule) => ({
      rule: { ...rule, stage: "closes", pattern: { ...rule.pattern, copular: true } },
      match: { object: subject },
    }));
}

/** The rules of the vocabulary whose pattern a word of a sentence is the predicate of. */
export function matchRules(sentence: Sentence, at: number): { rule: Rule; match: Match }[] {
  // "Got" of "got engaged" only helps.
  if (getRelation(sentence, at) === "aux:pass") return [];
  const bases = listBases(getWord(sentence, at));
  // Of "got married" the parser makes the participle the predicate.
  const passives = listDependents(sentence, at, /^aux:pass$/).flatMap((place) => listBases(getWord(sentence, place)));
  const heads = [...bases, ...passives.filter((base) => base === "get")];
  const candidates = new Set([...heads.flatMap((base) => BY_HEAD.get(base) ?? []), ...WITHOUT_HEAD]);
  return [...candidates].flatMap((rule) => {
    const match = matchPattern(sentence, at, rule.pattern);
    return match ? [{ rule, match }] : [];
  });
}
