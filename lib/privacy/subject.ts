import type { Tx } from "#lib/db/client.ts";
import { listOf, nullable, objectOf, readRowsIn, type Shape, TEXT } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import type { NamedPerson } from "#lib/privacy/scan/needles.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Somebody who is to be erased, by everything they are called. */
export interface ErasureSubject extends NamedPerson {
  subjectRef: string;
}

const SUBJECT_SHAPE: Shape<ErasureSubject> = {
  uuid: TEXT,
  subjectRef: TEXT,
  userId: TEXT,
  email: nullable(TEXT),
  firstName: nullable(TEXT),
  lastName: nullable(TEXT),
  sessions: listOf(objectOf({ uuid: TEXT, sessionId: TEXT })),
};

/** SQL: the users who are called so, by their id or by their address. */
export function isCalled(identifier: string): Prisma.Sql {
  return Prisma.sql`(user_id = ${identifier} OR lower(email) = lower(${identifier}))`;
}

/** These people as they are called now; those who are gone are left out. */
export function listSubjects(
  tx: Pick<Tx, "$queryRaw">,
  project: { projectUuid: string },
  uuids: string[],
): Promise<ErasureSubject[]> {
  return readRowsIn(tx, SUBJECT_SHAPE)`
    SELECT u.uuid, u.subject_ref AS "subjectRef", u.user_id AS "userId", u.email, u.first_name AS "firstName",
      u.last_name AS "lastName", (SELECT coalesce(jsonb_agg(jsonb_build_object('uuid', s.uuid, 'sessionId', s.session_id)
        ORDER BY s.created_at, s.uuid), '[]') FROM sessions s WHERE ${sameProject("s", "u")} AND s.user_uuid = u.uuid) AS sessions
    FROM users u WHERE ${inProject(project, "u")} AND u.uuid = ANY(${uuids}::uuid[]) ORDER BY u.uuid`;
}
