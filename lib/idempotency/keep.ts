import type { Actor } from "#lib/auth/actor.ts";
import { makePseudonym } from "#lib/auth/secret.ts";
import { db, runQuery } from "#lib/db/client.ts";
import { readRows, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { queueByName } from "#lib/db/turns.ts";
import { AppError, STATUS_OF_CODE, toFailure } from "#lib/errors.ts";
import { generateUuid } from "#lib/uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The clients give up trying within this time; after it the same request is another one. */
const KEPT_MS = 2 * 60_000;

interface Call {
  actor: Actor;
  /** All that makes it the same request. */
  request: string;
  /** Whether the answer went out whole; known only where our own server carries it. */
  delivered?: Promise<boolean>;
}

/**
 * The published clients send a POST again when it timed out or failed on the way (wire contract, 1.1), and say nothing of
 * it. What a call makes is therefore named after a key; when its answer is seen not to arrive the key is kept for a while,
 * and the same request sent again gets it, so that it finds what it has already made instead of making it twice.
 */
export async function withIdempotencyKey<T>(
  { actor, request, delivered }: Call,
  run: (key: string) => Promise<T>,
): Promise<T> {
  const pseudonym = makePseudonym("lost answer", request);
  const digest = Buffer.from(pseudonym, "base64url");
  // A client that has its answer may ask again at once: what the answer left to do for the key comes first.
  const takeTurn = <Done>(work: () => Promise<Done>) => queueByName(`${actor.projectUuid} ${pseudonym}`, work);
  const [kept] = await takeTurn(
    () => readRows({ seed: TEXT, at: TIME })`
      SELECT seed, at FROM lost_answers WHERE ${inProject(actor)} AND digest = ${digest}`,
  );
  const key = kept && kept.at.getTime() > Date.now() - KEPT_MS ? kept.seed : generateUuid();
  const keep = () => keepKey(actor, digest, key);
  let failed = false;
  const finishAttempt = async (whole: boolean) => {
    if (!whole || failed) await keep();
    else if (kept) await db().lostAnswer.deleteMany({ where: { ...ofProject(actor), digest } });
  };
  delivered?.then((whole) => takeTurn(() => finishAttempt(whole))).catch(toFailure);
  try {
    return await run(key);
  } catch (error) {
    // An answer that says nothing of what was done is as good as lost: the clients ask again.
    failed = !(error instanceof AppError) || STATUS_OF_CODE[error.code] >= 500;
    if (failed) await keep().catch(toFailure);
    throw error;
  }
}

async function keepKey({ projectUuid }: Actor, digest: Buffer, key: string): Promise<void> {
  await runQuery(Prisma.sql`
    INSERT INTO lost_answers AS known (project_uuid, digest, seed) VALUES (${projectUuid}::uuid, ${digest}, ${key}::uuid)
    ON CONFLICT (project_uuid, digest) DO UPDATE SET seed = excluded.seed, at = excluded.at WHERE known.seed <> excluded.seed`);
}
