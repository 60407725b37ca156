import { createHash } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, JSON_VALUE, NUMBER, nullable, oneOf, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { combineWithAnd, restrictToPeriod } from "#lib/db/sql.ts";
import type { RowCounts } from "#lib/db/stored-tables.ts";
import { AppError } from "#lib/errors.ts";
import { verifyJws } from "#lib/keys/jws.ts";
import { listPublicKeys } from "#lib/keys/register.ts";
import { type ReceiptFacts, receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { type ProofData, proofDataSchema } from "#lib/privacy/receipts/proof-data.ts";
import type { ReceiptFilter, ReceiptQuery } from "#lib/privacy/receipts/schema.ts";
import {
  ERASURE_SCOPES,
  getValidUntil,
  RECEIPT_STATUSES,
  type ReceiptScope,
  type ReceiptState,
} from "#lib/privacy/receipts/terms.ts";
import { PERSONAL_TABLES, STORED_TABLES } from "#lib/privacy/stores.ts";
import { Prisma } from "#prisma/client/client.ts";
import { ProofVerdict } from "#prisma/client/enums.ts";

export interface ReceiptRow {
  uuid: string;
  number: string;
  scope: ReceiptScope;
  status: ReceiptState;
  executedAt: Date;
  provenAt: Date | null;
  sessions: number;
  messages: number;
  keptOut: boolean;
  /** False where nobody was known by what was asked for, and nothing was deleted. */
  known: boolean;
}

const RECEIPT_SHAPE: Shape<ReceiptRow> = {
  uuid: TEXT,
  number: TEXT,
  scope: oneOf(ERASURE_SCOPES),
  status: oneOf(RECEIPT_STATUSES),
  executedAt: TIME,
  provenAt: nullable(TIME),
  sessions: NUMBER,
  messages: NUMBER,
  keptOut: BOOLEAN,
  known: BOOLEAN,
};

const RECEIPT_COLUMNS = Prisma.sql`r.uuid, r.number::text, r.scope::text, r.status::text, r.executed_at AS "executedAt",
  r.proven_at AS "provenAt", coalesce((r.facts #>> '{counts,sessions,deleted}')::int, 0) AS sessions,
  coalesce((r.facts #>> '{counts,messages,deleted}')::int, 0) AS messages,
  (r.facts #>> '{suppression,entries}')::int > 0 AS "keptOut", coalesce((r.facts ->> 'known')::boolean, TRUE) AS known`;

/** One page of the receipts of erasures. */
export async function listReceipts(actor: Actor, query: ReceiptQuery): Promise<ReceiptRow[]> {
  authorize(actor, "receipts:read");
  const order = query.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return readRowsIn(db(), RECEIPT_SHAPE)`
    SELECT ${RECEIPT_COLUMNS} FROM receipts r WHERE ${buildFilterCondition(actor, query)}
    ORDER BY r.executed_at ${order}, r.number ${order} LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`;
}

/** How many there are, exactly. */
export async function countReceipts(actor: Actor, filter: ReceiptFilter): Promise<number> {
  authorize(actor, "receipts:read");
  const [counted] = await readRowsIn(db(), { total: NUMBER })`
    SELECT count(*)::int AS total FROM receipts r WHERE ${buildFilterCondition(actor, filter)}`;
  return counted?.total ?? 0;
}

function buildFilterCondition(actor: Actor, { status, from, to }: ReceiptFilter): Prisma.Sql {
  return combineWithAnd([
    inProject(actor, "r"),
    status ? Prisma.sql`r.status = ${status}::receipt_status` : null,
    restrictToPeriod(Prisma.sql`r.executed_at`, from, to),
  ]);
}

export interface ProofRow {
  endedAt: Date;
  verdict: ProofVerdict;
  data: ProofData;
}

export interface ReceiptDetails extends ReceiptRow {
  requestedBy: string;
  /** The privacy request that asked for it, and where that is worked on. */
  request: (NonNullable<ReceiptFacts["request"]> & { uuid: string | null }) | null;
  /** What was decided of others' words about the person; null where nobody has looked at them. */
  mentions: ReceiptFacts["mentions"];
  rolesSeparated: boolean;
  /** What went, in the words that people know the tables by. */
  went: { title: string; rows: number }[];
  copies: { graphs: number; episodes: number };
  /** What stays, and on which ground. */
  retained: { title: string; ground: string }[];
  proofs: ProofRow[];
  jws: string | null;
  /** When it is to be proved again. */
  validUntil: Date | null;
  /** The person's own copy can still be made; it is made once. */
  hasNonce: boolean;
}

/** A receipt with all that is known of it. @throws AppError `not_found`. */
export async function getReceipt(actor: Actor, { receipt }: { receipt: string }): Promise<ReceiptDetails> {
  authorize(actor, "receipts:read");
  const shape = {
    ...RECEIPT_SHAPE,
    ...{ facts: JSON_VALUE, jws: nullable(TEXT), hasNonce: BOOLEAN, requestUuid: nullable(TEXT) },
  };
  const [found] = await readRowsIn(db(), shape)`
    SELECT ${RECEIPT_COLUMNS}, r.facts, r.jws, r.nonce IS NOT NULL AS "hasNonce", q.uuid AS "requestUuid"
    FROM receipts r LEFT JOIN privacy_requests q
      ON ${sameProject("q", "r")} AND q.receipt_uuid = r.uuid AND q.number = (r.facts #>> '{request,number}')::bigint
    WHERE ${inProject(actor, "r")} AND r.uuid = ${receipt}::uuid`;
  if (!found) throw new AppError("not_found", "There is no such receipt.");
  const { facts, requestUuid, ...row } = found;
  const { counts, copies, requestedBy, request, mentions, rolesSeparated } = receiptFactsSchema.parse(facts);
  const deleted: RowCounts = Object.fromEntries(Object.entries(counts).map(([table, count]) => [table, count.deleted]));
  return {
    ...row,
    requestedBy,
    request: request && { ...request, uuid: requestUuid },
    mentions,
    rolesSeparated,
    copies,
    went: PERSONAL_TABLES.flatMap(({ name, title }) => (deleted[name] ? [{ title, rows: deleted[name] }] : [])),
    retained: STORED_TABLES.flatMap(({ title, exempt }) => (exempt ? [{ title, ground: exempt }] : [])),
    proofs: await listProofs(actor, receipt),
    validUntil: row.provenAt && getValidUntil(row.provenAt),
  };
}

async function listProofs(actor: Actor, receipt: string): Promise<ProofRow[]> {
  const rows = await readRowsIn(db(), { endedAt: TIME, verdict: oneOf(Object.values(ProofVerdict)), data: JSON_VALUE })`
    SELECT p.ended_at AS "endedAt", p.verdict::text, p.data FROM proof_runs p
    JOIN receipts r ON ${sameProject("r", "p")} AND r.uuid = p.receipt_uuid
    WHERE ${inProject(actor, "p")} AND p.receipt_uuid = ${receipt}::uuid ORDER BY p.ended_at DESC LIMIT 20`;
  return rows.map(({ data, ...row }) => ({ ...row, data: proofDataSchema.parse(data) }));
}

/** What a receipt that somebody has says, and whether it is one of ours. */
export interface CheckedReceipt {
  valid: boolean;
  /** Why it is none. */
  reason: string | null;
  /** What was signed, written out. */
  payload: string | null;
  /** The receipt of this project that it is, word for word. */
  receipt: string | null;
  validUntil: Date | null;
}

/** Checks a receipt as anybody could, and looks whether this project has given it out. */
export async function checkReceipt(actor: Actor, { jws }: { jws: string }): Promise<CheckedReceipt> {
  authorize(actor, "receipts:read");
  const checked = verifyJws(jws, await listPublicKeys());
  if (!checked.valid) return { valid: false, reason: checked.reason, payload: null, receipt: null, validUntil: null };
  const hash = createHash("sha256").update(jws.trim()).digest("hex");
  const [known] = await readRowsIn(db(), { uuid: TEXT })`
    SELECT uuid FROM receipts WHERE ${inProject(actor)} AND hash = decode(${hash}, 'hex')`;
  const { validUntil } = checked.payload;
  return {
    valid: true,
    reason: null,
    payload: JSON.stringify(checked.payload, null, 2),
    receipt: known?.uuid ?? null,
    validUntil: typeof validUntil === "string" ? new Date(validUntil) : null,
  };
}
