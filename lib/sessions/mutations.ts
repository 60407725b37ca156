import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { toJsonInput, toOptionalJsonInput } from "#lib/db/json.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { adoptSession, lockOwnedSession, type OwnedSession } from "#lib/sessions/placeholder.ts";
import { findSessionRecord, SESSION_RECORD_SELECT, type SessionRecord } from "#lib/sessions/record.ts";
import type { NewSession, SessionPatch } from "#lib/sessions/schema.ts";
import { refuseSuppressed } from "#lib/suppression/admit.ts";
import { mergeMetadata } from "#lib/validation.ts";

/**
 * Begins a conversation of a person who is there, or takes over the one that began before anybody said whose it is. A repeat
 * that names the same uuid finds what it made.
 * @throws AppError `taken` on `sessionId` when the id is somebody's, `invalid` on `userId` when there is no such user.
 */
export async function createSession(actor: Actor, input: NewSession): Promise<SessionRecord> {
  authorize(actor, "sessions:write");
  const { projectUuid } = actor;
  const creation = runInTransaction(async (tx) => {
    const user = await tx.user.findUnique({
      where: { projectUuid_userId: { ...ofProject(actor), userId: input.userId } },
      select: { uuid: true },
    });
    const subjectRef = user && (await lockPerson(tx, projectUuid, user.uuid));
    if (!user || !subjectRef)
      throw new AppError("invalid", "Nothing was added.", { userId: "There is no such user (user not found)." });
    const known = await lockOwnedSession(tx, actor, input.sessionId);
    if (known?.placeholder) return claimSession(tx, actor, { session: known, userUuid: user.uuid, input });
    const { userId: _, metadata, factRatingInstruction, ...fields } = input;
    const session = await tx.session.create({
      data: {
        ...fields,
        metadata: toJsonInput(metadata),
        factRatingInstruction: toOptionalJsonInput(factRatingInstruction),
        projectUuid,
        userUuid: user.uuid,
      },
      select: SESSION_RECORD_SELECT,
    });
    await refuseSuppressed(tx, actor, [{ kind: "session_id", value: input.sessionId }]);
    await record(tx, actor, { action: "session.created", subjectRef });
    return session;
  });
  return refuseTakenKey(
    creation,
    { sessionId: "There already is a session with this id." },
    { uuid: input.uuid, find: () => findSessionRecord(actor.projectUuid, input.sessionId) },
  );
}

/** A session whose user was a placeholder gets the user that is named now, or the placeholder turns out to be that user. */
async function claimSession(
  tx: Tx,
  actor: Actor,
  { session, userUuid, input }: { session: OwnedSession; userUuid: string; input: NewSession },
): Promise<SessionRecord> {
  if (session.userUuid === userUuid)
    await tx.user.update({ where: byUuid(actor, userUuid), data: { placeholder: false } });
  else await adoptSession(tx, actor, session, userUuid);
  const { metadata, factRatingInstruction } = input;
  return tx.session.update({
    where: byUuid(actor, session.uuid),
    data: { metadata: toJsonInput(metadata), factRatingInstruction: toOptionalJsonInput(factRatingInstruction) },
    select: SESSION_RECORD_SELECT,
  });
}

/** Changes what the patch names and merges its metadata. @throws AppError `not_found`; `conflict` when the session has ended. */
export async function updateSessionFields(
  actor: Actor,
  sessionId: string,
  patch: SessionPatch,
): Promise<SessionRecord> {
  authorize(actor, "sessions:write");
  authorize(actor, "sessions:read");
  return runInTransaction(async (tx) => {
    const { session, subjectRef } = await lockSession(tx, actor, sessionId);
    if (session.endedAt) throw new AppError("conflict", "The session has ended.");
    const metadata = patch.metadata && mergeMetadata(session.metadata, patch.metadata);
    const factRatingInstruction = toOptionalJsonInput(patch.factRatingInstruction);
    const saved = await tx.session.update({
      where: byUuid(actor, session.uuid),
      data: { metadata: toOptionalJsonInput(metadata), factRatingInstruction, updatedAt: new Date() },
      select: SESSION_RECORD_SELECT,
    });
    const fields = Object.keys(patch);
    await record(tx, actor, { action: "session.updated", subjectRef, data: { fields } });
    return saved;
  });
}

/** Ends a conversation: it takes no more messages. Ending it again changes nothing. @throws AppError `not_found`. */
export async function endSession(actor: Actor, sessionId: string): Promise<SessionRecord> {
  authorize(actor, "sessions:write");
  authorize(actor, "sessions:read");
  return runInTransaction((tx) => endLockedSession(tx, actor, sessionId));
}

/** Ends several conversations, all of them or none. @throws AppError `not_found`. */
export async function endSessions(actor: Actor, sessionIds: string[]): Promise<SessionRecord[]> {
  authorize(actor, "sessions:write");
  authorize(actor, "sessions:read");
  return runInTransaction(async (tx) => {
    const ended: SessionRecord[] = [];
    for (const sessionId of new Set(sessionIds)) ended.push(await endLockedSession(tx, actor, sessionId));
    return ended;
  });
}

async function endLockedSession(tx: Tx, actor: Actor, sessionId: string): Promise<SessionRecord> {
  const { session, subjectRef } = await lockSession(tx, actor, sessionId);
  if (session.endedAt) return session;
  const endedAt = new Date();
  const where = byUuid(actor, session.uuid);
  const saved = await tx.session.update({
    where,
    data: { endedAt, updatedAt: endedAt },
    select: SESSION_RECORD_SELECT,
  });
  await record(tx, actor, { action: "session.ended", subjectRef });
  return saved;
}

async function lockSession(tx: Tx, actor: Actor, sessionId: string) {
  const { projectUuid } = actor;
  const findSession = () =>
    tx.session.findUnique({
      where: { projectUuid_sessionId: { ...ofProject(actor), sessionId } },
      select: SESSION_RECORD_SELECT,
    });
  const before = await findSession();
  const subjectRef = before && (await lockPerson(tx, projectUuid, before.userUuid));
  const session = subjectRef ? await findSession() : null;
  if (!session || !subjectRef) throw new AppError("not_found", "There is no such session.");
  return { session, subjectRef };
}
