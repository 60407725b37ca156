import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Shows a message as it was sent, with the passwords, keys and numbers that the console masks. Who looked is recorded, and
 * not what they saw. @throws AppError `not_found`; `forbidden`.
 */
export async function revealMessage(
  actor: Actor,
  { session, message }: { session: string; message: string },
): Promise<{ content: string }> {
  authorize(actor, "secrets:reveal");
  return runInTransaction(async (tx) => {
    const found = await tx.message.findFirst({
      where: { ...ofProject(actor), sessionUuid: session, uuid: message },
      select: { content: true, session: { select: { user: { select: { subjectRef: true } } } } },
    });
    if (!found) throw new AppError("not_found", "There is no such message.");
    const { subjectRef } = found.session.user;
    await record(tx, actor, { action: "message.revealed", subjectRef });
    return { content: found.content };
  });
}
