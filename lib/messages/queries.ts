import { z } from "zod";
import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize, can } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, readRows, readRowsIn, type Shape, TEXT } from "#lib/db/rows.ts";
import { byUuid, inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { combineWithAnd, matchMetadata } from "#lib/db/sql.ts";
import { AppError } from "#lib/errors.ts";
import { listMessageMarks } from "#lib/graph/queries.ts";
import { countLearnedFacts } from "#lib/graph/view/facts/queries.ts";
import {
  FROM_MESSAGES,
  MESSAGE_COLUMNS,
  MESSAGE_SELECT,
  MESSAGE_STATE_SHAPE,
  type MessageRow,
  type MessageState,
} from "#lib/messages/record.ts";
import { MOST_HITS, WINDOW_SIZE } from "#lib/messages/terms.ts";
import { maskSecrets } from "#lib/secrets.ts";
import type { Metadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface TranscriptRow extends MessageRow {
  /** How many facts rest on it, for those who may know. */
  learned: number;
  /** It asks not to be remembered. */
  withheld: boolean;
  /** The language of what was not read (ISO 639-1). */
  unreadLanguage: string | null;
  /** There is a secret in it, which is not shown here. */
  masked: boolean;
}

/**
 * A part of a transcript in the order it was said: WINDOW_SIZE messages, the first of which is number `window * WINDOW_SIZE`
 * (0-based) of the session. Past the end it is empty.
 */
export async function listMessages(
  actor: Actor,
  { session, window }: { session: string; window: number },
): Promise<TranscriptRow[]> {
  authorize(actor, "transcripts:read");
  const found = await db().session.findUnique({
    where: byUuid(actor, session),
    select: { userUuid: true },
  });
  if (!found) throw new AppError("not_found", "There is no such session.");
  await viewPeople(db(), actor, { session }, "transcript");
  const messages = await db().message.findMany({
    where: { ...ofProject(actor), userUuid: found.userUuid, sessionUuid: session },
    orderBy: { position: "asc" },
    skip: window * WINDOW_SIZE,
    take: WINDOW_SIZE,
    select: MESSAGE_SELECT,
  });
  const mayKnow = can(actor, "graph:read");
  const uuids = messages.map(({ uuid }) => uuid);
  const learned = mayKnow ? await countLearnedFacts(actor, uuids) : new Map<string, number>();
  const marks = await listMessageMarks(actor, uuids);
  return messages.map((message) => {
    const content = maskSecrets(message.content);
    return {
      ...message,
      content,
      masked: content !== message.content,
      learned: learned.get(message.uuid) ?? 0,
      withheld: marks.get(message.uuid)?.withheld ?? false,
      unreadLanguage: marks.get(message.uuid)?.unreadLanguage ?? null,
    };
  });
}

/** Which message of the session (0-based) has this uuid. @returns null when none has, or it is no uuid at all. */
export async function findMessageNumber(actor: Actor, session: string, uuid: string): Promise<number | null> {
  authorize(actor, "transcripts:read");
  if (!z.uuid().safeParse(uuid).success) return null;
  const [found] = await readRowsIn(db(), { number: NUMBER })`
    SELECT (SELECT count(*)::int FROM messages earlier
            WHERE ${sameProject("earlier", "m")} AND earlier.user_uuid = m.user_uuid
              AND earlier.session_uuid = m.session_uuid AND earlier.position < m.position) AS number
    FROM messages m
    WHERE ${inProject(actor, "m")} AND m.uuid = ${uuid}::uuid AND m.session_uuid = ${session}::uuid`;
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
  await viewPeople(db(), actor, { session }, "transcript");
  const hits = await readRowsIn(db(), { number: NUMBER, total: NUMBER })`
    SELECT number::int, (count(*) OVER ())::int AS total FROM (
      SELECT row_number() OVER (ORDER BY position) - 1 AS number, content FROM messages
      WHERE ${inProject(actor)}
        AND user_uuid = (SELECT user_uuid FROM sessions WHERE ${inProject(actor)} AND uuid = ${session}::uuid)
        AND session_uuid = ${session}::uuid
    ) AS numbered
    WHERE lethe_fold(content) LIKE lethe_occurs(${text.replaceAll("\0", "").trim()})
    ORDER BY number LIMIT ${MOST_HITS}`;
  return { numbers: hits.map((hit) => hit.number), total: hits[0]?.total ?? 0 };
}

/** A page of a conversation as applications see it, in the order in which it came. Pages are 1-based. */
export async function listMessageStates(
  actor: Actor,
  session: { uuid: string; userUuid: string },
  { page, size }: { page: number; size: number },
): Promise<MessageState[]> {
  authorize(actor, "transcripts:read");
  return listStatesInOrder(actor, session, Prisma.sql`ASC LIMIT ${size} OFFSET ${(page - 1) * size}`);
}

/** The last so many messages of a conversation, in the order in which they came. */
export async function listLastMessages(
  actor: Actor,
  session: { uuid: string; userUuid: string },
  last: number,
): Promise<MessageState[]> {
  authorize(actor, "transcripts:read");
  return (await listStatesInOrder(actor, session, Prisma.sql`DESC LIMIT ${last}`)).reverse();
}

function listStatesInOrder(actor: Actor, session: { uuid: string; userUuid: string }, order: Prisma.Sql) {
  return readRows(MESSAGE_STATE_SHAPE)`
    SELECT ${MESSAGE_COLUMNS} ${FROM_MESSAGES}
    WHERE ${inProject(actor, "m")} AND m.user_uuid = ${session.userUuid}::uuid
      AND m.session_uuid = ${session.uuid}::uuid
    ORDER BY m.position ${order}`;
}

/** @param sessionUuid the conversation it must belong to. @throws AppError `not_found`. */
export async function getMessage(actor: Actor, uuid: string, sessionUuid: string): Promise<MessageState> {
  authorize(actor, "transcripts:read");
  const [message] = await readRows(MESSAGE_STATE_SHAPE)`
    SELECT ${MESSAGE_COLUMNS} ${FROM_MESSAGES}
    WHERE ${inProject(actor, "m")} AND m.uuid = ${uuid}::uuid AND m.session_uuid = ${sessionUuid}::uuid`;
  if (!message) throw new AppError("not_found", "There is no such message.");
  return message;
}

export interface MessageHit extends MessageState {
  sessionId: string;
  score: number;
}

/** Where to look for messages; every condition that is given must hold, and one of the first two must be given. */
interface SearchPlace {
  userUuid?: string;
  sessionUuids?: string[];
  /** What a message's metadata must contain. */
  metadata?: Metadata;
}

const MESSAGE_HIT_SHAPE: Shape<MessageHit> = { ...MESSAGE_STATE_SHAPE, sessionId: TEXT, score: NUMBER };

/** Messages that a question's words occur in, best first, of one person or of some conversations. */
export async function searchMessages(
  actor: Actor,
  { userUuid, sessionUuids, metadata }: SearchPlace,
  text: string,
  limit: number,
): Promise<MessageHit[]> {
  authorize(actor, "transcripts:read");
  const own = Prisma.sql`SELECT user_uuid FROM sessions
    WHERE ${inProject(actor)} AND uuid = ANY(${sessionUuids ?? []}::uuid[])`;
  const place = combineWithAnd([
    userUuid ? Prisma.sql`m.user_uuid = ${userUuid}::uuid` : Prisma.sql`m.user_uuid IN (${own})`,
    sessionUuids ? Prisma.sql`m.session_uuid = ANY(${sessionUuids}::uuid[])` : null,
    metadata ? matchMetadata(Prisma.sql`m.metadata`, [metadata]) : null,
  ]);
  return readRows(MESSAGE_HIT_SHAPE)`
    SELECT ${MESSAGE_COLUMNS}, s.session_id AS "sessionId",
      ts_rank(lethe_terms(m.content), lethe_any_term(${text}), 32)::float8 AS score
    ${FROM_MESSAGES} JOIN sessions s ON ${sameProject("s", "m")} AND s.user_uuid = m.user_uuid AND s.uuid = m.session_uuid
    WHERE ${inProject(actor, "m")} AND ${place} AND lethe_terms(m.content) @@ lethe_any_term(${text})
    ORDER BY score DESC, m.created_at DESC, m.uuid LIMIT ${limit}`;
}
