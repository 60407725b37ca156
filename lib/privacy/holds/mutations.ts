import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { eraseReleased } from "#lib/privacy/erasure/mutations.ts";
import { eraseReleasedSession } from "#lib/privacy/erasure/session.ts";
import type { placeHoldSchema, releaseHoldSchema } from "#lib/privacy/holds/schema.ts";
import { lockUserById } from "#lib/users/lock.ts";
import { generateUuid } from "#lib/uuid.ts";

/**
 * Keeps a person, or one session of theirs, from being deleted by anybody on any path.
 * @throws AppError `invalid` on `userId` or `sessionId` where there is no such.
 */
export async function placeHold(actor: Actor, input: z.infer<typeof placeHoldSchema>): Promise<void> {
  authorize(actor, "holds:manage");
  const { userId, sessionId, matter, reviewAt } = input;
  await runInTransaction(async (tx) => {
    const user = await lockUserById(tx, actor, userId).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      throw new AppError("invalid", "Nothing is held.", { userId: "There is no such user." });
    });
    const session = sessionId
      ? await tx.session.findFirst({ where: { ...ofProject(actor), sessionId, userUuid: user.uuid } })
      : null;
    if (sessionId && !session)
      throw new AppError("invalid", "Nothing is held.", { sessionId: "This person has no such session." });
    await tx.legalHold.create({
      data: {
        ...ofProject(actor),
        uuid: generateUuid(),
        userUuid: user.uuid,
        sessionUuid: session?.uuid ?? null,
        matter,
        placedBy: actor.uuid,
        reviewAt: reviewAt ? new Date(`${reviewAt}T00:00:00Z`) : null,
      },
    });
    await record(tx, actor, { action: "hold.placed", subjectRef: user.subjectRef });
  });
}

/** What the release of a hold has set going. */
export interface Release {
  erased: number;
  /** Erasures that could not be done now; they stay where they are, and are tried with the next release. */
  failed: string[];
}

/** Ends a hold, with the reason, and does the erasures that it had stopped. @throws AppError `not_found`, `conflict`. */
export async function releaseHold(
  actor: Actor,
  { hold: uuid, reason }: z.infer<typeof releaseHoldSchema>,
): Promise<Release> {
  authorize(actor, "holds:manage");
  authorize(actor, "users:erase");
  const userUuid = await runInTransaction(async (tx) => {
    const hold = await tx.legalHold.findUnique({ where: byUuid(actor, uuid) });
    if (!hold) throw new AppError("not_found", "There is no such hold.");
    if (hold.releasedAt) throw new AppError("conflict", "This hold was released already.");
    const released = { releasedBy: actor.uuid, releasedAt: new Date(), releaseReason: reason };
    await tx.legalHold.update({ where: byUuid(actor, uuid), data: released });
    const person = await tx.user.findUnique({ where: byUuid(actor, hold.userUuid), select: { subjectRef: true } });
    await record(tx, actor, { action: "hold.released", subjectRef: person?.subjectRef });
    return hold.userUuid;
  });
  return resumeErasures(actor, userUuid);
}

async function resumeErasures(actor: Actor, userUuid: string): Promise<Release> {
  const where = { ...ofProject(actor), userUuid };
  // Sessions first: with the person goes what waited for them.
  const stopped = await db().stoppedErasure.findMany({
    where,
    orderBy: { sessionUuid: { sort: "asc", nulls: "last" } },
  });
  const release: Release = { erased: 0, failed: [] };
  for (const { uuid, sessionUuid, keptOut, mentions } of stopped) {
    try {
      if (sessionUuid) await eraseReleasedSession(actor, sessionUuid);
      else await eraseReleased(actor, userUuid, { keptOut, mentions: mentions ?? undefined });
      await db().stoppedErasure.deleteMany({ where: { ...where, uuid } });
      release.erased += 1;
    } catch (error) {
      release.failed.push(toFailure(error).message);
    }
  }
  return release;
}
