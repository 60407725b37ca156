import type { Ontology } from "#lib/ontology/schema.ts";

/** What an entity can be in every project, beside the kinds that its application names. */
const COMMON = ["Person", "Organization", "Place", "Product", "Event", "Topic"];

/** The kinds of entities that a project knows: its own first. */
export function listKinds({ entityTypes }: Ontology): string[] {
  return [...new Set([...entityTypes.map(({ name }) => name), ...COMMON])];
}

/** The label of a kind that the project knows, as it is spelled there; none for any other. */
export function findLabels(kind: string | null, ontology: Ontology): string[] {
  const wanted = kind?.trim().toLowerCase();
  return listKinds(ontology)
    .filter((known) => known.toLowerCase() === wanted)
    .slice(0, 1);
}

/** A relation as the project spells it, or in SCREAMING_SNAKE. One that is no name is the vaguest relation there is. */
export function normaliseRelation(given: string, { edgeTypes }: Ontology): string {
  const name = toScreamingSnake(given);
  if (!/\p{L}/u.test(name) || name.length > LONGEST) return "RELATES_TO";
  return edgeTypes.find((type) => toScreamingSnake(type.name) === name)?.name ?? name;
}

const LONGEST = 60;

/** Written by any habit: worksAt, "works at" and WORKS-AT are WORKS_AT. */
export function toScreamingSnake(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .toUpperCase();
}
