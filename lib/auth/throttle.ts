import { makePseudonym } from "#lib/auth/secret.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, readRowsIn } from "#lib/db/rows.ts";
import { AppError } from "#lib/errors.ts";

/** So many wrong passwords cost nothing: people mistype. */
const FREE_FAILURES = 4;
/** The wait doubles up to this, so that a stranger who keeps guessing does not keep the owner out for long. */
const LONGEST_WAIT_SECONDS = 30;
/** After so much quiet the count begins anew. */
const FORGOTTEN_AFTER_MINUTES = 15;

export interface CountedAttempt {
  key: string;
  /** How many attempts have failed in a row if this one does. */
  failures: number;
  /** How long the next one has to wait then; 0 for not at all. */
  waitSeconds: number;
}

/**
 * Counts an attempt to sign in as failed before its password is looked at, so that many at once count as many. Attempts
 * are counted per address, and apart from that per browser that has signed in at this address before (OWASP's device
 * cookies): whoever guesses at an address slows down strangers alone. Not per network address: behind a proxy that is a
 * header anyone can write. @throws AppError `too_many` inside the wait after earlier failures; it does not grow by that.
 */
export async function takeAttempt(email: string, knownBrowser: string | null): Promise<CountedAttempt> {
  const key = makePseudonym("throttle", knownBrowser === null ? email : `${email} ${knownBrowser}`);
  const [taken] = await readRowsIn(db(), { failures: NUMBER, waitSeconds: NUMBER })`
    INSERT INTO sign_in_waits AS w (key, failures, next_at) VALUES (${key}, 1, date_trunc('milliseconds', now()))
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN w.next_at < now() - make_interval(mins => ${FORGOTTEN_AFTER_MINUTES}) THEN 1 ELSE w.failures + 1 END,
      next_at = date_trunc('milliseconds', now()) + CASE WHEN w.next_at < now() - make_interval(mins => ${FORGOTTEN_AFTER_MINUTES})
        OR w.failures < ${FREE_FAILURES} THEN interval '0'
        ELSE make_interval(secs => least(${LONGEST_WAIT_SECONDS}, 2 ^ least(10, w.failures - ${FREE_FAILURES}))) END
      WHERE w.next_at <= now()
    RETURNING failures, greatest(0, round(extract(epoch FROM next_at - now())))::int AS "waitSeconds"`;
  if (taken) return { key, ...taken };
  const wait = await db().signInWait.findUnique({ where: { key }, select: { nextAt: true } });
  const seconds = Math.max(1, Math.ceil(((wait?.nextAt.getTime() ?? 0) - Date.now()) / 1000));
  throw new AppError("too_many", `Too many attempts. Try again in ${seconds} s.`);
}

/** Forgets the failures of someone who signed in after all. */
export async function forgetFailures({ key }: CountedAttempt): Promise<void> {
  await db().signInWait.deleteMany({ where: { key } });
}
