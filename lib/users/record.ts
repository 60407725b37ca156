import { BOOLEAN, JSON_VALUE, NUMBER, nullable, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { Prisma } from "#prisma/client/client.ts";

/** A person as applications see them. */
export const USER_RECORD_SELECT = {
  uuid: true,
  projectUuid: true,
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  factRatingInstruction: true,
  timeZone: true,
  disableDefaultOntology: true,
  placeholder: true,
  sessionCount: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.UserSelect;

export type UserRecord = Prisma.UserGetPayload<{ select: typeof USER_RECORD_SELECT }>;

/** Columns of `users` as the console lists them. */
export const USER_ROW = Prisma.sql`uuid, user_id AS "userId", email, first_name AS "firstName", last_name AS "lastName",
  session_count AS "sessionCount", last_activity_at AS "lastActivityAt", placeholder, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The columns of a UserRecord. */
export const USER_COLUMNS = Prisma.sql`${USER_ROW}, project_uuid AS "projectUuid", metadata,
  fact_rating_instruction AS "factRatingInstruction", time_zone AS "timeZone",
  disable_default_ontology AS "disableDefaultOntology"`;

export const USER_RECORD_SHAPE: Shape<UserRecord> = {
  projectUuid: TEXT,
  uuid: TEXT,
  userId: TEXT,
  email: nullable(TEXT),
  firstName: nullable(TEXT),
  lastName: nullable(TEXT),
  metadata: JSON_VALUE,
  factRatingInstruction: JSON_VALUE,
  timeZone: nullable(TEXT),
  disableDefaultOntology: BOOLEAN,
  placeholder: BOOLEAN,
  createdAt: TIME,
  updatedAt: TIME,
  sessionCount: NUMBER,
};

/** The person with the application's own id; the callers have decided who may ask. */
export async function findUserRecord(projectUuid: string, userId: string): Promise<UserRecord | null> {
  const [user] = await readRows(USER_RECORD_SHAPE)`
    SELECT ${USER_COLUMNS} FROM users WHERE ${inProject({ projectUuid })} AND user_id = ${userId}`;
  return user ?? null;
}
