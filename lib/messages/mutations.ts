import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";

/** The whole conversation in the wire contract's names, recorded as an export. @throws AppError `not_found`. */
export async function exportTranscript(actor: Actor, { session: uuid }: { session: string }): Promise<object> {
  authorize(actor, "transcripts:export");
  return inTransaction(async (tx) => {
    const session = await tx.session.findUnique({
      where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid } },
      include: { messages: { orderBy: { position: "asc" } }, user: { select: { userId: true, subjectRef: true } } },
    });
    if (!session) throw new AppError("not_found", "There is no such session.");
    const { subjectRef, userId } = session.user;
    const data = { messages: session.messages.length };
    await record(tx, actor, { action: "transcript.exported", subjectRef, objectUuid: uuid, data });
    return {
      session_id: session.sessionId,
      user_id: userId,
      metadata: session.metadata,
      created_at: session.createdAt,
      ended_at: session.endedAt,
      messages: session.messages.map((message) => ({
        uuid: message.uuid,
        role: message.role,
        role_type: message.roleType,
        content: message.content,
        metadata: message.metadata,
        token_count: message.tokenCount,
        created_at: message.createdAt,
      })),
    };
  });
}
