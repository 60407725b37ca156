import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { readRowsIn } from "#lib/db/rows.ts";
import { byUuid, inProject } from "#lib/db/scope.ts";
import { queueByName } from "#lib/db/turns.ts";
import { AppError } from "#lib/errors.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { FROM_MESSAGES, MESSAGE_COLUMNS, MESSAGE_STATE_SHAPE, type MessageState } from "#lib/messages/record.ts";
import type { NewMessage } from "#lib/messages/schema.ts";
import type { RoleType } from "#lib/messages/terms.ts";
import { beginUnannouncedSession, lockOwnedSession } from "#lib/sessions/placeholder.ts";
import { type Metadata, mergeMetadata } from "#lib/validation.ts";

/**
 * Adds messages to the end of a conversation, in the order given; those whose uuid is there already are left as they are.
 * A conversation that nobody has announced begins with them.
 * @param ignoredRoles are kept in the conversation but not remembered.
 * @throws AppError `not_found`; `conflict` when the session has ended; `invalid` when a uuid belongs to another session.
 */
export async function addMessages(
  actor: Actor,
  sessionId: string,
  messages: NewMessage[],
  ignoredRoles: RoleType[],
): Promise<void> {
  authorize(actor, "sessions:write");
  const { projectUuid } = actor;
  const addToSession = async (tx: Tx) => {
    const known = await lockOwnedSession(tx, actor, sessionId);
    if (!known && messages.length === 0) throw new AppError("not_found", "There is no such session.");
    const session = known ?? (await beginUnannouncedSession(tx, actor, sessionId));
    const { subjectRef } = session;
    const added = await appendMessages(tx, { ...session, projectUuid }, messages, ignoredRoles);
    if (added === 0) return;
    await record(tx, actor, { action: "messages.added", subjectRef, data: { messages: added } });
  };
  const writing = queueByName(`${projectUuid} ${sessionId}`, () => runInTransaction(addToSession));
  await refuseTakenKey(writing, { uuid: "Belongs to something else." });
}

/**
 * Merges metadata into a message's. @param inSession the id of the conversation it must belong to, where one is named.
 * @throws AppError `not_found`.
 */
export async function updateMessageMetadata(
  actor: Actor,
  uuid: string,
  patch: Metadata,
  inSession?: string,
): Promise<MessageState> {
  authorize(actor, "sessions:write");
  authorize(actor, "transcripts:read");
  const { projectUuid } = actor;
  const where = byUuid(actor, uuid);
  return runInTransaction(async (tx) => {
    const select = { userUuid: true, session: { select: { sessionId: true } } };
    const found = await tx.message.findUnique({ where, select });
    if (found && inSession !== undefined && found.session.sessionId !== inSession) throw makeNotFoundError();
    const subjectRef = found && (await lockPerson(tx, projectUuid, found.userUuid));
    const message = subjectRef ? await tx.message.findUnique({ where, select: { metadata: true } }) : null;
    if (!found || !subjectRef || !message) throw makeNotFoundError();
    const metadata = toJsonInput(mergeMetadata(message.metadata, patch));
    await tx.message.update({ where, data: { metadata, updatedAt: new Date() } });
    await record(tx, actor, { action: "message.updated", subjectRef, data: { fields: ["metadata"] } });
    const [saved] = await readRowsIn(tx, MESSAGE_STATE_SHAPE)`
      SELECT ${MESSAGE_COLUMNS} ${FROM_MESSAGES} WHERE ${inProject(actor, "m")} AND m.uuid = ${uuid}::uuid`;
    if (!saved) throw makeNotFoundError();
    return saved;
  });
}

function makeNotFoundError(): AppError {
  return new AppError("not_found", "There is no such message.");
}
