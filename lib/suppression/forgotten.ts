import type { Tx } from "#lib/db/client.ts";
import { BYTES, listOf, readRowsIn, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { hashIdentifier, type Identifier, listBytes, listSuppressionKeys } from "#lib/keys/hashes.ts";

/**
 * Which of these were erased, each by itself, by the receipts of their erasures: a file from before must not bring them back.
 * @returns when each was erased last, at its place in the list; null for what was not.
 */
export async function findErased(
  tx: Tx,
  project: { projectUuid: string },
  named: readonly Identifier[],
): Promise<(Date | null)[]> {
  const keys = listSuppressionKeys();
  const hashes = named.map((identifier) => keys.map((key) => hashIdentifier(key, project.projectUuid, identifier)));
  if (hashes.length === 0) return [];
  const rows = await readRowsIn(tx, { identifiers: listOf(BYTES), executedAt: TIME })`
    SELECT identifiers, executed_at AS "executedAt" FROM receipts
    WHERE ${inProject(project)} AND scope <> 'person' AND identifiers && ${listBytes(hashes.flat())} ORDER BY executed_at`;
  const erased = new Map(
    rows.flatMap(({ identifiers, executedAt }) =>
      identifiers.map((hash) => [Buffer.from(hash).toString("hex"), executedAt] as const),
    ),
  );
  return hashes.map((own) => own.map((hash) => erased.get(hash.toString("hex"))).find(Boolean) ?? null);
}
