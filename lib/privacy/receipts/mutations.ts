import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { BYTES, nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { verifyJws } from "#lib/keys/jws.ts";
import { listPublicKeys } from "#lib/keys/register.ts";
import { makeBundle } from "#lib/privacy/receipts/bundle.ts";
import { openSubject } from "#lib/privacy/receipts/seal.ts";

interface ReceiptFiles {
  number: string;
  files: Record<string, string>;
}

/** The receipt with what it takes to check it elsewhere. @throws AppError `not_found`; `conflict` before it is proved. */
export async function downloadReceipt(actor: Actor, { receipt }: { receipt: string }): Promise<ReceiptFiles> {
  authorize(actor, "receipts:read");
  const { number, jws, timeStamp } = await requireSigned(db(), actor, receipt);
  return { number, files: makeBundle(jws, await findKey(jws), { timeStamp }) };
}

/**
 * The person's own copy, with the nonce that binds the receipt to them. It is given out once, and forgotten.
 * @throws AppError `not_found`; `conflict` before it is proved, or when the copy has been made.
 */
export async function downloadSubjectCopy(actor: Actor, { receipt }: { receipt: string }): Promise<ReceiptFiles> {
  authorize(actor, "receipts:read");
  return runInTransaction(async (tx) => {
    const copy = await takeSubjectCopy(tx, actor, receipt);
    if (!copy) throw new AppError("conflict", "The person's own copy of this receipt has been made.");
    return copy;
  });
}

/** The person's own copy; null where it has been given out. @throws AppError `not_found`; `conflict` before it is proved. */
export async function takeSubjectCopy(tx: Tx, actor: Actor, receipt: string): Promise<ReceiptFiles | null> {
  const { number, jws, nonce, timeStamp } = await requireSigned(tx, actor, receipt);
  if (!nonce) return null;
  await tx.receipt.update({ where: byUuid(actor, receipt), data: { nonce: null } });
  await record(tx, actor, { action: "receipt.handed_over" });
  return { number, files: makeBundle(jws, await findKey(jws), { nonce: openSubject(nonce), timeStamp }) };
}

async function requireSigned(tx: Pick<Tx, "$queryRaw">, actor: Actor, receipt: string) {
  const shape = {
    number: TEXT,
    jws: nullable(TEXT),
    nonce: nullable(TEXT),
    stamp: nullable(BYTES),
    blind: nullable(BYTES),
  };
  const [found] = await readRowsIn(tx, shape)`
    SELECT number::text, jws, nonce, time_stamp AS stamp, blind FROM receipts WHERE ${inProject(actor)} AND uuid = ${receipt}::uuid FOR NO KEY UPDATE`;
  if (!found) throw new AppError("not_found", "There is no such receipt.");
  const { jws, stamp, blind, ...rest } = found;
  if (!jws) throw new AppError("conflict", "This receipt is signed once the proof has found nothing left.");
  return { ...rest, jws, timeStamp: stamp && blind ? { stamp, blind } : null };
}

async function findKey(jws: string) {
  const keys = await listPublicKeys();
  const checked = verifyJws(jws, keys);
  const key = checked.valid ? keys.find(({ kid }) => kid === checked.kid) : undefined;
  if (!key) throw new Error("a stored receipt does not verify");
  return key;
}
