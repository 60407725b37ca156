import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { JSON_VALUE, NUMBER, oneOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { type ProofData, proofDataSchema } from "#lib/privacy/receipts/proof-data.ts";
import { ProofVerdict } from "#prisma/client/enums.ts";

/** One search for what may be left of something erased. */
export interface ProofRunRow {
  uuid: string;
  /** What was erased. */
  receipt: string;
  number: string;
  startedAt: Date;
  endedAt: Date;
  verdict: ProofVerdict;
  data: ProofData;
}

const MOST_SHOWN = 100;

const RUN_SHAPE = {
  uuid: TEXT,
  receipt: TEXT,
  number: TEXT,
  startedAt: TIME,
  endedAt: TIME,
  verdict: oneOf(Object.values(ProofVerdict)),
  data: JSON_VALUE,
};

/** The latest hundred searches, of all receipts of a project. */
export async function listProofRuns(actor: Actor): Promise<ProofRunRow[]> {
  authorize(actor, "receipts:read");
  const rows = await readRowsIn(db(), RUN_SHAPE)`
    SELECT p.uuid, p.receipt_uuid AS receipt, r.number::text, p.started_at AS "startedAt", p.ended_at AS "endedAt",
      p.verdict::text, p.data FROM proof_runs p
    JOIN receipts r ON ${sameProject("r", "p")} AND r.uuid = p.receipt_uuid
    WHERE ${inProject(actor, "p")} ORDER BY p.uuid DESC LIMIT ${MOST_SHOWN}`;
  return rows.map(({ data, ...row }) => ({ ...row, data: proofDataSchema.parse(data) }));
}

/** How the proofs of a project stand. */
export interface ProofFigures {
  confirmed: number;
  /** Erased, and not proved yet. */
  pending: number;
  /** Something was found, and is found until somebody mends what keeps it. */
  residue: number;
  runs: number;
}

export async function getProofFigures(actor: Actor): Promise<ProofFigures> {
  authorize(actor, "receipts:read");
  const [counted] = await readRowsIn(db(), { confirmed: NUMBER, pending: NUMBER, residue: NUMBER, runs: NUMBER })`
    SELECT count(*) FILTER (WHERE status = 'confirmed')::int AS confirmed, count(*) FILTER (WHERE status = 'pending')::int AS pending,
      count(*) FILTER (WHERE status = 'residue')::int AS residue,
      (SELECT count(*)::int FROM proof_runs p WHERE ${inProject(actor, "p")}) AS runs
    FROM receipts r WHERE ${inProject(actor, "r")}`;
  return counted ?? { confirmed: 0, pending: 0, residue: 0, runs: 0 };
}

/** Receipts after whose erasure something was found, and where: tables and numbers of rows, and nothing of what it was. */
export interface Residue {
  receipt: string;
  number: string;
  since: Date;
  left: { table: string; rows: number }[];
  statistics: string[];
}

export async function listResidue(actor: Actor): Promise<Residue[]> {
  authorize(actor, "receipts:read");
  const rows = await readRowsIn(db(), { receipt: TEXT, number: TEXT, since: TIME, data: JSON_VALUE })`
    SELECT r.uuid AS receipt, r.number::text, r.executed_at AS since, p.data FROM receipts r
    JOIN LATERAL (SELECT data FROM proof_runs p WHERE ${sameProject("p", "r")} AND p.receipt_uuid = r.uuid
      ORDER BY p.uuid DESC LIMIT 1) p ON TRUE
    WHERE ${inProject(actor, "r")} AND r.status = 'residue' ORDER BY r.executed_at LIMIT ${MOST_SHOWN}`;
  return rows.map(({ data, ...row }) => {
    const { left, statistics } = proofDataSchema.parse(data);
    return { ...row, left, statistics };
  });
}
