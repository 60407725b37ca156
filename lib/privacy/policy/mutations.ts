import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import type { RequestPolicy } from "#lib/privacy/policy/schema.ts";

/** Whether a policy holds by now, or waits until somebody else agrees. */
export interface PolicyChange {
  isWaiting: boolean;
}

/**
 * Settles how requests are worked. Plans that wait for approval have to meet what it asks for from now on. Where others have to
 * approve, one person alone makes it no looser: what they ask for waits until somebody else agrees.
 */
export async function changePolicy(actor: Actor, policy: RequestPolicy): Promise<PolicyChange> {
  authorize(actor, "policy:manage");
  const operator = requireOperator(actor);
  return runInTransaction(async (tx) => {
    const where = ofProject(actor);
    const now = await findPolicy(tx, actor);
    const { approvalsRequired, graceHours, timeZone, restDays } = policy;
    const isLooser = approvalsRequired < now.approvalsRequired || graceHours < now.graceHours;
    const isWaiting = now.approvalsRequired > 0 && isLooser;
    const asked = isWaiting
      ? { timeZone, restDays, askedApprovals: approvalsRequired, askedGrace: graceHours, askedBy: operator }
      : { ...policy, askedApprovals: null, askedGrace: null, askedBy: null };
    const data = { ...asked, updatedAt: new Date() };
    await tx.privacyPolicy.upsert({ where, create: { ...where, ...data }, update: data });
    await record(tx, actor, {
      action: isWaiting ? "policy.change_asked" : "policy.changed",
      data: { fields: Object.keys(policy) },
    });
    return { isWaiting };
  });
}

/** Agrees to the looser policy that somebody else has asked for. @throws AppError `conflict` where nobody, or oneself, has. */
export async function agreeToPolicy(actor: Actor): Promise<void> {
  authorize(actor, "requests:work");
  const operator = requireOperator(actor);
  await runInTransaction(async (tx) => {
    const where = ofProject(actor);
    const waiting = await tx.privacyPolicy.findUnique({ where });
    if (!waiting || waiting.askedBy === null || waiting.askedApprovals === null || waiting.askedGrace === null)
      throw new AppError("conflict", "Nobody has asked for another policy.");
    if (waiting.askedBy === operator)
      throw new AppError("conflict", "It takes a second person: you have asked for it yourself.");
    await tx.privacyPolicy.update({
      where,
      data: {
        approvalsRequired: waiting.askedApprovals,
        graceHours: waiting.askedGrace,
        agreedBy: operator,
        ...{ askedApprovals: null, askedGrace: null, askedBy: null, updatedAt: new Date() },
      },
    });
    await record(tx, actor, { action: "policy.changed", data: { fields: ["approvalsRequired", "graceHours"] } });
  });
}
