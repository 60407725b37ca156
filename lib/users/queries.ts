import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, NUMBER, nullable, type RowOf, readRows, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { buildUserCondition, isEmptyFilter, USER_SORT_KEY } from "#lib/users/filter.ts";
import { getUserTally, seekPage, skipToPage } from "#lib/users/paging.ts";
import { findUserRecord, USER_COLUMNS, USER_RECORD_SHAPE, USER_ROW, type UserRecord } from "#lib/users/record.ts";
import { NO_USER_FILTER, type UserFilter, type UserList } from "#lib/users/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface UserRow {
  uuid: string;
  userId: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  sessionCount: number;
  lastActivityAt: Date | null;
  /** Made for a session that came before its user. */
  placeholder: boolean;
  createdAt: Date;
  updatedAt: Date;
}

const USER_SHAPE: Shape<UserRow> = {
  uuid: TEXT,
  userId: TEXT,
  email: nullable(TEXT),
  firstName: nullable(TEXT),
  lastName: nullable(TEXT),
  sessionCount: NUMBER,
  lastActivityAt: nullable(TIME),
  placeholder: BOOLEAN,
  createdAt: TIME,
  updatedAt: TIME,
};

/** One page of the project's users. Any page of the unfiltered list costs about what the first one does. */
export async function listUsers(actor: Actor, list: UserList): Promise<UserRow[]> {
  authorize(actor, "users:read");
  return listPageOfUsers(actor, list, USER_ROW, USER_SHAPE);
}

/** The same page with all that applications see of each person. */
export async function listUserRecords(actor: Actor, list: UserList): Promise<UserRecord[]> {
  authorize(actor, "users:read");
  return listPageOfUsers(actor, list, USER_COLUMNS, USER_RECORD_SHAPE);
}

async function listPageOfUsers<Row>(
  actor: Actor,
  list: UserList,
  columns: Prisma.Sql,
  shape: Shape<Row>,
): Promise<Row[]> {
  const key = USER_SORT_KEY[list.sort];
  const seek = isEmptyFilter(list.filter) ? await seekPage(actor.projectUuid, list) : skipToPage(list);
  const order = seek.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const found = await readRows(shape)`
    SELECT ${columns} FROM users
    WHERE ${buildUserCondition(actor.projectUuid, list.filter)} AND ${seek.condition ?? Prisma.sql`TRUE`}
    ORDER BY ${key} ${order}, uuid ${order}
    LIMIT ${seek.take} OFFSET ${seek.skip}`;
  return seek.reversed ? found.reverse() : found;
}

/** As many people as one search for an audited person may mean. */
const MOST_SUBJECTS = 1_000;

/** How the audit trail calls the people whom a search finds, as in the list of users: 1,000 of them at most. */
export async function listSubjectRefs(actor: Actor, search: string): Promise<string[]> {
  authorize(actor, "audit:read");
  const found = await readRows({ subjectRef: TEXT })`
    SELECT subject_ref AS "subjectRef" FROM users
    WHERE ${buildUserCondition(actor.projectUuid, { ...NO_USER_FILTER, search })} LIMIT ${MOST_SUBJECTS}`;
  return found.map(({ subjectRef }) => subjectRef);
}

/** How many users match, exactly. Without a filter the number is kept ready; with one they are counted. */
export async function countUsers(actor: Actor, filter: UserFilter): Promise<number> {
  authorize(actor, "users:read");
  if (isEmptyFilter(filter)) return (await getUserTally(actor.projectUuid)).users;
  const [counted] = await readRows({ total: NUMBER })`
    SELECT count(*)::int AS total FROM users WHERE ${buildUserCondition(actor.projectUuid, filter)}`;
  return counted?.total ?? 0;
}

const PROFILE = {
  uuid: true,
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  version: true,
  sessionCount: true,
  messageCount: true,
  placeholder: true,
  lastActivityAt: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.UserSelect;

export type UserProfile = Prisma.UserGetPayload<{ select: typeof PROFILE }>;

/** @throws AppError `not_found`. */
export async function getUser(actor: Actor, uuid: string): Promise<UserProfile> {
  authorize(actor, "users:read");
  const key = byUuid(actor, uuid);
  const user = await db().user.findUnique({ where: key, select: PROFILE });
  if (!user) throw new AppError("not_found", "There is no such user.");
  await viewPeople(db(), actor, { users: [uuid] }, "record");
  return user;
}

/** The person with the application's own id. @throws AppError `not_found`. */
export async function getUserRecord(actor: Actor, userId: string): Promise<UserRecord> {
  authorize(actor, "users:read");
  const user = await findUserRecord(actor.projectUuid, userId);
  if (!user) throw new AppError("not_found", "There is no such user.");
  return user;
}

const ACTIVITY_WEEK_SHAPE = { week: TIME, messages: NUMBER };

export type ActivityWeek = RowOf<typeof ACTIVITY_WEEK_SHAPE>;

/** How many messages were said each week (starting Monday, UTC), over at most the last two years that have any. */
export async function listActivity(actor: Actor, userUuid: string): Promise<ActivityWeek[]> {
  authorize(actor, "sessions:read");
  return readRowsIn(db(), ACTIVITY_WEEK_SHAPE)`
    SELECT date_trunc('week', created_at, 'UTC') AS week, count(*)::int AS messages
    FROM messages
    WHERE ${inProject(actor)} AND user_uuid = ${userUuid}::uuid
    GROUP BY 1 ORDER BY 1 DESC LIMIT 104`;
}
