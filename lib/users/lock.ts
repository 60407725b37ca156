import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { USER_RECORD_SELECT } from "#lib/users/record.ts";
import type { Prisma } from "#prisma/client/client.ts";

const LOCKED = { ...USER_RECORD_SELECT, subjectRef: true, version: true } satisfies Prisma.UserSelect;
export type LockedUser = Prisma.UserGetPayload<{ select: typeof LOCKED }>;

/** Waits for whoever writes to this person's record, then keeps others waiting until this transaction ends. @throws AppError `not_found`. */
export async function lockUser(tx: Tx, actor: Actor, uuid: string): Promise<LockedUser> {
  await tx.$queryRaw`SELECT FROM users WHERE ${inProject(actor)} AND uuid = ${uuid}::uuid FOR UPDATE`;
  return requireUser(await tx.user.findUnique({ where: byUuid(actor, uuid), select: LOCKED }));
}

/** The same for the application's own id. */
export async function lockUserById(tx: Tx, actor: Actor, userId: string): Promise<LockedUser> {
  await tx.$queryRaw`SELECT FROM users WHERE ${inProject(actor)} AND user_id = ${userId} FOR UPDATE`;
  return requireUser(
    await tx.user.findUnique({ where: { projectUuid_userId: { ...ofProject(actor), userId } }, select: LOCKED }),
  );
}

function requireUser(user: LockedUser | null): LockedUser {
  if (!user) throw new AppError("not_found", "There is no such user; someone may have deleted them.");
  return user;
}
