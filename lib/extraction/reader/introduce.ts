import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import type { Role } from "#lib/extraction/reader/roles.ts";
import type { Sentence } from "#lib/extraction/reader/sentence.ts";
import { readPersonName } from "#lib/extraction/reader/slots/names.ts";
import type { End } from "#lib/extraction/schema.ts";

export function introduceAll(
  sentence: Sentence,
  discourse: Discourse,
  owner: End | undefined,
  role: Role,
  places: number[],
  validAt: Date | null = null,
): void {
  if (owner === undefined) return;
  for (const place of places) {
    const name = readPersonName(sentence, place);
    if (name === null) continue;
    const { end } = discourse.introduce(owner, role, name);
    discourse.add({ kind: "holds", name: role.relation, source: owner, object: { node: end }, validAt });
  }
}
