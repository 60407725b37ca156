import { z } from "zod";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { NUMBER, readRowsIn } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import { lockWorkable, moveRequest, recordRequest, returnToReview, updateRequest } from "#lib/privacy/requests/move.ts";
import { restrictSubject } from "#lib/privacy/requests/restrict.ts";
import { scheduleRequest } from "#lib/privacy/requests/review.ts";
import type { DecideRequest, ReasonedRequest, SeenRequest } from "#lib/privacy/requests/schema.ts";
import { listGrounds, type RefusalGround, type RequestState } from "#lib/privacy/requests/terms.ts";
import { generateUuid } from "#lib/uuid.ts";
import { parse, reasonSchema } from "#lib/validation.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

/**
 * Decides on a plan, or on not waiting until the time to change one's mind is over. The decision is bound to the plan as it is
 * now. With the last approval that the policy asks for the request is scheduled; refused, it goes back to review.
 * @throws AppError `invalid` on `reason`; `conflict` for a plan that has changed, one's own request, or one decided already.
 */
export async function decideRequest(actor: Actor, input: DecideRequest): Promise<void> {
  authorize(actor, "requests:work");
  const operator = requireOperator(actor);
  const { step, approved, reason } = input;
  if (!approved) parse(z.object({ reason: reasonSchema }), { reason }, "Nothing was decided.");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, input);
    const { planHash } = request;
    if (!planHash || request.state !== (step === "plan" ? "awaiting_approval" : "scheduled"))
      throw new AppError("conflict", "There is nothing to decide on this request now.");
    const decided = { requestUuid: request.uuid, step, planHash, operatorUuid: operator };
    if (await tx.requestApproval.findFirst({ where: { ...ofProject(actor), ...decided } }))
      throw new AppError("conflict", "You have decided on this already.");
    const policy = await findPolicy(tx, actor);
    if (policy.approvalsRequired > 0 && [request.filedBy, request.submittedBy].includes(operator))
      throw new AppError("conflict", "It takes a second person: you have filed this request, or handed its plan in.");
    const place = { ...ofProject(actor), uuid: generateUuid() };
    await tx.requestApproval.create({ data: { ...place, ...decided, approved } });
    const noted = await updateRequest(tx, request, {});
    await recordRequest(tx, actor, noted, "request.decided");
    if (!approved && step === "plan") await returnToReview(tx, actor, noted, reason);
    if (approved && step === "plan" && (await countApprovals(tx, noted)) >= policy.approvalsRequired)
      await scheduleRequest(tx, actor, noted, policy);
  });
}

/** How many others have approved the plan as it is, as the database counts them. */
async function countApprovals(tx: Tx, request: PrivacyRequest): Promise<number> {
  const [counted] = await readRowsIn(tx, { count: NUMBER })`
    SELECT lethe_count_approvals(r, 'plan') AS count FROM privacy_requests r
    WHERE ${inProject(request, "r")} AND r.uuid = ${request.uuid}::uuid`;
  return counted?.count ?? 0;
}

/** Takes a scheduled request back into review: nothing has happened yet, and the person is as they were. */
export async function undoSchedule(actor: Actor, { reason, ...seen }: ReasonedRequest): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => returnToReview(tx, actor, await lockWorkable(tx, actor, seen), reason));
}

/** Ends a request because the person has taken it back. */
export async function withdrawRequest(actor: Actor, { reason, ...seen }: ReasonedRequest): Promise<void> {
  await endUndone(actor, seen, "withdrawn", { stateReason: reason });
}

/** Ends a request that cannot be done. */
export async function cancelRequest(actor: Actor, { reason, ...seen }: ReasonedRequest): Promise<void> {
  await endUndone(actor, seen, "cancelled", { stateReason: reason });
}

/** Refuses a request, on a ground that the law knows. @throws AppError `invalid` on `ground` for one on which its type is not refused. */
export async function refuseRequest(
  actor: Actor,
  { ground, ...seen }: SeenRequest & { ground: RefusalGround },
): Promise<void> {
  await endUndone(actor, seen, "rejected", { refusalGround: ground });
}

async function endUndone(
  actor: Actor,
  seen: SeenRequest,
  state: RequestState,
  why: { stateReason: string } | { refusalGround: RefusalGround },
): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    if ("refusalGround" in why && !listGrounds(request.type).includes(why.refusalGround))
      throw new AppError("invalid", "Nothing was refused.", { ground: "This is no ground to refuse such a request." });
    await restrictSubject(tx, request, false);
    await moveRequest(tx, actor, request, state, why);
  });
}
