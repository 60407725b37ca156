import { createHash } from "node:crypto";
import { findHead } from "#lib/audit/chain.ts";
import type { Tx } from "#lib/db/client.ts";
import { BYTES, readRowsIn } from "#lib/db/rows.ts";
import { byUuid, inProject } from "#lib/db/scope.ts";
import { signPayload } from "#lib/keys/jws.ts";
import { requireErasureKeys } from "#lib/keys/register.ts";
import { receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { makeReceiptPayload } from "#lib/privacy/receipts/payload.ts";
import type { ReceiptScope } from "#lib/privacy/receipts/terms.ts";
import type { Scan } from "#lib/privacy/scan/scan.ts";

interface UnsignedReceipt {
  projectUuid: string;
  uuid: string;
  number: bigint;
  scope: ReceiptScope;
  executedAt: Date;
  facts: unknown;
}

/** Any number will do; receipts of a project are signed one after another, since each names the one before. */
const CHAIN_LOCK = 7_203_117;

/** Signs the receipt of an erasure of which a scan found nothing left, and forgets what was sealed to look for. */
export async function confirmReceipt(
  tx: Tx,
  { projectUuid, uuid, number, scope, executedAt, facts }: UnsignedReceipt,
  proof: { scan: Scan; mentions: number; vacuumedAt: Date },
): Promise<void> {
  const { signing } = await requireErasureKeys(tx);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  const [last] = await readRowsIn(tx, { hash: BYTES })`
    SELECT hash FROM receipts r WHERE ${inProject({ projectUuid }, "r")} AND status = 'confirmed'
      AND NOT EXISTS (SELECT FROM receipts next WHERE ${inProject({ projectUuid }, "next")} AND next.previous = r.hash)`;
  const previous = last ? Buffer.from(last.hash) : Buffer.alloc(32);
  const provenAt = new Date();
  const payload = makeReceiptPayload({
    receiptId: uuid,
    number,
    scope,
    executedAt,
    facts: receiptFactsSchema.parse(facts),
    ...proof,
    provenAt,
    audit: await findHead(tx, projectUuid),
    previous,
  });
  const jws = signPayload(payload, signing);
  const hash = createHash("sha256").update(jws).digest();
  await tx.receipt.update({
    where: byUuid({ projectUuid }, uuid),
    data: { status: "confirmed", sealed: null, jws, hash, previous, provenAt },
  });
}
