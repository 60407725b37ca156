import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { BYTES, listOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { type HashedSubject, lookForHashes, makeHashMatcher } from "#lib/privacy/proof/hashed.ts";
import { describeScan, type ProofResult, recordProofRun } from "#lib/privacy/proof/runs.ts";
import type { proveAgainSchema } from "#lib/privacy/receipts/schema.ts";
import { classifyHit } from "#lib/privacy/scan/classify.ts";
import { countRows, scanFor } from "#lib/privacy/scan/scan.ts";
import { NIL_UUID, readUuidTime } from "#lib/uuid.ts";

const SUBJECT_SHAPE = { projectUuid: TEXT, identifiers: listOf(BYTES), keyId: TEXT, executedAt: TIME };
const KINDS = ["user_id", "email", "session_id"] as const;

/**
 * Proves an old receipt again, today and against today's tables. Of whom it is nobody knows any more: the ids and addresses
 * that are stored are hashed and compared with the receipt's. With the identifier typed again, texts are looked through too.
 * @throws AppError `not_found`; `invalid` on `identifier` when the receipt is not about it; `unavailable` without the key.
 */
export async function proveAgain(
  actor: Actor,
  { receipt, identifier }: z.infer<typeof proveAgainSchema>,
): Promise<ProofResult> {
  authorize(actor, "receipts:read");
  const [subject] = await readRowsIn(db(), SUBJECT_SHAPE)`
    SELECT project_uuid AS "projectUuid", identifiers, key_id AS "keyId", executed_at AS "executedAt" FROM receipts
    WHERE ${inProject(actor)} AND uuid = ${receipt}::uuid`;
  if (!subject) throw new AppError("not_found", "There is no such receipt.");
  const isSought = makeHashMatcher(subject);
  const startedAt = new Date();
  const typed = identifier.trim();
  if (typed && !KINDS.some((kind) => isSought({ kind, value: typed })))
    throw new AppError("invalid", "Nothing was looked for.", { identifier: "This receipt is not about that." });
  const hashed = await lookForHashes(subject);
  const proved = typed ? await lookForTyped(subject, typed, hashed) : hashed;
  await runInTransaction((tx) => recordProofRun(tx, { ...subject, uuid: receipt }, startedAt, proved));
  return proved;
}

/** Everything, texts included, for what somebody has typed. */
async function lookForTyped(subject: HashedSubject, typed: string, hashed: ProofResult): Promise<ProofResult> {
  const nobody = { projectUuid: subject.projectUuid, uuid: NIL_UUID };
  const names = [{ kind: "user_id" as const, value: typed }];
  const scan = await runMaintenance((client) => scanFor(client, [{ person: nobody.uuid, names }]));
  const here = scan.hits.filter((hit) => classifyHit(hit, nobody) === "mention");
  const isLater = (owner: string | null) => owner !== null && readUuidTime(owner) > subject.executedAt.getTime();
  const later = here.filter(({ owner }) => isLater(owner));
  const found = { addedSince: countRows(later), mentions: countRows(here) - countRows(later) };
  return { verdict: hashed.verdict, data: { ...hashed.data, ...describeScan(scan), ...found, by: "typed" } };
}
