import type { End } from "#lib/extraction/schema.ts";

/** Somebody or something that a text speaks of; `end` is null for the person whose graph it is. */
export interface Referent {
  end: End;
  /** Which of "he" and "she" stands for it, where that is known; "it" for animals is not told apart. */
  gender: "he" | "she" | null;
  isPerson: boolean;
  /** What it is to whom, where the text says so. */
  role: { relation: string; owner: End } | null;
}

/**
 * Whom a pronoun means of those who were spoken of: who is named in this text before who was named in the one before, people
 * before animals, and nobody where it may be several.
 */
export function chooseReferent(
  referents: readonly Referent[],
  gender: "he" | "she",
  isRecalled: (referent: Referent) => boolean,
): Referent | null {
  const fitting = referents.filter((referent) => referent.gender === null || referent.gender === gender);
  const named = fitting.filter((referent) => !isRecalled(referent));
  const here = named.length > 0 ? named : fitting;
  const exact = here.filter((referent) => referent.gender === gender);
  const people = here.filter(({ isPerson }) => isPerson);
  const candidates = [exact, people, here].find((some) => some.length > 0) ?? [];
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}
