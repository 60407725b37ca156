import type { Tx } from "#lib/db/client.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { NUMBER, nullable, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { NewMessage } from "#lib/messages/schema.ts";
import type { RoleType } from "#lib/messages/terms.ts";
import { generateUuid } from "#lib/uuid.ts";

export interface SessionKey {
  projectUuid: string;
  userUuid: string;
  uuid: string;
}

/**
 * Adds messages to the end of a session, in the order given: the one way in, for the import and the API alike.
 * Takes the session's row, so that writers to one session queue and positions have no gaps. A message whose uuid is
 * already in this session is left as it is, which makes a replay harmless. Each becomes an episode of the person's graph,
 * unless its role is ignored. @returns how many were new. @throws AppError `not_found`; `conflict` when the session has ended; `invalid` when uuids
 * belong to messages of another session, each a key of `fields`.
 */
export async function appendMessages(
  tx: Tx,
  session: SessionKey,
  messages: NewMessage[],
  ignoredRoles: RoleType[] = [],
): Promise<number> {
  const { projectUuid, userUuid, uuid: sessionUuid } = session;
  await lockPerson(tx, projectUuid, userUuid);
  const [locked] = await readRowsIn(tx, { position: NUMBER, endedAt: nullable(TIME) })`
    SELECT next_position AS position, ended_at AS "endedAt" FROM sessions
    WHERE ${inProject(session)} AND user_uuid = ${userUuid}::uuid AND uuid = ${sessionUuid}::uuid FOR UPDATE`;
  if (!locked) throw new AppError("not_found", "There is no such session.");
  const fresh = await removeKnownMessages(tx, session, messages);
  if (fresh.length === 0) return 0;
  if (locked.endedAt) throw new AppError("conflict", "The session has ended.");
  const incoming = fresh.map((message, index) => ({
    uuid: message.uuid ?? generateUuid(),
    position: locked.position + index,
    role: message.role,
    roleType: message.roleType,
    content: message.content,
    metadata: message.metadata,
    tokenCount: message.tokenCount,
    createdAt: message.createdAt,
    utcOffset: message.utcOffset ?? null,
    heard: !ignoredRoles.includes(message.roleType),
  }));
  // One statement for all that a message is: itself, its episode, its session's place.
  await tx.$executeRaw`
    WITH incoming AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb) AS m (uuid uuid, position int, role text,
        "roleType" role_type, content text, metadata jsonb, "tokenCount" int, "createdAt" timestamptz, "utcOffset" smallint, heard boolean)
    ), said AS (
      INSERT INTO messages (project_uuid, user_uuid, session_uuid, position, uuid, role, role_type, content, metadata, token_count, created_at)
      SELECT ${projectUuid}::uuid, ${userUuid}::uuid, ${sessionUuid}::uuid, position, uuid, role, "roleType", content, metadata, "tokenCount", "createdAt"
      FROM incoming
    ), heard AS (
      INSERT INTO episodes (project_uuid, graph_uuid, uuid, source, session_uuid, message_uuid, created_at, utc_offset, place, asks, dated, terms, words)
      SELECT ${projectUuid}::uuid, ${userUuid}::uuid, uuid, 'message', ${sessionUuid}::uuid, uuid, "createdAt", "utcOffset", position,
        position('?' IN content) > 0, lethe_names_time(content), terms, lethe_words(terms)
      FROM incoming, lethe_terms(content) AS terms WHERE heard ORDER BY position
    )
    UPDATE sessions SET next_position = ${locked.position + fresh.length}::int, updated_at = greatest(created_at, clock_timestamp())
    WHERE ${inProject(session)} AND user_uuid = ${userUuid}::uuid AND uuid = ${sessionUuid}::uuid`;
  return fresh.length;
}

const STRAYED = "uuid: belongs to a message of another session";

async function removeKnownMessages(tx: Tx, session: SessionKey, messages: NewMessage[]): Promise<NewMessage[]> {
  const named = messages.flatMap((message) => (message.uuid ? [message.uuid] : []));
  const known = await readRowsIn(tx, { uuid: TEXT, sessionUuid: TEXT })`
    SELECT uuid, session_uuid AS "sessionUuid" FROM messages
    WHERE ${inProject(session)} AND uuid = ANY(${named}::uuid[])`;
  const strayed = known.filter((message) => message.sessionUuid !== session.uuid);
  if (strayed.length > 0) {
    const fields = Object.fromEntries(strayed.map((message) => [message.uuid, STRAYED]));
    throw new AppError("invalid", STRAYED, fields);
  }
  const taken = new Set(known.map((message) => message.uuid));
  return messages.filter((message) => {
    if (!message.uuid) return true;
    const repeated = taken.has(message.uuid);
    taken.add(message.uuid);
    return !repeated;
  });
}
