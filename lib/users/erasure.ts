import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { eraseGraph } from "#lib/graph/edit/forget.ts";
import { lockUser, lockUserById } from "#lib/users/lock.ts";
import type { EraseUser, ErasureCounts } from "#lib/users/schema.ts";

/**
 * Removes a person and everything of theirs, in one transaction: all of it goes or nothing does.
 * The typed confirmation must be the person's id, and the counts must still be those of the preview.
 * @returns what was removed. @throws AppError `not_found`, `invalid` on `confirmation`, `conflict`.
 */
export async function eraseUser(actor: Actor, input: EraseUser): Promise<ErasureCounts> {
  authorize(actor, "users:erase");
  return runInTransaction(async (tx) => {
    const user = await lockUser(tx, actor, input.uuid);
    if (input.confirmation !== user.userId) {
      throw new AppError("invalid", "Nothing was deleted.", { confirmation: "This is not the user's id." });
    }
    return eraseLocked(tx, actor, user, input.previewed);
  });
}

/** Removes a person by the application's own id, as an application asks: nobody has seen a preview. @throws AppError `not_found`. */
export async function eraseUserById(actor: Actor, userId: string): Promise<ErasureCounts> {
  authorize(actor, "users:erase");
  return runInTransaction(async (tx) => eraseLocked(tx, actor, await lockUserById(tx, actor, userId), null));
}

export interface ErasureOutcome {
  uuid: string;
  erased: ErasureCounts | null;
  /** Why this person is still there. */
  message: string | null;
}

/** Erases several people, each in a transaction of their own, and says for each how it went. */
export async function eraseUsers(
  actor: Actor,
  people: { uuid: string; previewed: ErasureCounts }[],
): Promise<ErasureOutcome[]> {
  authorize(actor, "users:erase");
  const outcomes: ErasureOutcome[] = [];
  for (const person of people) {
    try {
      const erased = await runInTransaction(async (tx) =>
        eraseLocked(tx, actor, await lockUser(tx, actor, person.uuid), person.previewed),
      );
      outcomes.push({ uuid: person.uuid, erased, message: null });
    } catch (error) {
      outcomes.push({ uuid: person.uuid, erased: null, message: toFailure(error).message });
    }
  }
  return outcomes;
}

/** Deletes child rows first, so that the counts are exact and not those of a cascade. */
async function eraseLocked(
  tx: Tx,
  actor: Actor,
  user: { uuid: string; subjectRef: string },
  previewed: ErasureCounts | null,
): Promise<ErasureCounts> {
  const where = { ...ofProject(actor), userUuid: user.uuid };
  // Locking the sessions as well keeps messages from arriving between the count and the end.
  await tx.$queryRaw`SELECT FROM sessions WHERE ${inProject(actor)} AND user_uuid = ${user.uuid}::uuid FOR UPDATE`;
  const remembered = await eraseGraph(tx, actor.projectUuid, user.uuid);
  const messages = await tx.message.deleteMany({ where });
  const sessions = await tx.session.deleteMany({ where });
  await tx.user.delete({ where: byUuid(actor, user.uuid) });
  const erased = { sessions: sessions.count, messages: messages.count, ...remembered };
  // What people gave must be as the preview showed it. What was derived from it may have changed meanwhile.
  if (previewed && GIVEN.some((table) => erased[table] !== previewed[table])) {
    throw new AppError(
      "conflict",
      `Since you looked, this changed to ${erased.sessions} sessions and ${erased.messages} messages (${erased.episodes} episodes). Nothing was deleted.`,
    );
  }
  await record(tx, actor, { action: "user.erased", subjectRef: user.subjectRef, data: erased });
  return erased;
}

const GIVEN = ["sessions", "messages", "episodes"] as const;
