import type { Tx } from "#lib/db/client.ts";
import { jsonInput } from "#lib/db/json.ts";
import { AppError } from "#lib/errors.ts";
import { appendMessageEpisodes } from "#lib/graph/episodes.ts";
import type { NewMessage, RoleType } from "#lib/messages/schema.ts";
import { lockPerson } from "#lib/users/lock.ts";
import { newUuid } from "#lib/uuid.ts";

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
  const [locked] = await tx.$queryRaw<{ position: number; endedAt: Date | null }[]>`
    SELECT next_position AS position, ended_at AS "endedAt" FROM sessions
    WHERE project_uuid = ${projectUuid}::uuid AND user_uuid = ${userUuid}::uuid AND uuid = ${sessionUuid}::uuid FOR UPDATE`;
  if (!locked) throw new AppError("not_found", "There is no such session.");
  const fresh = (await withoutKnown(tx, session, messages)).map((message) => ({
    ...message,
    uuid: message.uuid ?? newUuid(),
  }));
  if (fresh.length === 0) return 0;
  if (locked.endedAt) throw new AppError("conflict", "The session has ended.");
  await tx.message.createMany({
    data: fresh.map((message, index) => ({
      ...message,
      metadata: jsonInput(message.metadata),
      projectUuid,
      userUuid,
      sessionUuid,
      position: locked.position + index,
    })),
  });
  await tx.session.update({
    where: { projectUuid_userUuid_uuid: { projectUuid, userUuid, uuid: sessionUuid } },
    data: { nextPosition: locked.position + fresh.length, updatedAt: new Date() },
  });
  const heard = fresh.filter((message) => !ignoredRoles.includes(message.roleType));
  if (heard.length > 0) await appendMessageEpisodes(tx, session, heard);
  return fresh.length;
}

const STRAYED = "uuid: belongs to a message of another session";

async function withoutKnown(tx: Tx, session: SessionKey, messages: NewMessage[]): Promise<NewMessage[]> {
  const named = messages.flatMap((message) => (message.uuid ? [message.uuid] : []));
  const known = await tx.message.findMany({
    where: { projectUuid: session.projectUuid, uuid: { in: named } },
    select: { uuid: true, sessionUuid: true },
  });
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
