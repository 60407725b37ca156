import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import { type Actor, requireOperator } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, runInTransaction, type Tx } from "#lib/db/client.ts";
import { byUuid, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { MAIL_TIMEOUT, sendMail } from "#lib/mail/send.ts";
import { certifyUnknown } from "#lib/privacy/erasure/absence.ts";
import { createExport, revokeExport } from "#lib/privacy/exports/mutations.ts";
import { takeSubjectCopy } from "#lib/privacy/receipts/mutations.ts";
import { countLetters, nameLetter } from "#lib/privacy/requests/letters.ts";
import {
  lockRequest,
  lockWorkable,
  moveRequest,
  recordRequest,
  refuseOneself,
  updateRequest,
} from "#lib/privacy/requests/move.ts";
import { relinkPerson } from "#lib/privacy/requests/relink.ts";
import { restrictSubject } from "#lib/privacy/requests/restrict.ts";
import type { liftRestrictionSchema, SeenRequest, SendLetter } from "#lib/privacy/requests/schema.ts";
import { readSubject, requireMailAddress } from "#lib/privacy/requests/subject.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

/** What whoever did it has in hand afterwards: the link to a copy, where one was asked for. */
export interface Fulfilled {
  token: string | null;
}

/**
 * Does what a scheduled request asks for that is no erasure: makes the copy, restricts the person, or notes that the record was
 * put right. @throws AppError `conflict`, `not_found`.
 */
export async function fulfilRequest(actor: Actor, seen: SeenRequest): Promise<Fulfilled> {
  authorize(actor, "requests:work");
  authorize(actor, "users:export");
  const asked = await getState(actor, seen);
  refuseOneself(actor, asked);
  const { type, state } = asked;
  if (type === "erasure" || state !== "scheduled")
    throw new AppError("conflict", "There is nothing to be done on this request now.");
  const isCopy = type === "access" || type === "portability";
  const person = await findPerson(actor, seen.request);
  if (!person) throw new AppError("conflict", "The person is gone by now.");
  const made = isCopy ? await createExport(actor, { user: person }) : null;
  const fulfilled = runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    const executing = await moveRequest(tx, actor, request, "executing");
    if (type === "restriction") await restrictSubject(tx, executing, true);
    const verifying = await moveRequest(tx, actor, executing, "verifying", made ? { exportUuid: made.uuid } : {});
    await moveRequest(tx, actor, verifying, "completed");
  });
  await fulfilled.catch(async (error: unknown) => {
    // Nobody has the link of a copy that was made for nothing.
    if (made) await revokeExport(actor, { user: person, dataExport: made.uuid });
    throw error;
  });
  return { token: made?.token ?? null };
}

/**
 * Closes a request about somebody whom nobody knows here; for an erasure with a receipt that says so, after everything was
 * looked through. @throws AppError `conflict` where somebody is known by now.
 */
export async function closeUnknown(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  const { type, keepsOut } = await getState(actor, seen);
  if (await relinkPerson(actor, seen.request))
    throw new AppError("conflict", "Somebody is known by this by now: look into it again.");
  const close = async (tx: Tx, receiptUuid: string | null) => {
    const request = await lockWorkable(tx, actor, seen);
    await moveRequest(tx, actor, request, "closed_no_match", receiptUuid ? { receiptUuid } : {});
  };
  if (type !== "erasure") return runInTransaction((tx) => close(tx, null));
  const subject = await findSubjectOf(actor, seen.request);
  if (!subject) throw new AppError("conflict", "Nobody can tell any more whom this was about.");
  await certifyUnknown(actor, { identifier: subject.identifier, keptOut: keepsOut }, close);
}

/**
 * Sends the person a letter as whoever works on the request has read it over, with their own copy of the receipt where there is
 * one that nobody has yet. It is recorded that one was sent, and not what it said.
 * @throws AppError `conflict` where no address is known, or somebody has sent one meanwhile; `unavailable` when the mail server does not take it: nothing is noted then.
 */
export async function sendLetter(
  actor: Actor,
  { text, to: shown, sentBefore, ...seen }: SendLetter,
): Promise<{ files: number }> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  return runInTransaction(async (tx) => {
    const request = await lockRequest(tx, actor, seen);
    refuseOneself(actor, request);
    if ((await countLetters(tx, request)) !== sentBefore)
      throw new AppError(
        "conflict",
        "Somebody has sent a letter since you looked. Reload to see it; nothing was sent.",
      );
    const to = await requireMailAddress(tx, request, { use: "letters", seen: shown });
    const isProved = request.receiptUuid !== null && request.closedAt !== null;
    const copy = isProved ? await takeSubjectCopy(tx, actor, request.receiptUuid ?? "") : null;
    await recordRequest(tx, actor, request, "request.letter_sent");
    const files = copy?.files ?? {};
    await sendMail({ to, subject: nameLetter(request), text, files });
    return { files: Object.keys(files).length };
  }, MAIL_TIMEOUT);
}

/** Notes that the person was told how it ended: what they are called, and what anybody wrote of it, goes with that. */
export async function answerRequest(actor: Actor, seen: SeenRequest): Promise<void> {
  authorize(actor, "requests:work");
  requireOperator(actor);
  await runInTransaction(async (tx) => {
    const request = await lockRequest(tx, actor, seen);
    refuseOneself(actor, request);
    if (request.answeredAt) throw new AppError("conflict", "They have been told already.");
    if (!request.closedAt) throw new AppError("conflict", "This request is not over yet.");
    const place = { ...ofProject(actor), requestUuid: request.uuid };
    await tx.requestSubject.deleteMany({ where: place });
    await tx.requestPerson.deleteMany({ where: place });
    const words = { stateReason: null, extensionReason: null };
    const updated = await updateRequest(tx, request, { ...words, answeredAt: new Date() });
    await recordRequest(tx, actor, updated, "request.answered");
  });
}

/** Lets what is known of a person change again whose request of restriction is over. @throws AppError `conflict`, `not_found`. */
export async function liftRestriction(actor: Actor, { user }: z.infer<typeof liftRestrictionSchema>): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const person = await tx.user.findUnique({ where: byUuid(actor, user), select: { subjectRef: true, email: true } });
    if (!person) throw new AppError("not_found", "There is no such user.");
    const own = await tx.operator.findUnique({ where: { uuid: actor.uuid ?? "" }, select: { email: true } });
    if (own && own.email.toLowerCase() === person.email?.toLowerCase())
      throw new AppError("conflict", "This is about yourself: somebody else has to lift it.");
    const restricted = await tx.restriction.findMany({ where: { ...ofProject(actor), userUuid: user } });
    // What an erasure that is scheduled has set ends with that, and not by itself.
    const over = await tx.privacyRequest.findMany({
      where: {
        ...ofProject(actor),
        uuid: { in: restricted.map(({ requestUuid }) => requestUuid) },
        closedAt: { not: null },
      },
      select: { uuid: true },
    });
    const { count } = await tx.restriction.deleteMany({
      where: { ...ofProject(actor), userUuid: user, requestUuid: { in: over.map(({ uuid }) => uuid) } },
    });
    if (count === 0) throw new AppError("conflict", "Nothing restricts this person that could be lifted here.");
    await record(tx, actor, { action: "restriction.lifted", subjectRef: person.subjectRef });
  });
}

async function getState(actor: Actor, { request }: SeenRequest): Promise<PrivacyRequest> {
  const found = await db().privacyRequest.findUnique({ where: byUuid(actor, request) });
  if (!found) throw new AppError("not_found", "There is no such request.");
  return found;
}

function placeOf(actor: Actor, requestUuid: string) {
  return { projectUuid_requestUuid: { ...ofProject(actor), requestUuid } };
}

async function findPerson(actor: Actor, request: string): Promise<string | null> {
  const row = await db().requestPerson.findUnique({ where: placeOf(actor, request), select: { userUuid: true } });
  return row?.userUuid ?? null;
}

async function findSubjectOf(actor: Actor, request: string) {
  const row = await db().requestSubject.findUnique({ where: placeOf(actor, request), select: { sealed: true } });
  return readSubject(row?.sealed ?? null);
}
