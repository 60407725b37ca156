import { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { MOST_HITS, WINDOW } from "#lib/messages/schema.ts";
import type { Prisma } from "#prisma/client/client.ts";

const MESSAGE = {
  uuid: true,
  role: true,
  roleType: true,
  content: true,
  metadata: true,
  tokenCount: true,
  createdAt: true,
} satisfies Prisma.MessageSelect;

export type MessageRow = Prisma.MessageGetPayload<{ select: typeof MESSAGE }>;

/**
 * A stretch of a transcript in the order it was said: WINDOW messages, the first of which is number `window * WINDOW`
 * (0-based) of the session. Past the end it is empty.
 */
export async function listMessages(
  actor: Actor,
  { session, window }: { session: string; window: number },
): Promise<MessageRow[]> {
  authorize(actor, "transcripts:read");
  const { projectUuid } = actor;
  const found = await db().session.findUnique({
    where: { projectUuid_uuid: { projectUuid, uuid: session } },
    select: { userUuid: true },
  });
  if (!found) throw new AppError("not_found", "There is no such session.");
  return db().message.findMany({
    where: { projectUuid, userUuid: found.userUuid, sessionUuid: session },
    orderBy: { position: "asc" },
    skip: window * WINDOW,
    take: WINDOW,
    select: MESSAGE,
  });
}

/** Which message of the session (0-based) has this uuid. @returns null when none has, or it is no uuid at all. */
export async function findMessageNumber(actor: Actor, session: string, uuid: string): Promise<number | null> {
  authorize(actor, "transcripts:read");
  if (!z.uuid().safeParse(uuid).success) return null;
  const [found] = await db().$queryRaw<{ number: number }[]>`
    SELECT (SELECT count(*)::int FROM messages earlier
            WHERE earlier.project_uuid = m.project_uuid AND earlier.user_uuid = m.user_uuid
              AND earlier.session_uuid = m.session_uuid AND earlier.position < m.position) AS number
    FROM messages m
    WHERE m.project_uuid = ${actor.projectUuid}::uuid AND m.uuid = ${uuid}::uuid AND m.session_uuid = ${session}::uuid`;
  return found?.number ?? null;
}

export interface SearchHits {
  /** 0-based numbers of the messages that match, in order; at most MOST_HITS. */
  numbers: number[];
  total: number;
}

/** Finds text in a session's messages, whatever its case and accents. */
export async function searchSession(
  actor: Actor,
  { session, text }: { session: string; text: string },
): Promise<SearchHits> {
  authorize(actor, "transcripts:read");
  const hits = await db().$queryRaw<{ number: number; total: number }[]>`
    SELECT number::int, (count(*) OVER ())::int AS total FROM (
      SELECT row_number() OVER (ORDER BY position) - 1 AS number, content FROM messages
      WHERE project_uuid = ${actor.projectUuid}::uuid
        AND user_uuid = (SELECT user_uuid FROM sessions WHERE project_uuid = ${actor.projectUuid}::uuid AND uuid = ${session}::uuid)
        AND session_uuid = ${session}::uuid
    ) AS numbered
    WHERE lethe_fold(content) LIKE lethe_occurs(${text.replaceAll("\0", "").trim()})
    ORDER BY number LIMIT ${MOST_HITS}`;
  return { numbers: hits.map((hit) => hit.number), total: hits[0]?.total ?? 0 };
}
