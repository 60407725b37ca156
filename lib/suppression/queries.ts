import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, NUMBER, nullable, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { hashIdentifier, type Identifier, listBytes, listSuppressionKeys } from "#lib/keys/hashes.ts";

/** Somebody who is kept out: all that they were called, under the receipt of their erasure. */
export interface KeptOutRow {
  receipt: string;
  number: string;
  since: Date;
  userIds: number;
  emails: number;
  sessions: number;
  /** How often applications tried to bring them back, and when last. */
  hits: number;
  lastHitAt: Date | null;
  lift: { reason: string; byName: string | null; mine: boolean } | null;
  liftedAt: Date | null;
}

interface RawRow extends Omit<KeptOutRow, "lift"> {
  reason: string | null;
  askedBy: string | null;
  byName: string | null;
}

const KEPT_OUT_SHAPE: Shape<RawRow> = {
  receipt: TEXT,
  number: TEXT,
  since: TIME,
  userIds: NUMBER,
  emails: NUMBER,
  sessions: NUMBER,
  hits: NUMBER,
  lastHitAt: nullable(TIME),
  reason: nullable(TEXT),
  askedBy: nullable(TEXT),
  byName: nullable(TEXT),
  liftedAt: nullable(TIME),
};

/** The most that one page shows; those with the latest attempts come first. */
const MOST_SHOWN = 200;

/** Who is kept out, those first whom somebody tried to bring back last. */
export async function listKeptOut(actor: Actor): Promise<KeptOutRow[]> {
  authorize(actor, "suppression:manage");
  const rows = await readRowsIn(db(), KEPT_OUT_SHAPE)`
    SELECT s.receipt_uuid AS receipt, r.number::text, min(s.created_at) AS since,
      count(*) FILTER (WHERE s.kind = 'user_id')::int AS "userIds", count(*) FILTER (WHERE s.kind = 'email')::int AS emails,
      count(*) FILTER (WHERE s.kind = 'session_id')::int AS sessions, sum(s.hits)::int AS hits,
      max(s.last_hit_at) AS "lastHitAt", max(s.lift_reason) AS reason, max(s.lift_asked_by::text) AS "askedBy",
      max(o.name) AS "byName", max(s.lifted_at) AS "liftedAt"
    FROM suppressions s JOIN receipts r ON ${sameProject("r", "s")} AND r.uuid = s.receipt_uuid
    LEFT JOIN operators o ON o.uuid = s.lift_asked_by
    WHERE ${inProject(actor, "s")}
    GROUP BY s.receipt_uuid, r.number
    ORDER BY max(s.lifted_at) NULLS FIRST, max(s.last_hit_at) DESC NULLS LAST, r.number DESC LIMIT ${MOST_SHOWN}`;
  return rows.map(({ reason, askedBy, byName, ...row }) => ({
    ...row,
    lift: reason === null ? null : { reason, byName, mine: askedBy === actor.uuid },
  }));
}

/** Whether an application that adds this would be refused. Nobody's attempt is counted. */
export async function checkIdentifier(actor: Actor, identifier: Identifier): Promise<{ refused: boolean }> {
  authorize(actor, "suppression:manage");
  const hashes = listSuppressionKeys().map((key) => hashIdentifier(key, actor.projectUuid, identifier));
  const [found] = await readRowsIn(db(), { refused: BOOLEAN })`
    SELECT EXISTS (SELECT FROM suppressions
      WHERE ${inProject(actor)} AND hmac = ANY(${listBytes(hashes)}) AND lifted_at IS NULL) AS refused`;
  return { refused: found?.refused ?? false };
}

/** Whether users whom an application deletes are kept out. */
export async function getKeepOutPolicy(actor: Actor): Promise<boolean> {
  authorize(actor, "suppression:manage");
  const project = await db().project.findUnique({
    where: { uuid: actor.projectUuid },
    select: { keepsOutDeleted: true },
  });
  return project?.keepsOutDeleted ?? false;
}
