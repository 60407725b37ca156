import { findHead } from "#lib/audit/chain.ts";
import { findLatestCheckpoint } from "#lib/audit/checkpoints.ts";
import { type AuditData, type AuditFilter, type AuditQuery, auditDataSchema } from "#lib/audit/schema.ts";
import { listViewsOf, type View } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, JSON_VALUE, NUMBER, nullable, oneOf, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { combineWithAnd, restrictToPeriod } from "#lib/db/sql.ts";
import { listPublicKeys } from "#lib/keys/register.ts";
import { Prisma } from "#prisma/client/client.ts";
import { ActorKind, AuditOutcome } from "#prisma/client/enums.ts";

export interface AuditRow {
  seq: string;
  at: Date;
  actorKind: ActorKind;
  /** The operator's or key's name as it is today; null at the command line or when they are gone. */
  actorName: string | null;
  action: string;
  outcome: AuditOutcome;
  /** The person concerned, while they are still here. */
  user: { uuid: string; userId: string } | null;
  /** An event about a person who has been erased since. */
  userGone: boolean;
  objectName: string | null;
  data: AuditData;
}

interface RawRow extends Omit<AuditRow, "user" | "data"> {
  userUuid: string | null;
  userId: string | null;
  data: unknown;
}

const AUDIT_SHAPE: Shape<RawRow> = {
  userUuid: nullable(TEXT),
  userId: nullable(TEXT),
  data: JSON_VALUE,
  seq: TEXT,
  at: TIME,
  actorKind: oneOf(Object.values(ActorKind)),
  actorName: nullable(TEXT),
  action: TEXT,
  outcome: oneOf(Object.values(AuditOutcome)),
  userGone: BOOLEAN,
  objectName: nullable(TEXT),
};

/** One page of the trail, in the order of time. */
export async function listAuditEvents(actor: Actor, query: AuditQuery): Promise<AuditRow[]> {
  authorize(actor, "audit:read");
  const order = query.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await readRowsIn(db(), AUDIT_SHAPE)`
    SELECT e.seq::text, e.at, e.actor_kind AS "actorKind", coalesce(o.name, k.name) AS "actorName", e.action, e.outcome,
      u.uuid AS "userUuid", u.user_id AS "userId", e.subject_ref IS NOT NULL AND u.uuid IS NULL AS "userGone",
      coalesce(oo.name, ok.name) AS "objectName", e.data
    FROM (
      SELECT * FROM audit_events e WHERE ${buildFilterCondition(actor, query)}
      ORDER BY e.at ${order}, e.seq ${order} LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}
    ) e
    LEFT JOIN operators o ON o.uuid = e.actor_uuid
    LEFT JOIN api_keys k ON ${sameProject("k", "e")} AND k.uuid = e.actor_uuid
    LEFT JOIN users u ON ${sameProject("u", "e")} AND u.subject_ref = e.subject_ref
    LEFT JOIN operators oo ON oo.uuid = e.object_uuid
    LEFT JOIN api_keys ok ON ${sameProject("ok", "e")} AND ok.uuid = e.object_uuid
    ORDER BY e.at ${order}, e.seq ${order}`;
  return rows.map(({ userUuid, userId, data, ...row }) => ({
    ...row,
    user: userUuid && userId !== null ? { uuid: userUuid, userId } : null,
    data: auditDataSchema.catch({}).parse(data),
  }));
}

/** How many events match, exactly. */
export async function countAuditEvents(actor: Actor, query: AuditFilter): Promise<number> {
  authorize(actor, "audit:read");
  const [counted] = await readRowsIn(db(), { total: NUMBER })`
    SELECT count(*)::int AS total FROM audit_events e WHERE ${buildFilterCondition(actor, query)}`;
  return counted?.total ?? 0;
}

/** Who has looked at a person, the latest first. */
export async function listViews(actor: Actor, { user }: { user: string }): Promise<View[]> {
  authorize(actor, "audit:read");
  return listViewsOf(db(), actor, user, MOST_VIEWS);
}

const MOST_VIEWS = 12;

/** How the chain of the trail stands. */
export interface TrailStatus {
  linked: number;
  /** Committed, and without a place in the chain for the moment. */
  unlinked: number;
  /** When it was last written down elsewhere where the chain ends. */
  checkpointAt: Date | null;
}

/** How the chain of the trail stands; `npm run audit:verify` walks it. */
export async function getTrailStatus(actor: Actor): Promise<TrailStatus> {
  authorize(actor, "audit:read");
  const [head, waiting, checkpoint] = await Promise.all([
    findHead(db(), actor.projectUuid),
    db().auditUnlinked.count({ where: ofProject(actor) }),
    listPublicKeys().then((keys) => findLatestCheckpoint(actor.projectUuid, keys)),
  ]);
  return {
    linked: Number(head?.position ?? 0n),
    unlinked: waiting,
    checkpointAt: checkpoint ? new Date(checkpoint.at) : null,
  };
}

/** Everyone who appears in the trail as acting, for the filter. */
export async function listAuditActors(actor: Actor): Promise<{ uuid: string; name: string }[]> {
  authorize(actor, "audit:read");
  const [operators, keys] = await Promise.all([
    db().membership.findMany({
      where: ofProject(actor),
      select: { operator: { select: { uuid: true, name: true } } },
    }),
    db().apiKey.findMany({ where: ofProject(actor), select: { uuid: true, name: true } }),
  ]);
  return [...operators.map((membership) => membership.operator), ...keys].sort((a, b) => a.name.localeCompare(b.name));
}

/** Spelled as in the partial index, since what people did is sought among many times as much that applications did. */
const BY: Record<AuditFilter["by"], Prisma.Sql | null> = {
  people: Prisma.sql`e.actor_kind <> 'api_key'`,
  applications: Prisma.sql`e.actor_kind = 'api_key'`,
  all: null,
};

function buildFilterCondition(actor: Actor, query: AuditFilter): Prisma.Sql {
  return combineWithAnd([
    inProject(actor, "e"),
    // Looks are many and change nothing: who wants to see them asks for them.
    query.action ? Prisma.sql`e.action = ${query.action}` : Prisma.sql`e.action <> 'user.viewed'`,
    BY[query.by],
    query.subjects ? Prisma.sql`e.subject_ref = ANY(${query.subjects}::uuid[])` : null,
    query.outcome ? Prisma.sql`e.outcome = ${query.outcome}::audit_outcome` : null,
    query.actor ? Prisma.sql`e.actor_uuid = ${query.actor}::uuid` : null,
    query.user
      ? Prisma.sql`e.subject_ref = (SELECT subject_ref FROM users
          WHERE ${inProject(actor)} AND uuid = ${query.user}::uuid)`
      : null,
    restrictToPeriod(Prisma.sql`e.at`, query.from, query.to),
  ]);
}
