import type pg from "pg";
import { z } from "zod";
import { runInTransaction } from "#lib/db/client.ts";
import { runMaintenanceAlone } from "#lib/db/maintenance.ts";
import { BIGINT, BYTES, JSON_VALUE, listOf, oneOf, type RowOf, readRows, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { confirmReceipt } from "#lib/privacy/proof/confirm.ts";
import { lookForHashes } from "#lib/privacy/proof/hashed.ts";
import { describeScan, NOTHING_READ, type ProofResult, recordProofRun } from "#lib/privacy/proof/runs.ts";
import { runUpkeep, type Upkeep } from "#lib/privacy/proof/upkeep.ts";
import { openSubject } from "#lib/privacy/receipts/seal.ts";
import { ERASURE_SCOPES } from "#lib/privacy/receipts/terms.ts";
import { classifyHit } from "#lib/privacy/scan/classify.ts";
import type { Sought } from "#lib/privacy/scan/needles.ts";
import { countRows, type Scan, scanFor } from "#lib/privacy/scan/scan.ts";
import { NIL_UUID } from "#lib/uuid.ts";

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
  const proved = await runMaintenanceAlone(PROOF_LOCK, async (client) => {
    const pending = await listPending(MOST_AT_ONCE, pause);
    if (pending.length > 0) await proveTogether(client, pending);
    return pending.length;
  });
  return proved ?? 0;
}

function listPending(most: number, pause: string): Promise<PendingReceipt[]> {
  return readRows(PENDING_SHAPE)`
    SELECT project_uuid AS "projectUuid", uuid, number, scope::text, executed_at AS "executedAt", facts, sealed, identifiers,
      key_id AS "keyId" FROM receipts r
    WHERE sealed IS NOT NULL AND status IN ('pending', 'residue') AND NOT EXISTS (
      SELECT FROM proof_runs p WHERE p.receipt_uuid = r.uuid AND p.ended_at > now() - ${pause}::interval)
    ORDER BY executed_at LIMIT ${most}`;
}

/** What a receipt has sealed; null where it was sealed with another secret. */
function openSealed({ sealed }: PendingReceipt): Sought | null {
  try {
    return soughtSchema.parse(JSON.parse(openSubject(sealed)));
  } catch {
    return null;
  }
}

const SEALED_OTHERWISE = "what is to be looked for was sealed under another LETHE_SECRET";

async function proveTogether(client: pg.Client, all: PendingReceipt[]): Promise<void> {
  const pending: { receipt: PendingReceipt; sought: Sought }[] = [];
  for (const receipt of all) {
    const sought = openSealed(receipt);
    if (sought) pending.push({ receipt, sought });
    else await noteUnreadable(receipt);
  }
  if (pending.length === 0) return;
  const scan = await scanFor(
    client,
    pending.map(({ sought }) => sought),
  );
  const upkeep = await runUpkeep(
    client,
    pending.map(({ sought }) => sought),
  );
  for (const [subject, { receipt, sought }] of pending.entries()) {
    const hashed = isOfNobody(receipt, sought) ? await lookForHashes(receipt) : null;
    const result = judgeFindings(receipt, { subject, sought, scan, upkeep, hashed });
    await runInTransaction(async (tx) => {
      await recordProofRun(tx, receipt, scan.startedAt, result);
      const { mentions } = result.data;
      if (result.verdict === "confirmed")
        await confirmReceipt(tx, receipt, { scan, mentions, vacuumedAt: upkeep.vacuumedAt });
      if (result.verdict === "residue")
        await tx.$executeRaw`
          UPDATE receipts SET status = 'residue' WHERE ${inProject(receipt)} AND uuid = ${receipt.uuid}::uuid`;
    });
  }
}

/** Whether this database knew nobody of the kind, as a restored one does: then what is stored is hashed and compared as well. */
function isOfNobody({ scope }: PendingReceipt, { person }: Sought): boolean {
  return person === NIL_UUID && (scope === "person" || scope === "session");
}

interface Findings {
  /** The place of the receipt among all that were looked for. */
  subject: number;
  sought: Sought;
  scan: Scan;
  upkeep: Upkeep;
  hashed: ProofResult | null;
}

/** What a scan and the upkeep after it say of one receipt. */
function judgeFindings(
  { projectUuid }: PendingReceipt,
  { subject, sought, scan, upkeep, hashed }: Findings,
): ProofResult {
  const hits = scan.hits.filter((hit) => hit.subject === subject);
  const byMeaning = Map.groupBy(hits, (hit) => classifyHit(hit, { projectUuid, uuid: sought.person }));
  const left = [...Map.groupBy(byMeaning.get("own") ?? [], ({ table }) => table)];
  // Statistics are of the rows there are by now: what shows in them of a row that was found is told by that row.
  const named = new Set(hits.map(({ table }) => table));
  const statistics = (upkeep.statistics[subject] ?? []).filter((table) => !named.has(table));
  const tables = [...left.map(([table, rows]) => ({ table, rows: countRows(rows) })), ...(hashed?.data.left ?? [])];
  const problems = upkeep.problems;
  const found = { left: tables, statistics, addedSince: hashed?.data.addedSince ?? 0, problems };
  const mentions = countRows(byMeaning.get("mention") ?? []);
  // Without a name only hashes could be compared, and a scan has looked for nothing.
  const read = hashed && sought.names.length === 0 ? hashed.data : { ...NOTHING_READ, ...describeScan(scan), mentions };
  const clean = tables.length + statistics.length === 0;
  return {
    verdict: clean ? (problems.length > 0 ? "incomplete" : "confirmed") : "residue",
    data: { ...read, ...found },
  };
}

async function noteUnreadable(receipt: PendingReceipt): Promise<void> {
  const data = { ...NOTHING_READ, problems: [SEALED_OTHERWISE] };
  await runInTransaction((tx) => recordProofRun(tx, receipt, new Date(), { verdict: "incomplete", data }));
}
