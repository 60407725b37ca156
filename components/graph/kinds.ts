import type { ViewNode } from "#lib/graph/view/picture/schema.ts";
import { KINDS } from "#lib/relations/kinds.ts";

/** What a node is first of all: its most telling label. Every node is an Entity, which tells nothing. */
export function findKind({ labels }: Pick<ViewNode, "labels">): string {
  return labels.find((label) => label !== "Entity") ?? "Entity";
}

const THEMES = [...new Set(Object.values(KINDS))];

/** Labels of other vocabularies that mean a kind of ours. */
const ALSO: Readonly<Record<string, string>> = {
  location: "Place",
  company: "Organization",
  pet: "Animal",
  dog: "Animal",
  cat: "Animal",
  illness: "Condition",
};

/**
 * The custom property that holds a kind's colour in either theme, `--theme-…` in globals.css: that of the theme which the
 * vocabulary puts it under. Further labels share these by their letters. What is merely an Entity stays grey.
 */
export function getKindColour(kind: string): string {
  const name = kind.toLowerCase();
  if (name === "user") return "--river";
  if (name === "entity") return "--edge";
  const theme = KINDS[ALSO[name] ?? kind];
  if (theme) return `--theme-${theme}`;
  const letters = [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) >>> 0;
  return `--theme-${THEMES[letters % THEMES.length]}`;
}
