import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import type { End, FoundFact } from "#lib/extraction/schema.ts";
import { findRelation } from "#lib/relations.ts";

/** Who has a partner is not single, however it is said. What the text states besides is not ruled out. */
export function readConsequences(discourse: Discourse): void {
  for (const fact of [...discourse.facts]) {
    const { kind, name, source, target, invalidAt } = fact;
    const isSomebody = findRelation(name)?.object === "person" && target !== source;
    if (kind === "holds" && isSomebody && invalidAt === null) ruleOut(discourse, name, source, null);
    if (kind === "holds" && name === "HAS_DIET") ruleOutFood(discourse, fact);
  }
}

/** What a diet leaves out. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  vegetarian: ["meat", "fish"],
  vegan: ["meat", "fish", "cheese", "eggs"],
  pescatarian: ["meat"],
};

/** Who goes vegetarian eats no meat any more, where they are known to have. */
function ruleOutFood(discourse: Discourse, { source, attributes, validAt }: FoundFact): void {
  for (const food of LEFT_OUT[String(attributes?.value ?? "").toLowerCase()] ?? [])
    discourse.add({
      kind: "closes",
      name: "EATS",
      source,
      object: { node: food },
      invalidAt: validAt,
      isOfKnown: true,
    });
}

/** Adds what begins with something that begins of somebody, and ends what ends with it: who was the boss at the job before. */
export function readBeginning(discourse: Discourse, name: string, source: End, at: Date | null): void {
  for (const [entailed, value] of Object.entries(findRelation(name)?.entails ?? {}))
    discourse.add({ kind: "holds", name: entailed, source, object: { value }, validAt: at });
  ruleOut(discourse, name, source, at);
}

/** Ends what is no longer so of somebody of whom something begins or ends. */
export function ruleOut(
  discourse: Discourse,
  name: string,
  source: End,
  at: Date | null,
  given: Pick<FoundFact, "follows"> = {},
): void {
  for (const [ruledOut, value] of Object.entries(findRelation(name)?.rulesOut ?? {})) {
    if (discourse.facts.some((fact) => fact.name === ruledOut && fact.source === source)) continue;
    const object = value === null ? null : { value };
    discourse.add({ kind: "closes", name: ruledOut, source, object, invalidAt: at, ...given });
  }
}
