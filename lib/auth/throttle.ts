import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { pseudonym } from "#lib/auth/secret.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";

const WINDOW_SECONDS = 10 * 60;

let limiter: RateLimiterPrisma | undefined;

/**
 * Attempts are counted per address book entry, in the database, for all processes together. Not per network address:
 * behind a proxy that is a header anyone can write.
 */
function attempts(): RateLimiterPrisma {
  limiter ??= new RateLimiterPrisma({
    storeClient: db(),
    tableName: "rateLimit",
    keyPrefix: "sign-in",
    points: 8,
    duration: WINDOW_SECONDS,
  });
  return limiter;
}

/** Counts one attempt before its password is looked at. @throws AppError `too_many` when the window is used up. */
export async function countAttempt(email: string): Promise<void> {
  try {
    await attempts().consume(pseudonym("throttle", email));
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const minutes = Math.ceil(refusal.msBeforeNext / 60_000);
    throw new AppError("too_many", `Too many attempts. Try again in ${minutes} min.`);
  }
}

/** Forgets the attempts of someone who signed in after all. */
export async function forgiveAttempts(email: string): Promise<void> {
  await attempts().delete(pseudonym("throttle", email));
}
