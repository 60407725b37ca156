import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import type { Role } from "#lib/extraction/reader/roles.ts";
import type { Sentence } from "#lib/extraction/reader/sentence.ts";
import { readPersonName } from "#lib/extraction/reader/slots/names.ts";
import type { End } from "#lib/extraction/schema.ts";

/** Has somebody's people or animals be what their role says, by the names that stand at these places. */
export function introduceAll(
  sentence: Sentence,
  discourse: Discourse,
  owner: End | undefined,
  role: Role,
  places: number[],
  validAt: Date | null = null,
): void {
  if (owner === undefined) return;
  const names = places.flatMap((place) => readPersonName(sentence, place) ?? []);
  introduceByName(discourse, owner, role, names, validAt);
}

/** Has somebody's people or animals be what their role says, by name. */
export function introduceByName(
  discourse: Discourse,
  owner: End,
  role: Role,
  names: readonly string[],
  validAt: Date | null,
): void {
  for (const name of names) {
    const { end } = discourse.introduce(owner, role, name);
    discourse.add({ kind: "holds", name: role.relation, source: owner, object: { node: end }, validAt });
  }
}
