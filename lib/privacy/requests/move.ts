import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { addPause } from "#lib/privacy/requests/clocks.ts";
import { restrictSubject } from "#lib/privacy/requests/restrict.ts";
import type { SeenRequest } from "#lib/privacy/requests/schema.ts";
import { isClosed, LIFECYCLE, type RequestState, STATE_WORDS } from "#lib/privacy/requests/terms.ts";
import type { Prisma, PrivacyRequest } from "#prisma/client/client.ts";

/** What changes with a step, beside the state. */
type Changes = Omit<Prisma.PrivacyRequestUncheckedUpdateInput, "state" | "version" | "projectUuid" | "uuid">;

/**
 * A request that this transaction works on: nobody else takes a step meanwhile.
 * @throws AppError `not_found`; `conflict` when somebody has taken one since `version` was seen.
 */
export async function lockRequest(
  tx: Tx,
  project: { projectUuid: string },
  { request, version }: { request: string; version?: number },
): Promise<PrivacyRequest> {
  await tx.$queryRaw`SELECT FROM privacy_requests WHERE ${inProject(project)} AND uuid = ${request}::uuid FOR UPDATE`;
  const found = await tx.privacyRequest.findUnique({ where: byUuid(project, request) });
  if (!found) throw new AppError("not_found", "There is no such request.");
  if (version !== undefined && found.version !== version)
    throw new AppError(
      "conflict",
      "Somebody has worked on this request since you looked. Reload to see how it stands.",
    );
  return found;
}

/**
 * The same for somebody who works on it. Nobody works on a request about themselves, and one that is over is left as it is.
 * @throws AppError `not_found`, `conflict`.
 */
export async function lockWorkable(tx: Tx, actor: Actor, seen: SeenRequest): Promise<PrivacyRequest> {
  const request = await lockRequest(tx, actor, seen);
  refuseOneself(actor, request);
  if (request.closedAt) throw new AppError("conflict", "This request is over.");
  return request;
}

/** @throws AppError `conflict`. */
export function refuseOneself(actor: Actor, { aboutOperator }: Pick<PrivacyRequest, "aboutOperator">): void {
  if (aboutOperator !== null && aboutOperator === actor.uuid)
    throw new AppError("conflict", "This request is about yourself: somebody else has to work on it.");
}

/** Changes a request without taking it a step further. @returns it as it is then. */
export async function updateRequest(tx: Tx, request: PrivacyRequest, changes: Changes): Promise<PrivacyRequest> {
  return tx.privacyRequest.update({
    where: byUuid(request, request.uuid),
    data: { ...changes, version: request.version + 1 },
  });
}

/**
 * Takes a request a step further and writes that down; why it stood where it did is over with that. The database refuses whatever its lifecycle does not know.
 * @throws AppError `conflict` for a step that there is not.
 */
export async function moveRequest(
  tx: Tx,
  actor: Actor,
  request: PrivacyRequest,
  state: RequestState,
  changes: Changes = {},
): Promise<PrivacyRequest> {
  const followers: readonly RequestState[] = LIFECYCLE[request.state];
  if (!followers.includes(state))
    throw new AppError("conflict", `This request is ${STATE_WORDS[request.state]}: that step is not open to it.`);
  const closedAt = isClosed(state) ? new Date() : null;
  const moved = await updateRequest(tx, request, {
    stateReason: null,
    ...changes,
    ...endPause(request),
    closedAt,
    ...{ state },
  });
  if (isClosed(state))
    await tx.requestMention.deleteMany({ where: { ...ofProject(request), requestUuid: request.uuid } });
  await recordRequest(tx, actor, moved, "request.moved", { state });
  return moved;
}

/**
 * Takes a request back into review. What was approved is void, since the next round of the plan is another one; nothing has
 * happened yet, and the person is as they were.
 */
export async function returnToReview(
  tx: Tx,
  actor: Actor,
  request: PrivacyRequest,
  stateReason: string | null,
  changes: Changes = {},
): Promise<void> {
  await restrictSubject(tx, request, false);
  await moveRequest(tx, actor, request, "in_review", { ...changes, stateReason, planHash: null, executeAfter: null });
}

/** Whatever comes after a hold, the clock goes on: the deadline moves by as long as it stood still. */
function endPause({ state, pausedAt, answerBy }: PrivacyRequest): Changes {
  if (state !== "on_hold" || !pausedAt) return {};
  return { pausedAt: null, answerBy: addPause(answerBy, pausedAt, new Date()) };
}

/** Writes an event of a request into the trail. */
export async function recordRequest(
  tx: Tx,
  actor: Actor,
  { number, subjectRef }: Pick<PrivacyRequest, "number" | "subjectRef">,
  action: Parameters<typeof record>[2]["action"],
  data: { state?: RequestState } = {},
): Promise<void> {
  await record(tx, actor, { action, subjectRef, data: { request: Number(number), ...data } });
}
