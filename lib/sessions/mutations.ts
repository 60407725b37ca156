import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { lockPerson } from "#lib/messages/append.ts";

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
  return inTransaction(async (tx) => {
    const { projectUuid } = actor;
    const session = await tx.session.findUnique({
      where: { projectUuid_uuid: { projectUuid, uuid } },
      select: { userUuid: true, user: { select: { subjectRef: true } } },
    });
    if (!session) throw new AppError("not_found", "There is no such session; someone may have deleted it.");
    const { userUuid, user } = session;
    await lockPerson(tx, projectUuid, userUuid);
    await tx.$queryRaw`SELECT FROM sessions WHERE project_uuid = ${projectUuid}::uuid AND uuid = ${uuid}::uuid FOR UPDATE`;
    const { count } = await tx.message.deleteMany({ where: { projectUuid, userUuid, sessionUuid: uuid } });
    if (count !== previewedMessages) {
      throw new AppError(
        "conflict",
        `Since you looked, this session has grown to ${count} messages. Nothing was deleted.`,
      );
    }
    const gone = await tx.session.deleteMany({ where: { projectUuid, userUuid, uuid } });
    if (gone.count === 0) throw new AppError("not_found", "There is no such session; someone may have deleted it.");
    const data = { sessions: 1, messages: count };
    await record(tx, actor, { action: "session.erased", subjectRef: user.subjectRef, objectUuid: uuid, data });
    return { userUuid, messages: count };
  });
}
