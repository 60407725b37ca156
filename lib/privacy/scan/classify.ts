import type { Person } from "#lib/db/stored-tables.ts";
import type { Hit } from "#lib/privacy/scan/scan.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";

/**
 * What it means that somebody was found in a row. `own`: it is their own, or refers to them, or nobody's at all: once they
 * are erased nothing of the kind may be left. `mention`: it is somebody else's, or the project's, and speaks of them.
 * `elsewhere`: it is another project's, whose very existence is not to be told. `exempt`: it stays, with a ground.
 */
export function classifyHit(
  { table, owner, project, referred, kinds }: Hit,
  person: Person,
): "own" | "mention" | "elsewhere" | "exempt" {
  const stored = STORED_TABLES.find(({ name }) => name === table);
  if (stored?.exempt !== undefined) return "exempt";
  if (owner === person.uuid || referred) return "own";
  if (owner !== null || project !== null) return project === person.projectUuid ? "mention" : "elsewhere";
  // What only the product writes holds words of its own, that somebody may be called by.
  const holdsNames = stored === undefined || stored.columns.words !== undefined || stored.columns.id !== undefined;
  return holdsNames || kinds.includes("uuid") ? "own" : "exempt";
}
