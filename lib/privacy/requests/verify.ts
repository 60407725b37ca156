import { randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { type Actor, hashToken } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { makeKeyedHash } from "#lib/auth/secret.ts";
import { db, runInTransaction } from "#lib/db/client.ts";
import { BYTES, NUMBER, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { getPublicUrl } from "#lib/env.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { MAIL_TIMEOUT, sendMail } from "#lib/mail/send.ts";
import { writeCodeMail } from "#lib/privacy/requests/letters.ts";
import { lockRequest, lockWorkable, moveRequest, recordRequest } from "#lib/privacy/requests/move.ts";
import { relinkPerson } from "#lib/privacy/requests/relink.ts";
import { refuseSecond } from "#lib/privacy/requests/review.ts";
import type { confirmRequestSchema, MakeCode } from "#lib/privacy/requests/schema.ts";
import { requireMailAddress } from "#lib/privacy/requests/subject.ts";

/** How long a code can be entered, and how many wrong ones are looked at. */
const DAYS_VALID = 7;
const MOST_ATTEMPTS = 5;

/** What the person needs to show that it is they: sent on two ways, such as the link by e-mail and the code by telephone. */
export interface VerificationCode {
  token: string;
  code: string;
}

/**
 * Makes a code by which the person shows that it is they who ask; the one before is void. Sent by mail it is told to nobody
 * else; otherwise whoever works on it is told now and never again.
 * @returns what they have to hand over; null where it was sent.
 * @throws AppError `conflict` once who they are is settled, or where no address is known; `unavailable` when it cannot be sent:
 * then the code before is still good.
 */
export async function makeVerificationCode(
  actor: Actor,
  { mailTo, ...seen }: MakeCode,
): Promise<{ handedOver: VerificationCode | null }> {
  authorize(actor, "requests:work");
  // Whoever was added since it was filed is known by now, and reached at the address in their record.
  await relinkPerson(actor, seen.request);
  const token = randomBytes(32).toString("base64url");
  const code = String(randomInt(100_000_000)).padStart(8, "0");
  const expiresAt = new Date(Date.now() + DAYS_VALID * 86_400_000);
  await runInTransaction(async (tx) => {
    const request = await lockWorkable(tx, actor, seen);
    if (request.state === "received") await moveRequest(tx, actor, request, "awaiting_verification");
    else if (request.state !== "awaiting_verification")
      throw new AppError("conflict", "Who they are is settled already, or the request is over.");
    const made = { tokenHash: hashToken(token), codeHash: hashCode(token, code), expiresAt, attempts: 0 };
    const place = { ...ofProject(actor), requestUuid: request.uuid };
    await tx.requestCode.upsert({
      where: { projectUuid_requestUuid: place },
      create: { ...place, ...made },
      update: made,
    });
    if (mailTo === null) return;
    const to = await requireMailAddress(tx, request, { use: "codes", seen: mailTo });
    await recordRequest(tx, actor, request, "request.code_sent");
    const link = `${getPublicUrl()}/your-request#${token}`;
    const number = String(request.number);
    await sendMail({ to, ...writeCodeMail({ number, link, code, until: expiresAt }) });
  }, MAIL_TIMEOUT);
  return { handedOver: mailTo === null ? { token, code } : null };
}

/** Eight digits are soon tried: without this instance's secret, and the link, nobody can. */
function hashCode(token: string, code: string): Buffer<ArrayBuffer> {
  return makeKeyedHash("request code", `${token} ${code}`);
}

/**
 * Takes the code from whoever has the link. A right one verifies the request, once; after five wrong ones none is looked at.
 * @throws AppError `invalid` on `code`; the same whatever is wrong.
 */
export async function confirmRequest(
  actor: Actor,
  { token, code }: z.infer<typeof confirmRequestSchema>,
): Promise<{ confirmed: true }> {
  authorize(actor, "request:confirm");
  const looking = runInTransaction(async (tx) => {
    const [found] = await readRowsIn(tx, { request: TEXT, codeHash: BYTES, attempts: NUMBER })`
      SELECT request_uuid AS request, code_hash AS "codeHash", attempts FROM request_codes
      WHERE ${inProject(actor)} AND token_hash = ${hashToken(token)} AND expires_at > now() FOR UPDATE`;
    if (!found || found.attempts >= MOST_ATTEMPTS) return false;
    const place = { ...ofProject(actor), requestUuid: found.request };
    if (!timingSafeEqual(hashCode(token, code), found.codeHash)) {
      // Counted even though what was asked for is refused.
      await tx.requestCode.update({
        where: { projectUuid_requestUuid: place },
        data: { attempts: found.attempts + 1 },
      });
      return false;
    }
    const request = await lockRequest(tx, actor, { request: found.request });
    if (request.state !== "awaiting_verification") return false;
    await moveRequest(tx, actor, request, "verified", { verifiedAt: new Date(), verification: "code" });
    await tx.requestCode.delete({ where: { projectUuid_requestUuid: place } });
    return true;
  });
  if (!(await looking.catch(refuseSecond))) throw new AppError("invalid", "This is not right.", { code: WRONG });
  return { confirmed: true };
}

const WRONG = "This is not the code, or it is not good any more. After five wrong ones ask for another.";

/** Ends requests whose code nobody has entered in time. @returns how many there were. */
export async function expireUnverified(actorOf: (slug: string) => Promise<Actor>): Promise<number> {
  const late = await db().requestCode.findMany({
    where: { expiresAt: { lte: new Date() }, request: { state: "awaiting_verification" } },
    select: { projectUuid: true, requestUuid: true, request: { select: { project: { select: { slug: true } } } } },
    take: 50,
  });
  for (const { projectUuid, requestUuid, request } of late) {
    const actor = await actorOf(request.project.slug);
    await runInTransaction(async (tx) => {
      const locked = await lockRequest(tx, ofProject({ projectUuid }), { request: requestUuid });
      const stateReason = "Nobody has entered the code in time.";
      if (locked.state === "awaiting_verification") await moveRequest(tx, actor, locked, "expired", { stateReason });
      await tx.requestCode.deleteMany({ where: { ...ofProject({ projectUuid }), requestUuid } });
    }).catch((error: unknown) => toFailure(error));
  }
  return late.length;
}
