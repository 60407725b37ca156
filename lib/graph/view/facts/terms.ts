import type { FactExtractor } from "#lib/graph/terms.ts";
import { endsByItself, formatRelation } from "#lib/relations.ts";

export const FACT_SORTS = ["fact", "relation", "from", "until", "learned", "confidence"] as const;
export type FactSort = (typeof FACT_SORTS)[number];

export const FACT_STATES = ["current", "past", "coming"] as const;
export type FactState = (typeof FACT_STATES)[number];

/** What is shown in the place of known facts: what somebody said in their own words. */
export const FACT_KINDS = ["said"] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Who drew a fact, in words that say how far to trust it. */
export const EXTRACTOR_MEANING: Record<FactExtractor, string> = {
  rules: "read by rules",
  model: "read by a model",
  stated: "stated outright",
};

/** The bounds of confidence that one may ask for, in hundredths. */
export const CONFIDENCES = ["50", "70", "80", "90"] as const;

/** Whether a fact holds now, did once, or will. */
export function getFactState(
  { validAt, invalidAt }: { validAt: Date | string | null; invalidAt: Date | string | null },
  now = new Date(),
): FactState {
  if (validAt && new Date(validAt) > now) return "coming";
  return invalidAt && new Date(invalidAt) <= now ? "past" : "current";
}

/** Whether the end of a fact that holds is only the latest there can be: nobody is of one age for more than a year. */
export function isEndLimit(fact: {
  name: string;
  validAt: Date | string | null;
  invalidAt: Date | string | null;
}): boolean {
  return getFactState(fact) !== "past" && endsByItself(fact.name);
}

/**
 * What a fact says of its node alone, as a label and a value: "plan" and "Team" of "Ana's plan is Team", "works as" and "a
 * nurse" of "Ana works as a nurse".
 */
export function parseAttribute({ name, fact, sourceName }: { name: string; fact: string; sourceName: string }) {
  const label = formatRelation(name);
  const said = fact.startsWith(sourceName) ? fact.slice(sourceName.length) : ` ${fact}`;
  const owned = /^'s .+? (?:is|are|include) (?<value>.+)$/.exec(said)?.groups?.value;
  if (owned) return { label, value: owned };
  return { label, value: said.startsWith(` ${label} `) ? said.slice(label.length + 2) : said.trim() };
}
