import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { pseudonym } from "#lib/auth/secret.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";

const WINDOW_SECONDS = 10 * 60;

/** Failed sign-ins are counted per address book entry and per network address, in the database, for all processes together. */
function limiters() {
  const store = { storeClient: db(), tableName: "rateLimit", duration: WINDOW_SECONDS, clearExpiredByTimeout: false };
  return {
    email: new RateLimiterPrisma({ ...store, keyPrefix: "sign-in:email", points: 8 }),
    network: new RateLimiterPrisma({ ...store, keyPrefix: "sign-in:network", points: 100 }),
  };
}

/** Counts one attempt before its password is looked at. @throws AppError `too_many` when the window is used up. */
export async function countAttempt(email: string, network: string): Promise<void> {
  const { email: byEmail, network: byNetwork } = limiters();
  try {
    await byEmail.consume(pseudonym("throttle", email));
    await byNetwork.consume(pseudonym("throttle", network));
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const minutes = Math.ceil(refusal.msBeforeNext / 60_000);
    throw new AppError("too_many", `Too many attempts. Try again in ${minutes} min.`);
  }
}

/** Forgets the failures of someone who signed in after all. */
export async function forgiveAttempts(email: string): Promise<void> {
  await limiters().email.delete(pseudonym("throttle", email));
}
