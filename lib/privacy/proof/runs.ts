import type { Tx } from "#lib/db/client.ts";
import type { ProofData } from "#lib/privacy/receipts/proof-data.ts";
import type { Scan } from "#lib/privacy/scan/scan.ts";
import { generateUuid } from "#lib/uuid.ts";
import type { ProofVerdict } from "#prisma/client/enums.ts";

/** What a search for something erased came to. */
export interface ProofResult {
  verdict: ProofVerdict;
  data: ProofData;
}

/** A search that read nothing, and so far found nothing. */
export const NOTHING_READ: ProofData = {
  by: "sealed",
  fingerprint: "",
  tables: 0,
  columns: 0,
  rows: 0,
  needles: 0,
  addedSince: 0,
  left: [],
  statistics: [],
  mentions: 0,
  problems: [],
};

/** What a scan read, as its run tells it. */
export function describeScan({ fingerprint, tables, columns, rows, needles }: Scan) {
  return { fingerprint, tables, columns, rows, needles };
}

/** Keeps beside its receipt what a search came to, whatever it was. */
export async function recordProofRun(
  tx: Tx,
  receipt: { projectUuid: string; uuid: string },
  startedAt: Date,
  { verdict, data }: ProofResult,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO proof_runs (project_uuid, uuid, receipt_uuid, started_at, ended_at, verdict, data)
    VALUES (${receipt.projectUuid}::uuid, ${generateUuid()}::uuid, ${receipt.uuid}::uuid, ${startedAt}, ${new Date()},
      ${verdict}::proof_verdict, ${JSON.stringify(data)}::jsonb)`;
}
