import { env } from "#lib/env.ts";
import type { CanonicalValue } from "#lib/keys/jws.ts";
import { NO_MENTIONS } from "#lib/privacy/mentions/terms.ts";
import type { ReceiptFacts } from "#lib/privacy/receipts/facts.ts";
import { getValidUntil, NOT_PROVED, type ReceiptScope } from "#lib/privacy/receipts/terms.ts";
import type { Scan } from "#lib/privacy/scan/scan.ts";
import { STORED_TABLES } from "#lib/privacy/stores.ts";

/** Grows with every change of what a scan looks for or how. */
const SCANNER_VERSION = 2;

const EVERYTHING =
  "Every table of this instance's database, every column that can hold text, an identifier or JSON, and the planner's statistics.";

/** What a receipt of each kind says something of. */
const DECLARED_SCOPES: Record<ReceiptScope, string> = {
  person: EVERYTHING,
  session: EVERYTHING,
  message: EVERYTHING,
  episode: `What memory had made of a source. The words of a message stay in their session. ${EVERYTHING}`,
  fact: "The fact itself, in the transaction that deleted it. The words it was drawn from stay where they were said.",
};

interface ProvedErasure {
  receiptId: string;
  number: bigint;
  scope: ReceiptScope;
  executedAt: Date;
  facts: ReceiptFacts;
  scan: Scan;
  /** Rows that are others' and mention the person. */
  mentions: number;
  vacuumedAt: Date;
  provenAt: Date;
  /** Where the audit trail's chain ended. */
  audit: { position: bigint; hash: Uint8Array } | undefined;
  /** The hash of the receipt that was signed before. */
  previous: Buffer;
}

/** What is signed: how much went, what was looked through, what stays and why. Nothing in it tells about whom. */
export function makeReceiptPayload(proved: ProvedErasure): CanonicalValue {
  const { receiptId, number, scope, executedAt, facts, scan, mentions, vacuumedAt, provenAt, audit, previous } = proved;
  const { LETHE_BACKUP_DAYS } = env();
  return {
    v: facts.v,
    type: "erasure",
    receiptId,
    number: Number(number),
    instanceId: facts.instance,
    scope,
    ...(facts.known ? {} : { subject: "not known to this instance; nothing was deleted" }),
    requestedBy: facts.requestedBy,
    ...(facts.request ? { request: facts.request } : {}),
    executedAt: executedAt.toISOString(),
    transaction: facts.transaction,
    walLsn: facts.walLsn,
    plan: { hash: facts.plan },
    counts: facts.counts,
    copies: facts.copies,
    mentions: describeMentions(facts.mentions, mentions),
    retained: STORED_TABLES.flatMap(({ name, exempt }) => (exempt ? [{ table: name, ground: exempt }] : [])),
    suppression: facts.suppression,
    proof: {
      declaredScope: DECLARED_SCOPES[scope],
      schemaFingerprint: scan.fingerprint,
      tables: scan.tables,
      columns: scan.columns,
      rowsScanned: scan.rows,
      needles: scan.needles,
      soughtAsWholeValuesOnly: scan.wholeOnly,
      hits: 0,
      startedAt: scan.startedAt.toISOString(),
      endedAt: scan.endedAt.toISOString(),
      scannerVersion: SCANNER_VERSION,
    },
    physical: { vacuumedAt: vacuumedAt.toISOString(), analyzedAt: vacuumedAt.toISOString(), statistics: "clean" },
    backups: { clearAfter: LETHE_BACKUP_DAYS === undefined ? null : addDays(executedAt, LETHE_BACKUP_DAYS) },
    guarantees: { rolesSeparated: facts.rolesSeparated },
    audit: audit ? { position: Number(audit.position), head: Buffer.from(audit.hash).toString("hex") } : null,
    subjectCommitment: facts.subjectCommitment,
    previousReceipt: previous.toString("base64url"),
    provenAt: provenAt.toISOString(),
    validUntil: getValidUntil(provenAt).toISOString(),
    notProved: NOT_PROVED,
  };
}

/**
 * What was decided of others' words, and how many rows mention the person still: those that were kept, what rests on them, and
 * what nobody has looked at.
 */
function describeMentions(decided: ReceiptFacts["mentions"], found: number): CanonicalValue {
  const { redacted, deleted, kept } = decided ?? NO_MENTIONS;
  const rest = found - kept.reduce((sum, { count }) => sum + count, 0);
  const ground = decided ? "rests on what was kept, or was not reviewed" : "the data of others; not reviewed";
  return { redacted, deleted, kept: [...kept, ...(rest > 0 ? [{ ground, count: rest }] : [])] };
}

function addDays(time: Date, days: number): string {
  return new Date(time.getTime() + days * 86_400_000).toISOString();
}
