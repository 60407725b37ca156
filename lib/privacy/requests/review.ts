import { createHash } from "node:crypto";
import { z } from "zod";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { isTakenKeyError } from "#lib/db/errors.ts";
import { readRowsIn, TIME } from "#lib/db/rows.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { planErasures } from "#lib/privacy/erasure/queries.ts";
import { findMentions } from "#lib/privacy/mentions/find.ts";
import { type Mention, nameMention } from "#lib/privacy/mentions/terms.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import { addPause, computeDeadlines, computeExtension } from "#lib/privacy/requests/clocks.ts";
import { lockWorkable, moveRequest, recordRequest, returnToReview, updateRequest } from "#lib/privacy/requests/move.ts";
import { relinkPerson } from "#lib/privacy/requests/relink.ts";
import { restrictSubject } from "#lib/privacy/requests/restrict.ts";
import type { DecideMentions, ReasonedRequest, SeenRequest } from "#lib/privacy/requests/schema.ts";
import { CLOCKS, KEEP_GROUNDS } from "#lib/privacy/requests/terms.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

/** What a request would do, as it was counted; nothing in it tells about whom. */
export const requestPlanSchema = z.object({
  /** False where nobody is known by what was asked for. */
  known: z.boolean(),
  /** Changes with whom and what an erasure covers. */
  scope: z.string().nullable(),
  counts: z.array(z.object({ title: z.string(), rows: z.number() })),
  copies: z.object({ graphs: z.number(), episodes: z.number() }),
  mentions: z.number(),
  countedAt: z.string(),
});
export type RequestPlan = z.infer<typeof requestPlanSchema>;

/**
 * Says that an operator has made sure who asks, by other means than ours; this is never taken back. The request is looked into
 * at once. @throws AppError `not_found`, `conflict`.
 */
export async function attestRequest(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  const verifying = runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    return moveRequest(tx, actor, request, "verified", { verifiedAt: new Date(), verification: "attested" });
  });
  const verified = await verifying.catch(refuseSecond);
  await reviewRequest(actor, { request: verified.uuid, version: verified.version });
}

/** Of one person one request of a kind is worked on at a time. @throws AppError `conflict`. */
export function refuseSecond(error: unknown): never {
  if (isTakenKeyError(error))
    throw new AppError(
      "conflict",
      "Another request of this kind is being worked on for the same person. Nothing was changed.",
    );
  throw error;
}

/**
 * Looks into what a request is about and counts it: what there is of the person, and who mentions them. A request that waited
 * for an approval, or for its time, goes back to review with that; what was approved counts no more.
 * @throws AppError `not_found`, `conflict`.
 */
export async function reviewRequest(actor: Actor, { request: uuid, version }: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  const person = await relinkPerson(actor, uuid);
  const asked = await db().privacyRequest.findUnique({ where: byUuid(actor, uuid), select: { type: true } });
  const found = person ? await countAll(actor, person, asked?.type === "erasure") : null;
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, { request: uuid, version });
    const plan = found?.plan ?? makeEmptyPlan();
    if (request.state === "in_review")
      await updateRequest(tx, request, { plan, planHash: null, executeAfter: null, stateReason: null });
    else await returnToReview(tx, actor, request, null, { plan });
    await storeMentions(tx, request, found?.mentions ?? []);
  });
}

/** @param isErasure what others said of them is decided on where they are erased, and nowhere else. */
async function countAll(
  actor: Actor,
  userUuid: string,
  isErasure: boolean,
): Promise<{ plan: RequestPlan; mentions: Mention[] } | null> {
  const [planned] = await planErasures(actor, { uuids: [userUuid] });
  const mentions = isErasure ? await findMentions(actor, userUuid) : [];
  if (!planned || !mentions) return null;
  const { titled, copies, hash } = planned;
  const counted = { counts: titled, copies, mentions: mentions.length, countedAt: new Date().toISOString() };
  return { plan: { known: true, scope: hash, ...counted }, mentions };
}

function makeEmptyPlan(): RequestPlan {
  const nothing = { counts: [], copies: { graphs: 0, episodes: 0 }, mentions: 0 };
  return { known: false, scope: null, ...nothing, countedAt: new Date().toISOString() };
}

/** Keeps what was decided of mentions that are still there; those that are new are undecided. */
async function storeMentions(tx: Tx, request: PrivacyRequest, mentions: Mention[]): Promise<void> {
  const place = { ...ofProject(request), requestUuid: request.uuid };
  const known = await tx.requestMention.findMany({ where: place, select: { place: true, uuid: true } });
  const there = new Set(mentions.map(nameMention));
  const gone = known.filter((mention) => !there.has(nameMention(mention))).map(({ uuid }) => uuid);
  await tx.requestMention.deleteMany({ where: { ...place, uuid: { in: gone } } });
  await tx.requestMention.createMany({
    skipDuplicates: true,
    data: mentions.map(({ owner, ...mention }) => ({ ...place, ...mention, graphUuid: owner })),
  });
}

/** Decides what becomes of mentions: of those that are named, or of all. @throws AppError `invalid`, `conflict`. */
export async function decideMentions(actor: Actor, input: DecideMentions): Promise<void> {
  authorize(actor, "requests:work");
  const operator = requireOperator(actor);
  const { mentions, decision, ground } = input;
  if (decision === "keep" && ground === undefined)
    throw new AppError("invalid", "Nothing was decided.", { ground: "Say on which ground they stay." });
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, input);
    if (request.state !== "in_review" && request.state !== "on_hold")
      throw new AppError("conflict", "Mentions are decided while a request is in review.");
    const named = mentions.length > 0 ? { OR: mentions } : {};
    await tx.requestMention.updateMany({
      where: { ...ofProject(actor), requestUuid: request.uuid, ...named },
      data: { decision, ground: decision === "keep" && ground ? KEEP_GROUNDS[ground] : null, decidedBy: operator },
    });
    await recordRequest(tx, actor, await updateRequest(tx, request, {}), "request.mentions_decided");
  });
}

/**
 * Hands the plan in. Where nobody else has to approve it, it is scheduled with that.
 * @throws AppError `conflict` while a mention is undecided.
 */
export async function submitRequest(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    const mentions = await tx.requestMention.findMany({
      where: { ...ofProject(actor), requestUuid: request.uuid },
      orderBy: [{ place: "asc" }, { uuid: "asc" }],
      select: { place: true, uuid: true, decision: true, ground: true },
    });
    const undecided = mentions.filter(({ decision }) => decision === null).length;
    if (undecided > 0)
      throw new AppError("conflict", `Decide first what becomes of the mentions: ${undecided} are open.`);
    const plan = requestPlanSchema.safeParse(request.plan);
    if (!plan.success || request.state !== "in_review")
      throw new AppError("conflict", "There is no plan to be handed in.");
    if (!plan.data.known) throw new AppError("conflict", "Nobody is known here by what they named: answer that.");
    const { scope } = plan.data;
    const planRound = request.planRound + 1;
    const told = JSON.stringify([request.type, scope, planRound, request.keepsOut, mentions]);
    const planHash = createHash("sha256").update(told).digest("hex");
    const waiting = await moveRequest(tx, actor, request, "awaiting_approval", {
      planRound,
      planHash,
      submittedBy: actor.uuid,
    });
    const policy = await findPolicy(tx, actor);
    if (policy.approvalsRequired === 0) await scheduleRequest(tx, actor, waiting, policy);
  });
}

/** Settles when a request is done: an erasure after the time to change one's mind, everything else at once. */
export async function scheduleRequest(
  tx: Tx,
  actor: Actor,
  request: PrivacyRequest,
  { graceHours }: { graceHours: number },
): Promise<void> {
  const [clock] = await readRowsIn(tx, { now: TIME })`SELECT now() AS now`;
  // The next full millisecond of the database's clock, which counts finer and is the one that is asked.
  const now = (clock?.now ?? new Date()).getTime() + 1;
  const grace = request.type === "erasure" ? graceHours * 3_600_000 : 0;
  const executeAfter = new Date(now + grace);
  await moveRequest(tx, actor, request, "scheduled", { executeAfter });
  if (request.type === "erasure") await restrictSubject(tx, request, true);
}

/** Puts a request on hold while a question is open; where its law allows, the clock stands still. @throws AppError `conflict`. */
export async function holdRequest(actor: Actor, { reason, ...seen }: ReasonedRequest): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    const pausedAt = CLOCKS[request.law].pausable ? new Date() : null;
    await moveRequest(tx, actor, request, "on_hold", { stateReason: reason, pausedAt });
  });
}

/** Goes on with a request that was on hold: its deadline moves by as long as the clock stood still. @throws AppError `conflict`. */
export async function resumeRequest(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    if (request.state !== "on_hold") throw new AppError("conflict", "This request is not on hold.");
    await moveRequest(tx, actor, request, "in_review", { stateReason: null });
  });
}

/** Notes that the person was told that their request has arrived. */
export async function acknowledgeRequest(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    if (request.acknowledgedAt) throw new AppError("conflict", "It was acknowledged already.");
    const updated = await updateRequest(tx, request, { acknowledgedAt: new Date() });
    await recordRequest(tx, actor, updated, "request.acknowledged");
  });
}

/**
 * Extends a request, once, as the person was told with the reason. @throws AppError `conflict` where its law gives no more
 * time, its time is over, or it was extended before.
 */
export async function extendRequest(actor: Actor, { reason, ...seen }: ReasonedRequest): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    const calendar = await findPolicy(tx, actor);
    const extended = computeExtension(request.law, request.receivedAt, calendar);
    const { title } = CLOCKS[request.law];
    if (!extended) throw new AppError("conflict", `${title} gives no more time.`);
    if (request.extendedAt) throw new AppError("conflict", "It was extended already, and that can be done once.");
    if (request.answerBy < new Date())
      throw new AppError("conflict", "Its time is over: the person would have had to be told before.");
    // However long the clock stood still before is not lost.
    const { answerBy: first } = computeDeadlines(request.law, request.receivedAt, calendar);
    const answerBy = addPause(extended, first, request.answerBy);
    const changes = { extendedAt: new Date(), extensionReason: reason, answerBy };
    await recordRequest(tx, actor, await updateRequest(tx, request, changes), "request.extended");
  });
}

/** Takes a request on, or gives it to nobody. */
export async function assignRequest(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  const operator = requireOperator(actor);
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    await updateRequest(tx, request, { assignedTo: request.assignedTo === operator ? null : operator });
  });
}
