import { runQuery, type Tx } from "#lib/db/client.ts";
import { BYTES, readRowsIn } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { hashIdentifier, type Identifier, listBytes, listSuppressionKeys } from "#lib/keys/hashes.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What one person or conversation that was just stored is called. */
export type Admission = readonly Identifier[];

const KEPT_OUT = "This person was erased and is kept out (suppressed). Nothing was stored.";

/**
 * Refuses whoever is kept out. Called after people or conversations were stored and in the same transaction: the unique keys
 * of what is being erased make the insert wait for the erasure, and by then it is known whom it keeps out.
 * @throws AppError `suppressed`, and counts that somebody tried; `unavailable` without the keys to tell.
 */
export async function refuseSuppressed(tx: Tx, project: { projectUuid: string }, names: Admission): Promise<void> {
  const found = await findSuppressed(tx, project, [names]);
  if (found.length > 0) throw new AppError("suppressed", KEPT_OUT);
}

/** The same for many at once. @returns the places in the list of those who are kept out; their attempts are counted. */
export async function findSuppressed(
  tx: Tx,
  project: { projectUuid: string },
  admissions: readonly Admission[],
): Promise<number[]> {
  const keys = listSuppressionKeys();
  const hashed = admissions.map((names) =>
    names.flatMap((named) => keys.map((key) => hashIdentifier(key, project.projectUuid, named))),
  );
  const all = hashed.flat();
  if (all.length === 0 && keys.length > 0) return [];
  const rows = await readRowsIn(tx, { hmac: BYTES })`
    SELECT lethe_find_suppressed(${project.projectUuid}::uuid, ${listBytes(all)}, ${keys.map(({ id }) => id)}::text[]) AS hmac`;
  if (rows.length === 0) return [];
  const kept = new Set(rows.map(({ hmac }) => Buffer.from(hmac).toString("hex")));
  countHits(
    project,
    rows.map(({ hmac }) => Buffer.from(hmac)),
  );
  return [...hashed.entries()].flatMap(([index, hmacs]) =>
    hmacs.some((hmac) => kept.has(hmac.toString("hex"))) ? [index] : [],
  );
}

/**
 * On a connection of its own, since the attempt is rolled back and the count of it must not be. Nobody waits for it: whoever
 * holds a connection must not wait for another one.
 */
function countHits(project: { projectUuid: string }, hmacs: Buffer[]): void {
  runQuery(Prisma.sql`
    UPDATE suppressions SET hits = hits + 1, last_hit_at = now()
    WHERE ${inProject(project)} AND hmac = ANY(${listBytes(hmacs)}) AND lifted_at IS NULL`).catch(toFailure);
}
