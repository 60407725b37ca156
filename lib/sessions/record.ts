import { JSON_VALUE, NUMBER, nullable, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** A conversation as applications see it. */
export const SESSION_RECORD_SELECT = {
  uuid: true,
  projectUuid: true,
  userUuid: true,
  sessionId: true,
  metadata: true,
  factRatingInstruction: true,
  messageCount: true,
  createdAt: true,
  updatedAt: true,
  endedAt: true,
  user: { select: { userId: true } },
} satisfies Prisma.SessionSelect;

export type SessionRecord = Prisma.SessionGetPayload<{ select: typeof SESSION_RECORD_SELECT }>;

const SESSION_RECORD_SHAPE: Shape<Omit<SessionRecord, "user"> & { userId: string }> = {
  projectUuid: TEXT,
  uuid: TEXT,
  metadata: JSON_VALUE,
  factRatingInstruction: JSON_VALUE,
  createdAt: TIME,
  updatedAt: TIME,
  messageCount: NUMBER,
  userUuid: TEXT,
  sessionId: TEXT,
  endedAt: nullable(TIME),
  userId: TEXT,
};

/** The conversation with the application's own id; the callers have decided who may ask. */
export async function findSessionRecord(projectUuid: string, sessionId: string): Promise<SessionRecord | null> {
  const [session] = await readRows(SESSION_RECORD_SHAPE)`
    SELECT s.uuid, s.project_uuid AS "projectUuid", s.user_uuid AS "userUuid", s.session_id AS "sessionId", s.metadata,
      s.fact_rating_instruction AS "factRatingInstruction", s.message_count AS "messageCount", s.created_at AS "createdAt",
      s.updated_at AS "updatedAt", s.ended_at AS "endedAt", u.user_id AS "userId"
    FROM sessions s JOIN users u ON ${sameProject("u", "s")} AND u.uuid = s.user_uuid
    WHERE ${inProject({ projectUuid }, "s")} AND s.session_id = ${sessionId}`;
  if (!session) return null;
  const { userId, ...record } = session;
  return { ...record, user: { userId } };
}
