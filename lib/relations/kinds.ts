import type { Theme } from "#lib/relations/relation.ts";

/** What a node can be, each with the theme that its facts are looked for under. A node's label is one of these, or an ontology's own. */
export const KINDS: Readonly<Record<string, Theme>> = {
  Person: "people",
  Animal: "animals",
  Place: "where",
  Organization: "work",
  Activity: "likes",
  Topic: "likes",
  Food: "health",
  Allergen: "health",
  Condition: "health",
  Medicine: "health",
  Language: "things",
  Thing: "things",
  Product: "things",
  Device: "things",
  Order: "account",
  Event: "plans",
};
