import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { USER_RECORD } from "#lib/users/record.ts";
import type { Prisma } from "#prisma/client/client.ts";

const LOCKED = { ...USER_RECORD, subjectRef: true, version: true } satisfies Prisma.UserSelect;
export type LockedUser = Prisma.UserGetPayload<{ select: typeof LOCKED }>;

/** Waits for whoever writes to this person's record, then keeps others waiting until this transaction ends. @throws AppError `not_found`. */
export async function lockUser(tx: Tx, { projectUuid }: Actor, uuid: string): Promise<LockedUser> {
  await tx.$queryRaw`SELECT FROM users WHERE project_uuid = ${projectUuid}::uuid AND uuid = ${uuid}::uuid FOR UPDATE`;
  return there(await tx.user.findUnique({ where: { projectUuid_uuid: { projectUuid, uuid } }, select: LOCKED }));
}

/** The same for the application's own id. */
export async function lockUserById(tx: Tx, { projectUuid }: Actor, userId: string): Promise<LockedUser> {
  await tx.$queryRaw`SELECT FROM users WHERE project_uuid = ${projectUuid}::uuid AND user_id = ${userId} FOR UPDATE`;
  return there(await tx.user.findUnique({ where: { projectUuid_userId: { projectUuid, userId } }, select: LOCKED }));
}

function there(user: LockedUser | null): LockedUser {
  if (!user) throw new AppError("not_found", "There is no such user; someone may have deleted them.");
  return user;
}
