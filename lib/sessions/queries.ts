import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, type RowOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { combineWithAnd, matchMetadata, restrictToPeriod } from "#lib/db/sql.ts";
import { AppError } from "#lib/errors.ts";
import { parseMetadataFilter } from "#lib/metadata-filter.ts";
import { findSessionRecord, SESSION_RECORD_SELECT, type SessionRecord } from "#lib/sessions/record.ts";
import type { SessionFilter, SessionList } from "#lib/sessions/schema.ts";
import type { SessionSort } from "#lib/sessions/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

const SESSION_SHAPE = {
  uuid: TEXT,
  sessionId: TEXT,
  messageCount: NUMBER,
  createdAt: TIME,
  lastMessageAt: nullable(TIME),
  endedAt: nullable(TIME),
  userUuid: TEXT,
  userId: TEXT,
  firstName: nullable(TEXT),
  lastName: nullable(TEXT),
  email: nullable(TEXT),
};

export type SessionRow = RowOf<typeof SESSION_SHAPE>;

const SORT_KEY: Record<SessionSort, Prisma.Sql> = {
  sessionId: Prisma.sql`(lethe_key(s.session_id) COLLATE "C")`,
  messages: Prisma.sql`s.message_count`,
  activity: Prisma.sql`(coalesce(s.last_message_at, s.created_at))`,
  created: Prisma.sql`s.created_at`,
  updated: Prisma.sql`s.updated_at`,
  user: Prisma.sql`(SELECT lethe_fold(u.user_id) COLLATE "C" FROM users u
    WHERE ${sameProject("u", "s")} AND u.uuid = s.user_uuid)`,
};

/** One page of conversations, of one user or of the whole project. */
export async function listSessions(actor: Actor, list: SessionList): Promise<SessionRow[]> {
  authorize(actor, "sessions:read");
  const key = SORT_KEY[list.sort];
  const order = list.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return readRowsIn(db(), SESSION_SHAPE)`
    WITH page AS (
      SELECT s.*, ${key} AS key FROM sessions s
      WHERE ${buildFilterCondition(actor, list.filter)}
      ORDER BY ${key} ${order}, s.uuid ${order}
      LIMIT ${list.size} OFFSET ${(list.page - 1) * list.size}
    )
    SELECT page.uuid, page.session_id AS "sessionId", page.message_count AS "messageCount",
      page.created_at AS "createdAt", page.last_message_at AS "lastMessageAt",
      page.ended_at AS "endedAt", page.user_uuid AS "userUuid", u.user_id AS "userId",
      u.first_name AS "firstName", u.last_name AS "lastName", u.email
    FROM page JOIN users u ON ${sameProject("u", "page")} AND u.uuid = page.user_uuid
    ORDER BY page.key ${order}, page.uuid ${order}`;
}

/** How many conversations match, exactly. */
export async function countSessions(actor: Actor, filter: SessionFilter): Promise<number> {
  authorize(actor, "sessions:read");
  const [counted] = await readRowsIn(db(), { total: NUMBER })`
    SELECT count(*)::int AS total FROM sessions s WHERE ${buildFilterCondition(actor, filter)}`;
  return counted?.total ?? 0;
}

const IN_ORDER: Partial<Record<SessionSort, keyof Prisma.SessionOrderByWithRelationInput>> = {
  sessionId: "sessionId",
  created: "createdAt",
  updated: "updatedAt",
};

/** The conversations of a person, newest first, all of them; none for someone who is not there. */
export async function listUserSessions(actor: Actor, userId: string): Promise<SessionRecord[]> {
  authorize(actor, "sessions:read");
  const user = await db().user.findUnique({
    where: { projectUuid_userId: { ...ofProject(actor), userId } },
    select: { sessions: { select: SESSION_RECORD_SELECT, orderBy: [{ createdAt: "desc" }, { uuid: "desc" }] } },
  });
  return user?.sessions ?? [];
}

/** One page of the project's conversations with all that applications see of each. */
export async function listSessionRecords(actor: Actor, list: SessionList): Promise<SessionRecord[]> {
  authorize(actor, "sessions:read");
  const { direction } = list;
  const key = IN_ORDER[list.sort];
  return db().session.findMany({
    where: ofProject(actor),
    orderBy: [key ? { [key]: direction } : { user: { userId: direction } }, { uuid: direction }],
    skip: (list.page - 1) * list.size,
    take: list.size,
    select: SESSION_RECORD_SELECT,
  });
}

/** The conversation with the application's own id. @throws AppError `not_found`. */
export async function getSessionRecord(actor: Actor, sessionId: string): Promise<SessionRecord> {
  authorize(actor, "sessions:read");
  const session = await findSessionRecord(actor.projectUuid, sessionId);
  if (!session) throw new AppError("not_found", "There is no such session.");
  return session;
}

const SESSION = {
  uuid: true,
  sessionId: true,
  metadata: true,
  messageCount: true,
  createdAt: true,
  lastMessageAt: true,
  endedAt: true,
  user: { select: { uuid: true, userId: true, firstName: true, lastName: true, email: true, subjectRef: true } },
} satisfies Prisma.SessionSelect;

export type SessionDetail = Prisma.SessionGetPayload<{ select: typeof SESSION }>;

/** @throws AppError `not_found`. */
export async function getSession(actor: Actor, uuid: string): Promise<SessionDetail> {
  authorize(actor, "sessions:read");
  await viewPeople(db(), actor, { session: uuid }, "record");
  const key = byUuid(actor, uuid);
  const session = await db().session.findUnique({ where: key, select: SESSION });
  if (!session) throw new AppError("not_found", "There is no such session.");
  return session;
}

/** The same person's conversations that began just before and after one; null at either end. */
export async function findAdjacentSessions(
  actor: Actor,
  { uuid, createdAt, user }: SessionDetail,
): Promise<{ previous: string | null; next: string | null }> {
  authorize(actor, "sessions:read");
  const findAdjacent = (order: "asc" | "desc") =>
    db().session.findFirst({
      where: {
        ...ofProject(actor),
        userUuid: user.uuid,
        OR: [
          { createdAt: { [order === "asc" ? "gt" : "lt"]: createdAt } },
          { createdAt, uuid: { [order === "asc" ? "gt" : "lt"]: uuid } },
        ],
      },
      orderBy: [{ createdAt: order }, { uuid: order }],
      select: { uuid: true },
    });
  const [previous, next] = await Promise.all([findAdjacent("desc"), findAdjacent("asc")]);
  return { previous: previous?.uuid ?? null, next: next?.uuid ?? null };
}

function buildFilterCondition(actor: Actor, filter: SessionFilter): Prisma.Sql {
  return combineWithAnd([
    inProject(actor, "s"),
    filter.user ? Prisma.sql`s.user_uuid = ${filter.user}::uuid` : null,
    filter.search ? buildSearchCondition(filter.search) : null,
    filter.metadata ? matchMetadata(Prisma.sql`s.metadata`, parseMetadataFilter(filter.metadata)) : null,
    restrictToPeriod(SORT_KEY.activity, filter.from, null),
    restrictToPeriod(Prisma.sql`s.created_at`, null, filter.to),
  ]);
}

function buildSearchCondition(search: string): Prisma.Sql {
  return Prisma.sql`lethe_fold(s.session_id) LIKE lethe_occurs(${search.replaceAll("\0", "").trim()})`;
}
