import { record } from "#lib/audit/record.ts";
import { Actor } from "#lib/auth/actor.ts";
import { passwordFits } from "#lib/auth/password.ts";
import { countAttempt, forgiveAttempts } from "#lib/auth/throttle.ts";
import { db, inTransaction } from "#lib/db/client.ts";

/** What a sign-in cookie says: who, and of which epoch. Raising the operator's epoch ends all older ones. */
export interface SignIn {
  operatorUuid: string;
  epoch: number;
}

/**
 * Checks an e-mail address and password.
 * @returns null when they do not fit or the operator has no project left. @throws AppError `too_many`.
 */
export async function signInWithPassword(email: string, password: string): Promise<SignIn | null> {
  const address = normaliseEmail(email);
  await countAttempt(address);
  const operator = await db().operator.findUnique({
    where: { email: address },
    select: { uuid: true, signInEpoch: true, passwordHash: true },
  });
  const fits = await passwordFits(password, operator?.passwordHash ?? null);
  if (!operator || !fits) return null;
  await forgiveAttempts(address);
  return admit({ operatorUuid: operator.uuid, epoch: operator.signInEpoch });
}

/** Signs in the operator whose address an identity provider has verified; strangers are not created. */
export async function signInWithVerifiedEmail(email: string): Promise<SignIn | null> {
  const operator = await db().operator.findUnique({
    where: { email: normaliseEmail(email) },
    select: { uuid: true, signInEpoch: true },
  });
  return operator && admit({ operatorUuid: operator.uuid, epoch: operator.signInEpoch });
}

/** The form in which operators' addresses are stored and compared. */
export function normaliseEmail(email: string): string {
  return email.normalize("NFC").trim().toLowerCase();
}

async function admit(signIn: SignIn): Promise<SignIn | null> {
  const actor = await Actor.ofOperator(signIn);
  if (!actor) return null;
  await inTransaction(async (tx) => {
    await tx.operator.update({ where: { uuid: signIn.operatorUuid }, data: { lastSignInAt: new Date() } });
    await record(tx, actor, { action: "operator.signed_in", objectUuid: signIn.operatorUuid });
  });
  return signIn;
}
