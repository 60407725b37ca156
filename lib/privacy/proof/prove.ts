import { createHash } from "node:crypto";
import type pg from "pg";
import { z } from "zod";
import { findHead } from "#lib/audit/chain.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { runMaintenance } from "#lib/db/maintenance.ts";
import {
  BIGINT,
  BYTES,
  JSON_VALUE,
  listOf,
  oneOf,
  type RowOf,
  readRows,
  readRowsIn,
  TEXT,
  TIME,
} from "#lib/db/rows.ts";
import { byUuid, inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { hashIdentifier, type Identifier, listSuppressionKeys } from "#lib/keys/hashes.ts";
import { signPayload } from "#lib/keys/jws.ts";
import { requireErasureKeys } from "#lib/keys/register.ts";
import { lookForHashes } from "#lib/privacy/proof/again.ts";
import { runUpkeep, type Upkeep } from "#lib/privacy/proof/upkeep.ts";
import { receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { makeReceiptPayload } from "#lib/privacy/receipts/payload.ts";
import type { ProofData } from "#lib/privacy/receipts/proof-data.ts";
import { unseal } from "#lib/privacy/receipts/seal.ts";
import { ERASURE_SCOPES } from "#lib/privacy/receipts/terms.ts";
import { classifyHit } from "#lib/privacy/scan/classify.ts";
import type { Sought } from "#lib/privacy/scan/needles.ts";
import { type Scan, scanFor } from "#lib/privacy/scan/scan.ts";
import { generateUuid } from "#lib/uuid.ts";
import type { ProofVerdict } from "#prisma/client/enums.ts";

/** One search looks for so many at once. */
const MOST_AT_ONCE = 50;

/** What was found is looked for again after a while: what others were writing at that moment may be done. */
const AGAIN_AFTER = "1 minute";

/** Any number will do; of all processes one proves at a time. */
const PROOF_LOCK = 7_203_116;

const soughtSchema = z.object({
  person: z.string(),
  names: z.array(z.object({ kind: z.enum(["uuid", "user_id", "session_id", "email", "name"]), value: z.string() })),
});

const PENDING_SHAPE = {
  projectUuid: TEXT,
  uuid: TEXT,
  number: BIGINT,
  scope: oneOf(ERASURE_SCOPES),
  executedAt: TIME,
  facts: JSON_VALUE,
  sealed: TEXT,
  identifiers: listOf(BYTES),
  keyId: TEXT,
};
type PendingReceipt = RowOf<typeof PENDING_SHAPE>;

/**
 * Looks in everything that is stored for what pending receipts say is gone, has the tables tidied, and signs the receipts of
 * those of whom nothing is left. Those of whom something is left are marked, and looked for again later.
 * @param atOnce looks again for what was looked for a moment ago.
 * @returns how many receipts were looked into.
 */
export async function provePendingReceipts({ atOnce = false } = {}): Promise<number> {
  const pause = atOnce ? "0 seconds" : AGAIN_AFTER;
  if ((await listPending(1, pause)).length === 0) return 0;
  return runMaintenance(async (client) => {
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS free", [PROOF_LOCK]);
    if (!rows[0]?.free) return 0;
    const pending = await listPending(MOST_AT_ONCE, pause);
    if (pending.length > 0) await proveTogether(client, pending);
    return pending.length;
  });
}

function listPending(most: number, pause: string): Promise<PendingReceipt[]> {
  return readRows(PENDING_SHAPE)`
    SELECT project_uuid AS "projectUuid", uuid, number, scope::text, executed_at AS "executedAt", facts, sealed, identifiers,
      key_id AS "keyId" FROM receipts r
    WHERE sealed IS NOT NULL AND status IN ('pending', 'residue') AND NOT EXISTS (
      SELECT FROM proof_runs p WHERE p.receipt_uuid = r.uuid AND p.ended_at > now() - ${pause}::interval)
    ORDER BY executed_at LIMIT ${most}`;
}

function isOfSomebody({ scope }: PendingReceipt): boolean {
  return scope === "person" || scope === "session";
}

/** Looks for what a receipt is about by its hashes alone. */
async function lookForReceipt({ projectUuid, identifiers, keyId, executedAt }: PendingReceipt) {
  const key = listSuppressionKeys().find(({ id }) => id === keyId);
  if (!key) throw new AppError("unavailable", "The suppression key that a receipt was made with is missing.");
  const sought = new Set(identifiers.map((hash) => Buffer.from(hash).toString("hex")));
  const isSought = (named: Identifier) => sought.has(hashIdentifier(key, projectUuid, named).toString("hex"));
  return lookForHashes({ projectUuid }, isSought, executedAt);
}

/** What a receipt has sealed; null where it was sealed with another secret. */
function openSealed({ sealed }: PendingReceipt): Sought | null {
  try {
    return soughtSchema.parse(JSON.parse(unseal(sealed)));
  } catch {
    return null;
  }
}

const SEALED_OTHERWISE = "what is to be looked for was sealed under another LETHE_SECRET";

async function proveTogether(client: pg.Client, all: PendingReceipt[]): Promise<void> {
  const opened = all.map((receipt) => ({ receipt, sought: openSealed(receipt) }));
  for (const { receipt, sought } of opened) if (!sought) await noteUnreadable(receipt);
  const readable = opened.flatMap(({ receipt, sought }) => (sought ? [{ receipt, sought }] : []));
  const pending = readable.map(({ receipt }) => receipt);
  const sought = readable.map((one) => one.sought);
  if (pending.length === 0) return;
  const scan = await scanFor(client, sought);
  const upkeep = await runUpkeep(client, sought);
  for (const [index, receipt] of pending.entries()) {
    const person = { projectUuid: receipt.projectUuid, uuid: sought[index]?.person ?? "" };
    const found = scan.hits.filter((hit) => hit.subject === index);
    const left = found.filter((hit) => classifyHit(hit, person) === "own");
    const mentions = found.filter((hit) => classifyHit(hit, person) === "mention");
    const named = new Set(found.map(({ table }) => table));
    // Statistics are of the rows there are by now: what shows in them of a row that was found is told by that row.
    const statistics = (upkeep.statistics[index] ?? []).filter((table) => !named.has(table));
    // Nobody is named where a restored database knew nobody: then what is stored is hashed and compared.
    const hashed = sought[index]?.names.length === 0 && isOfSomebody(receipt) ? await lookForReceipt(receipt) : null;
    const verdict: ProofVerdict =
      hashed?.verdict === "residue"
        ? "residue"
        : left.length + statistics.length > 0
          ? "residue"
          : upkeep.problems.length > 0
            ? "incomplete"
            : "confirmed";
    const tables = [...Map.groupBy(left, ({ table }) => table)].map(([table, hits]) => ({ table, rows: hits.length }));
    const data: ProofData = hashed?.data ?? {
      by: "sealed",
      addedSince: 0,
      fingerprint: scan.fingerprint,
      tables: scan.tables,
      columns: scan.columns,
      rows: scan.rows,
      needles: scan.needles,
      left: tables,
      statistics,
      mentions: mentions.length,
      problems: upkeep.problems,
    };
    await runInTransaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO proof_runs (project_uuid, uuid, receipt_uuid, started_at, ended_at, verdict, data)
        VALUES (${receipt.projectUuid}::uuid, ${generateUuid()}::uuid, ${receipt.uuid}::uuid, ${scan.startedAt}, ${new Date()},
          ${verdict}::proof_verdict, ${JSON.stringify(data)}::jsonb)`;
      if (verdict === "confirmed") await confirmReceipt(tx, receipt, { scan, upkeep, mentions: mentions.length });
      if (verdict === "residue")
        await tx.$executeRaw`
        UPDATE receipts SET status = 'residue' WHERE ${inProject(receipt)} AND uuid = ${receipt.uuid}::uuid`;
    });
  }
}

async function noteUnreadable({ projectUuid, uuid }: PendingReceipt): Promise<void> {
  const nothing = {
    fingerprint: "",
    tables: 0,
    columns: 0,
    rows: 0,
    needles: 0,
    left: [],
    statistics: [],
    mentions: 0,
  };
  const data: ProofData = { by: "sealed", addedSince: 0, ...nothing, problems: [SEALED_OTHERWISE] };
  await runInTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO proof_runs (project_uuid, uuid, receipt_uuid, started_at, ended_at, verdict, data)
      VALUES (${projectUuid}::uuid, ${generateUuid()}::uuid, ${uuid}::uuid, ${new Date()}, ${new Date()}, 'incomplete',
        ${JSON.stringify(data)}::jsonb)`;
  });
}

/** Any number will do; receipts of a project are signed one after another, since each names the one before. */
const CHAIN_LOCK = 7_203_117;

async function confirmReceipt(
  tx: Tx,
  receipt: PendingReceipt,
  { scan, upkeep, mentions }: { scan: Scan; upkeep: Upkeep; mentions: number },
): Promise<void> {
  const { projectUuid, uuid, number, scope, executedAt, facts } = receipt;
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
    scan,
    mentions,
    vacuumedAt: upkeep.vacuumedAt,
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
