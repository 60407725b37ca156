import type { ViewNode } from "#lib/graph/view/picture/schema.ts";

/** What a node is first of all: its most telling label. Every node is an Entity, which tells nothing. */
export function findKind({ labels }: Pick<ViewNode, "labels">): string {
  return labels.find((label) => label !== "Entity") ?? "Entity";
}

/** The kinds that have a colour of their own, as `--kind-…` in globals.css; further labels share these by their letters. */
const COLOURED = ["person", "organization", "place", "animal", "event", "product", "topic", "condition"] as const;

/** Labels that mean a coloured kind. */
const ALSO: Record<string, (typeof COLOURED)[number]> = {
  location: "place",
  company: "organization",
  pet: "animal",
  dog: "animal",
  cat: "animal",
  illness: "condition",
};

/** The custom property that holds a kind's colour in either theme. What is merely an Entity stays grey. */
export function getKindColour(kind: string): string {
  const name = kind.toLowerCase();
  if (name === "user") return "--river";
  if (name === "entity") return "--edge";
  const own = COLOURED.find((known) => known === name) ?? ALSO[name];
  if (own) return `--kind-${own}`;
  const letters = [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) >>> 0;
  return `--kind-${COLOURED[letters % COLOURED.length]}`;
}
