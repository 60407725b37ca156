import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, type Tx } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { RequestPolicy } from "#lib/privacy/policy/schema.ts";

/** One person may do it all, and there is a day to change one's mind: what holds until somebody settles it. */
const DEFAULTS: RequestPolicy = { approvalsRequired: 0, graceHours: 24, timeZone: "UTC", restDays: [] };

/** How requests are worked in a project. */
export async function findPolicy(
  tx: Pick<Tx, "privacyPolicy">,
  project: { projectUuid: string },
): Promise<RequestPolicy> {
  const select = { approvalsRequired: true, graceHours: true, timeZone: true, restDays: true };
  return (await tx.privacyPolicy.findUnique({ where: ofProject(project), select })) ?? DEFAULTS;
}

/** The same for whoever looks at people or works with requests. */
export async function getPolicy(actor: Actor): Promise<RequestPolicy> {
  authorize(actor, "users:read");
  return findPolicy(db(), actor);
}

/** A looser policy that somebody has asked for and nobody else has agreed to yet. */
export interface AskedPolicy {
  approvalsRequired: number;
  graceHours: number;
  by: string;
  isOwn: boolean;
}

export async function findAskedPolicy(actor: Actor): Promise<AskedPolicy | null> {
  authorize(actor, "requests:work");
  const row = await db().privacyPolicy.findUnique({ where: ofProject(actor) });
  if (!row || row.askedBy === null || row.askedApprovals === null || row.askedGrace === null) return null;
  const by = await db().operator.findUnique({ where: { uuid: row.askedBy }, select: { name: true } });
  return {
    approvalsRequired: row.askedApprovals,
    graceHours: row.askedGrace,
    by: by?.name ?? "somebody who has left",
    isOwn: row.askedBy === actor.uuid,
  };
}

/**
 * Where others have to approve an erasure, no operator erases anybody by themselves. What an application deletes is its own act.
 * @throws AppError `conflict`.
 */
export async function refuseWithoutApproval(actor: Actor): Promise<void> {
  if (actor.kind !== "operator") return;
  const { approvalsRequired } = await findPolicy(db(), actor);
  if (approvalsRequired > 0)
    throw new AppError("conflict", "Somebody else has to approve this here: file a request. Nothing was deleted.");
}
