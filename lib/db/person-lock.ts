import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";

/**
 * Everything that writes to what a person has takes the person's row first, so that two such writers queue instead of
 * each waiting for what the other holds. @returns how audit rows call the person; null when there is no such person.
 */
export async function lockPerson(tx: Tx, projectUuid: string, userUuid: string): Promise<string | null> {
  const [person] = await readRowsIn(tx, { subjectRef: TEXT })`SELECT subject_ref AS "subjectRef" FROM users
    WHERE ${inProject({ projectUuid })} AND uuid = ${userUuid}::uuid FOR NO KEY UPDATE`;
  return person?.subjectRef ?? null;
}
