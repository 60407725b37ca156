import { RateLimiterMemory, RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

const WINDOW_SECONDS = 60;
let limiter: RateLimiterMemory | RateLimiterPrisma | undefined;

/** Counted in this process, or in the database for all processes together, as configured. */
function getLimiter(): RateLimiterMemory | RateLimiterPrisma {
  const settings = { keyPrefix: "api", points: env().LETHE_API_RATE, duration: WINDOW_SECONDS };
  limiter ??=
    env().LETHE_API_RATE_STORE === "database"
      ? new RateLimiterPrisma({ ...settings, storeClient: db(), tableName: "rateLimit" })
      : new RateLimiterMemory(settings);
  return limiter;
}

/** Counts one request of a key. @throws AppError `too_many`, with how long to wait, when the key has used up its minute. */
export async function countRequest(apiKeyUuid: string): Promise<void> {
  if (env().LETHE_API_RATE === 0) return;
  try {
    await getLimiter().consume(apiKeyUuid);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    throw new AppError("too_many", `Too many requests with this key. Try again in ${seconds} s.`, {}, seconds);
  }
}
