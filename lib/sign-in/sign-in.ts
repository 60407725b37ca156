import { record, recordFailedSignIn } from "#lib/audit/record.ts";
import { Actor } from "#lib/auth/actor.ts";
import { normaliseEmail } from "#lib/auth/email.ts";
import { verifyPassword } from "#lib/auth/password.ts";
import { forgetFailures, takeAttempt } from "#lib/auth/throttle.ts";
import { db, runInTransaction } from "#lib/db/client.ts";

/** Long enough for a working day; after it one signs in again, however often the cookie was renewed meanwhile. */
export const SIGN_IN_SECONDS = 12 * 60 * 60;

interface Attempt {
  email: string;
  password: string;
  /** What this browser was given when somebody signed in with it before; see `known-browser.ts`. */
  knownBrowser: string | null;
}

/**
 * Checks an e-mail address and password.
 * @returns the uuid of a new sign-in; null when they do not fit or the operator has no project left.
 * @throws AppError `too_many` inside the wait that follows several failures; the password is not looked at then.
 */
export async function signInWithPassword({ email, password, knownBrowser }: Attempt): Promise<string | null> {
  const address = normaliseEmail(email);
  const operator = await db().operator.findUnique({
    where: { email: address },
    select: { uuid: true, passwordHash: true },
  });
  const attempt = await takeAttempt(address, knownBrowser);
  const fits = await verifyPassword(password, operator?.passwordHash ?? null);
  if (!operator) return null;
  if (!fits) {
    await recordFailedSignIn(operator.uuid, attempt);
    return null;
  }
  await forgetFailures(attempt);
  return recordSignIn(operator.uuid);
}

/** Signs in the operator whose address an identity provider has verified; strangers are not created. */
export async function signInWithVerifiedEmail(email: string): Promise<string | null> {
  const operator = await db().operator.findUnique({ where: { email: normaliseEmail(email) }, select: { uuid: true } });
  return operator && recordSignIn(operator.uuid);
}

/** Ends one sign-in: whoever still has its cookie is a stranger. Ending it twice changes nothing. */
export async function endSignIn(uuid: string): Promise<void> {
  const actor = await Actor.ofSignIn(uuid);
  await runInTransaction(async (tx) => {
    const { count } = await tx.signIn.deleteMany({ where: { uuid } });
    if (actor?.uuid && count > 0) await record(tx, actor, { action: "operator.signed_out", objectUuid: actor.uuid });
  });
}

async function recordSignIn(operatorUuid: string): Promise<string | null> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + SIGN_IN_SECONDS * 1000);
  const [, { uuid }] = await db().$transaction([
    db().signIn.deleteMany({ where: { operatorUuid, expiresAt: { lte: now } } }),
    db().signIn.create({ data: { operatorUuid, expiresAt }, select: { uuid: true } }),
  ]);
  const actor = await Actor.ofSignIn(uuid);
  if (!actor) {
    await db().signIn.deleteMany({ where: { uuid } });
    return null;
  }
  await runInTransaction(async (tx) => {
    await tx.operator.update({ where: { uuid: operatorUuid }, data: { lastSignInAt: now } });
    await record(tx, actor, { action: "operator.signed_in", objectUuid: operatorUuid });
  });
  return uuid;
}
