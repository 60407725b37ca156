import { runMaintenance } from "#lib/db/maintenance.ts";
import { AppError } from "#lib/errors.ts";
import { hashIdentifier, type Identifier, listSuppressionKeys } from "#lib/keys/hashes.ts";
import { NOTHING_READ, type ProofResult } from "#lib/privacy/proof/runs.ts";
import type { ProofData } from "#lib/privacy/receipts/proof-data.ts";
import { makeFingerprint, readCatalogue } from "#lib/privacy/scan/catalogue.ts";
import { readStoredValues } from "#lib/privacy/scan/stored-values.ts";
import { readUuidTime } from "#lib/uuid.ts";

/** What a receipt is about, when nobody knows any more whom. */
export interface HashedSubject {
  projectUuid: string;
  identifiers: readonly Uint8Array[];
  keyId: string;
  executedAt: Date;
}

/**
 * Tells whether somebody who is named is whom a receipt is about.
 * @throws AppError `unavailable` without the key that the receipt was made with.
 */
export function makeHashMatcher({ projectUuid, identifiers, keyId }: HashedSubject): (named: Identifier) => boolean {
  const key = listSuppressionKeys().find(({ id }) => id === keyId);
  if (!key)
    throw new AppError(
      "unavailable",
      "The suppression key that this receipt was made with is missing; it is needed to compare.",
    );
  const sought = new Set(identifiers.map((hash) => Buffer.from(hash).toString("hex")));
  return (named) => sought.has(hashIdentifier(key, projectUuid, named).toString("hex"));
}

const COLUMNS = [
  { table: "users", column: "user_id", kinds: ["user_id", "email"] },
  { table: "users", column: "email", kinds: ["email", "user_id"] },
  { table: "sessions", column: "session_id", kinds: ["session_id"] },
] as const;

/**
 * Hashes the ids and addresses that are stored and compares them with a receipt's. What was added since is told apart.
 * @throws AppError `unavailable` without the key that the receipt was made with.
 */
export async function lookForHashes(subject: HashedSubject): Promise<ProofResult> {
  const isSought = makeHashMatcher(subject);
  let rows = 0;
  let addedSince = 0;
  const left: ProofData["left"] = [];
  for (const { kinds, ...place } of COLUMNS) {
    let earlier = 0;
    for await (const { uuid, value } of readStoredValues(subject, place)) {
      rows += 1;
      if (!kinds.some((kind) => isSought({ kind, value }))) continue;
      if (readUuidTime(uuid) > subject.executedAt.getTime()) addedSince += 1;
      else earlier += 1;
    }
    if (earlier > 0) left.push({ table: place.table, rows: earlier });
  }
  const fingerprint = await runMaintenance(async (client) => makeFingerprint(await readCatalogue(client)));
  const tables = new Set(COLUMNS.map(({ table }) => table)).size;
  const read = { fingerprint, tables, columns: COLUMNS.length, rows, needles: subject.identifiers.length };
  return {
    verdict: left.length > 0 ? "residue" : "confirmed",
    data: { ...NOTHING_READ, ...read, by: "hashes", addedSince, left },
  };
}
