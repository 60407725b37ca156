import { Actor } from "#lib/auth/actor.ts";
import { makePseudonym } from "#lib/auth/secret.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { runMaintenanceAlone } from "#lib/db/maintenance.ts";
import { oneOf, readRows, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { eraseRequested } from "#lib/privacy/erasure/mutations.ts";
import { findMentions } from "#lib/privacy/mentions/find.ts";
import { type DecidedMention, type Mention, nameMention } from "#lib/privacy/mentions/terms.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import type { ReceiptFacts } from "#lib/privacy/receipts/facts.ts";
import { receiptFactsSchema } from "#lib/privacy/receipts/facts.ts";
import { lockRequest, moveRequest, returnToReview } from "#lib/privacy/requests/move.ts";
import { requestPlanSchema } from "#lib/privacy/requests/review.ts";
import { expireUnverified } from "#lib/privacy/requests/verify.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

/** Any number will do; of all processes one performs at a time, so that what it finds being done was left by one that died. */
const PERFORM_LOCK = 7_203_121;

/**
 * Does what requests have waited for until now: erases, one after the other, and closes those whose receipt is confirmed.
 * What a process that died was at is done again; of a request nothing is done twice.
 * @returns how many requests were taken a step further.
 */
export async function performDueRequests(): Promise<number> {
  const settled = (await settleProvedRequests()) + (await expireUnverified(Actor.ofCommandLine));
  if ((await listDue()).length === 0) return settled;
  const performed = await runMaintenanceAlone(PERFORM_LOCK, async () => {
    const due = await listDue();
    for (const request of due) await performErasure(request);
    return due.length;
  });
  return settled + (performed ?? 0);
}

/** Erasures whose time has come, or that need not wait for it; and those that were stopped midway. */
function listDue(): Promise<{ projectUuid: string; uuid: string; slug: string }[]> {
  return readRows({ projectUuid: TEXT, uuid: TEXT, slug: TEXT })`
    SELECT r.project_uuid AS "projectUuid", r.uuid, p.slug FROM privacy_requests r JOIN projects p ON p.uuid = r.project_uuid
    LEFT JOIN privacy_policies y ON ${sameProject("y", "r")}
    WHERE r.type = 'erasure' AND r.closed_at IS NULL AND (
      r.state = 'executing'
      OR r.state = 'scheduled' AND (r.execute_after <= now() OR CASE
        WHEN coalesce(y.approvals_required, 0) > 0 THEN lethe_count_approvals(r, 'expedite') >= y.approvals_required
        ELSE EXISTS (SELECT FROM request_approvals a WHERE ${sameProject("a", "r")} AND a.request_uuid = r.uuid
          AND a.step = 'expedite' AND a.approved AND a.plan_hash = r.plan_hash) END)
      OR r.state = 'blocked_by_hold' AND NOT EXISTS (SELECT FROM request_people q JOIN legal_holds h ON ${sameProject("h", "q")}
        AND h.released_at IS NULL WHERE ${sameProject("q", "r")} AND q.request_uuid = r.uuid
        AND (h.user_uuid = q.user_uuid OR h.user_uuid IN (SELECT e.graph_uuid FROM episodes e
          WHERE ${sameProject("e", "q")} AND e.origin_graph = q.user_uuid))))
    ORDER BY r.execute_after LIMIT 20`;
}

/** Erases whom one request is about. However it ends, the request says so. */
async function performErasure({ projectUuid, uuid, slug }: { projectUuid: string; uuid: string; slug: string }) {
  const actor = await Actor.ofCommandLine(slug);
  const project = ofProject({ projectUuid });
  const begun = await runInTransaction(async (tx) => {
    const request = await lockRequest(tx, project, { request: uuid });
    return request.state === "executing" ? request : moveRequest(tx, actor, request, "executing");
  }).catch((error: unknown) => sendBack(actor, uuid, error));
  if (!begun) return;
  try {
    const person = await db().requestPerson.findUnique({
      where: { projectUuid_requestUuid: { ...project, requestUuid: uuid } },
      select: { userUuid: true },
    });
    if (!person)
      throw new AppError("not_found", "The person is gone by now: an application or somebody else has deleted them.");
    const { scope } = requestPlanSchema.parse(begun.plan);
    const decided = await listDecided(begun, (await findMentions(project, person.userUuid)) ?? []);
    await eraseRequested(actor, {
      uuid: person.userUuid,
      keptOut: begun.keepsOut,
      plan: scope ?? "",
      decided,
      request: await describeRequest(begun),
      settle: async (tx, receiptUuid) => {
        // Whoever takes it on or acknowledges it meanwhile changes nothing of what is done.
        const request = await lockRequest(tx, project, { request: uuid });
        if (request.state !== "executing" || request.planHash !== begun.planHash)
          throw new AppError("conflict", "The request was taken back meanwhile.");
        await forgetOthers(tx, request);
        await moveRequest(tx, actor, request, "verifying", { receiptUuid });
      },
    });
  } catch (error) {
    await noteFailure(actor, begun, error);
  }
}

/** What does not meet the policy any more, as when an approver has left, goes back to review. */
async function sendBack(actor: Actor, uuid: string, error: unknown): Promise<null> {
  const { code, message } = toFailure(error);
  if (code === "conflict")
    await runInTransaction(async (tx) => {
      const request = await lockRequest(tx, actor, { request: uuid });
      if (request.state !== "scheduled" && request.state !== "blocked_by_hold") return;
      await returnToReview(tx, actor, request, message);
    }).catch((again: unknown) => toFailure(again));
  return null;
}

/** A hold stops it until it is released; a changed scope sends it back to review; anything else can be tried again. */
async function noteFailure(actor: Actor, { uuid }: PrivacyRequest, error: unknown): Promise<void> {
  const { code, message } = toFailure(error);
  await runInTransaction(async (tx) => {
    const request = await lockRequest(tx, actor, { request: uuid });
    if (request.state !== "executing") return;
    if (code === "conflict") return returnToReview(tx, actor, request, message);
    const state = code === "held" ? "blocked_by_hold" : "failed";
    await moveRequest(tx, actor, request, state, { stateReason: message });
  }).catch((again: unknown) => toFailure(again));
}

/**
 * What was decided of the mentions there are now, wherever their words belong by now.
 * @throws AppError `conflict` for one that nobody has decided on: it came after the plan.
 */
async function listDecided(request: PrivacyRequest, mentions: readonly Mention[]): Promise<DecidedMention[]> {
  const rows = await db().requestMention.findMany({ where: { ...ofProject(request), requestUuid: request.uuid } });
  const decisions = new Map(rows.map((row) => [nameMention(row), row]));
  return mentions.map((mention) => {
    const { decision, ground } = decisions.get(nameMention(mention)) ?? { decision: null, ground: null };
    if (!decision)
      throw new AppError(
        "conflict",
        "Others have mentioned this person since the plan was made. It goes back to review.",
      );
    return { ...mention, decision, ground: ground ?? "" };
  });
}

/** What else was asked in the name of the person, and is over, names them no longer either. */
async function forgetOthers(tx: Tx, { projectUuid, subjectRef, uuid }: PrivacyRequest): Promise<void> {
  await tx.requestSubject.deleteMany({
    where: { ...ofProject({ projectUuid }), request: { subjectRef, uuid: { not: uuid }, closedAt: { not: null } } },
  });
}

/** What the receipt says of the request: nobody's name, and operators by a pseudonym that is the same on all receipts. */
async function describeRequest(request: PrivacyRequest): Promise<NonNullable<ReceiptFacts["request"]>> {
  const { number, law, channel, receivedAt, verifiedAt, verification, planHash } = request;
  const approvals = await readRowsIn(db(), { operator: TEXT, role: TEXT, at: TIME })`
    SELECT a.operator_uuid AS operator, m.role::text, a.at FROM request_approvals a
    JOIN memberships m ON ${sameProject("m", "a")} AND m.operator_uuid = a.operator_uuid
    WHERE ${inProject(request, "a")} AND a.request_uuid = ${request.uuid}::uuid AND a.plan_hash = ${planHash} AND a.approved
      AND a.step = 'plan' ORDER BY a.at`;
  const { approvalsRequired } = await findPolicy(db(), request);
  return {
    number: Number(number),
    law,
    channel,
    receivedAt: receivedAt.toISOString(),
    verifiedAt: verifiedAt?.toISOString() ?? "",
    verification: verification ?? "",
    plan: planHash ?? "",
    approvals: approvals.map(({ operator, role, at }) => ({
      role,
      operator: makePseudonym("operator on receipts", operator).slice(0, 16),
      at: at.toISOString(),
    })),
    singleOperator: approvalsRequired === 0,
  };
}

const PROVED_SHAPE = { slug: TEXT, uuid: TEXT, projectUuid: TEXT, status: oneOf(["confirmed", "residue"] as const) };

/** Closes requests whose receipt was confirmed, and says of others that something was found. */
async function settleProvedRequests(): Promise<number> {
  const proved = await readRows(PROVED_SHAPE)`
    SELECT p.slug, q.uuid, q.project_uuid AS "projectUuid", r.status::text FROM privacy_requests q
    JOIN receipts r ON ${sameProject("r", "q")} AND r.uuid = q.receipt_uuid JOIN projects p ON p.uuid = q.project_uuid
    WHERE q.closed_at IS NULL AND (q.state = 'verifying' AND r.status IN ('confirmed', 'residue')
      OR q.state = 'residue_found' AND r.status = 'confirmed') LIMIT 50`;
  for (const { slug, uuid, projectUuid, status } of proved) {
    const actor = await Actor.ofCommandLine(slug);
    await runInTransaction(async (tx) => {
      const request = await lockRequest(tx, ofProject({ projectUuid }), { request: uuid });
      if (request.state !== "verifying" && request.state !== "residue_found") return;
      await moveRequest(tx, actor, request, status === "residue" ? "residue_found" : await nameEnd(tx, request));
    }).catch((error: unknown) => toFailure(error));
  }
  return proved.length;
}

/** What was kept on a ground that the law knows makes an erasure one in part. */
async function nameEnd(tx: Tx, request: PrivacyRequest): Promise<"completed" | "completed_partial"> {
  const receipt = await tx.receipt.findFirst({
    where: { ...ofProject(request), uuid: request.receiptUuid ?? "" },
    select: { facts: true },
  });
  const { mentions } = receiptFactsSchema.parse(receipt?.facts);
  return mentions && mentions.kept.length > 0 ? "completed_partial" : "completed";
}
