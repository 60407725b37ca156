import type { FoundFact, Reading } from "#lib/extraction/schema.ts";
import type { Ontology } from "#lib/ontology/schema.ts";

/**
 * Brings what rules found under the names that the application gave its kinds: a relation takes the name of the edge type
 * that is described with its verb, and a node the label of the entity type that its own description names.
 */
export function applyOntology(reading: Reading, { entityTypes, edgeTypes }: Ontology): Reading {
  if (entityTypes.length === 0 && edgeTypes.length === 0) return reading;
  const relations = edgeTypes.map((type) => ({
    name: type.name.toUpperCase(),
    stems: extractStems(`${type.name} ${type.description}`),
  }));
  const facts = reading.facts.map((fact) => {
    const own = extractStems(fact.name)[0];
    const type = relations.find(({ name, stems }) => name === fact.name || (own !== undefined && stems.includes(own)));
    return type ? { ...fact, name: fact.name.startsWith("NOT_") ? `NOT_${type.name}` : type.name } : fact;
  });
  const nodes = [
    ...reading.nodes.map((node) => ({
      ...node,
      labels: [...new Set([...node.labels, ...findLabels(node.labels.join(" "), entityTypes)])],
    })),
    ...reading.facts.flatMap((fact) => findDescribedLabels(fact, entityTypes)),
  ];
  return { ...reading, nodes, facts };
}

/** "Max is a golden retriever" makes Max what the application calls a Retriever, "HAS_DOG" its other end a Dog. */
function findDescribedLabels({ source, target, name, fact }: FoundFact, types: Ontology["entityTypes"]) {
  const described = name === "IS" && source === target ? source : target;
  const words = name === "IS" ? fact.split(" is ").slice(1).join(" ") : name.replace(/^HAS_/, "");
  const labels = findLabels(words.replace(/_/g, " "), types);
  return typeof described === "string" && labels.length > 0 ? [{ name: described, labels }] : [];
}

function findLabels(words: string, types: Ontology["entityTypes"]): string[] {
  const stems = extractStems(words);
  return types.filter((type) => extractStems(type.name).some((stem) => stems.includes(stem))).map((type) => type.name);
}

const EMPTY =
  /^(has|have|the|and|for|with|that|this|who|what|which|from|not|are|was|does|its|their|to|of|in|at|on|an?|is|or|by|be)$/;

/** Words without their endings, roughly: enough to see that "works" and "working" are one. */
function extractStems(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1 && !EMPTY.test(word))
    .map((word) => word.replace(/(ing|ed|es|s)$/, "").replace(/(.)\1$/, "$1"));
}
