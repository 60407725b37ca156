import { isDeepStrictEqual } from "node:util";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { inTransaction, type Tx } from "#lib/db/client.ts";
import { unlessTaken } from "#lib/db/errors.ts";
import { jsonInput } from "#lib/db/json.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import type { CreateUser, EraseUser, ErasureCounts, UpdateUser } from "#lib/users/schema.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** Adds a person. @throws AppError `invalid` on `userId` when the id is taken. */
export async function createUser(actor: Actor, input: CreateUser): Promise<{ uuid: string }> {
  authorize(actor, "users:write");
  const creation = inTransaction(async (tx) => {
    const data = { ...storable(input), userId: input.userId, projectUuid: actor.projectUuid };
    const user = await tx.user.create({ data, select: { uuid: true, subjectRef: true } });
    await record(tx, actor, { action: "user.created", subjectRef: user.subjectRef });
    return { uuid: user.uuid };
  });
  return unlessTaken(creation, { userId: "There already is a user with this id." });
}

/**
 * Replaces the record's fields, if nobody has edited it since the named version.
 * @throws AppError `not_found`; `conflict` when someone else's edit came first.
 */
export async function updateUser(actor: Actor, input: UpdateUser): Promise<{ version: number }> {
  authorize(actor, "users:write");
  return inTransaction(async (tx) => {
    const user = await lockUser(tx, actor, input.uuid);
    if (user.version !== input.version) {
      throw new AppError(
        "conflict",
        "Someone else changed this record while you were editing. Your text is still here.",
      );
    }
    const changes = storable(input);
    const fields = EDITABLE.filter((field) => !isDeepStrictEqual(user[field], changes[field]));
    if (fields.length === 0) return { version: user.version };
    const saved = await tx.user.update({
      where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid: input.uuid } },
      data: { ...changes, version: { increment: 1 }, updatedAt: new Date() },
      select: { version: true },
    });
    await record(tx, actor, { action: "user.updated", subjectRef: user.subjectRef, data: { fields } });
    return saved;
  });
}

/**
 * Removes a person and everything of theirs, in one transaction: all of it goes or nothing does.
 * The typed confirmation must be the person's id, and the counts must still be those of the preview.
 * @returns what was removed. @throws AppError `not_found`, `invalid` on `confirmation`, `conflict`.
 */
export async function eraseUser(actor: Actor, input: EraseUser): Promise<ErasureCounts> {
  authorize(actor, "users:erase");
  return inTransaction(async (tx) => {
    const user = await lockUser(tx, actor, input.uuid);
    if (input.confirmation !== user.userId) {
      throw new AppError("invalid", "Nothing was deleted.", { confirmation: "This is not the user's id." });
    }
    return eraseLocked(tx, actor, { uuid: input.uuid, subjectRef: user.subjectRef }, input.previewed);
  });
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
      const erased = await inTransaction(async (tx) => {
        const { subjectRef } = await lockUser(tx, actor, person.uuid);
        return eraseLocked(tx, actor, { uuid: person.uuid, subjectRef }, person.previewed);
      });
      outcomes.push({ uuid: person.uuid, erased, message: null });
    } catch (error) {
      outcomes.push({ uuid: person.uuid, erased: null, message: toFailure(error).message });
    }
  }
  return outcomes;
}

/** Deletes leaves first, so that the counts are real and not a cascade's guess. */
async function eraseLocked(
  tx: Tx,
  actor: Actor,
  user: { uuid: string; subjectRef: string },
  previewed: ErasureCounts,
): Promise<ErasureCounts> {
  const where = { projectUuid: actor.projectUuid, userUuid: user.uuid };
  // Locking the sessions as well keeps messages from arriving between the count and the end.
  await tx.$queryRaw`SELECT FROM sessions WHERE project_uuid = ${actor.projectUuid}::uuid AND user_uuid = ${user.uuid}::uuid FOR UPDATE`;
  const messages = await tx.message.deleteMany({ where });
  const sessions = await tx.session.deleteMany({ where });
  await tx.user.delete({ where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid: user.uuid } } });
  const erased = { sessions: sessions.count, messages: messages.count };
  if (erased.sessions !== previewed.sessions || erased.messages !== previewed.messages) {
    throw new AppError(
      "conflict",
      `Since you looked, this changed to ${erased.sessions} sessions and ${erased.messages} messages. Nothing was deleted.`,
    );
  }
  await record(tx, actor, { action: "user.erased", subjectRef: user.subjectRef, data: erased });
  return erased;
}

const EDITABLE = ["email", "firstName", "lastName", "metadata"] as const;

function storable({ email, firstName, lastName, metadata }: Pick<CreateUser, (typeof EDITABLE)[number]>) {
  return { email, firstName, lastName, metadata: jsonInput(metadata) };
}

const LOCKED = {
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  subjectRef: true,
  version: true,
} satisfies Prisma.UserSelect;

/** Waits for whoever writes to this person's record, then keeps others waiting until this transaction ends. */
async function lockUser(tx: Tx, actor: Actor, uuid: string) {
  await tx.$queryRaw`SELECT FROM users WHERE project_uuid = ${actor.projectUuid}::uuid AND uuid = ${uuid}::uuid FOR UPDATE`;
  const key = { projectUuid: actor.projectUuid, uuid };
  const user = await tx.user.findUnique({ where: { projectUuid_uuid: key }, select: LOCKED });
  if (!user) throw new AppError("not_found", "There is no such user; someone may have deleted them.");
  return user;
}
