import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Removes one conversation with all its messages, in one transaction.
 * @param previewedMessages how many messages the operator was shown; another number now is a conflict.
 * @throws AppError `not_found`, `conflict`.
 */
export async function eraseSession(
  actor: Actor,
  { uuid, previewedMessages }: { uuid: string; previewedMessages: number },
): Promise<{ userUuid: string; messages: number }> {
  authorize(actor, "sessions:erase");
  return db().$transaction(async (tx) => {
    const { projectUuid } = actor;
    const [session] = await tx.$queryRaw<{ userUuid: string; subjectRef: string }[]>`
      SELECT s.user_uuid AS "userUuid", u.subject_ref AS "subjectRef"
      FROM sessions s JOIN users u ON u.project_uuid = s.project_uuid AND u.uuid = s.user_uuid
      WHERE s.project_uuid = ${projectUuid}::uuid AND s.uuid = ${uuid}::uuid FOR UPDATE OF s, u`;
    if (!session) throw new AppError("not_found", "There is no such session; someone may have deleted it.");
    const { userUuid, subjectRef } = session;
    const { count } = await tx.message.deleteMany({ where: { projectUuid, userUuid, sessionUuid: uuid } });
    if (count !== previewedMessages) {
      throw new AppError(
        "conflict",
        `Since you looked, this session has grown to ${count} messages. Nothing was deleted.`,
      );
    }
    await tx.session.delete({ where: { projectUuid_userUuid_uuid: { projectUuid, userUuid, uuid } } });
    const data = { sessions: 1, messages: count };
    await record(tx, actor, { action: "session.erased", subjectRef, objectUuid: uuid, data });
    return { userUuid, messages: count };
  });
}
