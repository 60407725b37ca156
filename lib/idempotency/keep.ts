import type { Actor } from "#lib/auth/actor.ts";
import { pseudonym } from "#lib/auth/secret.ts";
import { db, rows } from "#lib/db/client.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { newUuid } from "#lib/uuid.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * The published clients send a POST again when it timed out or failed on the way (wire contract, 1.1), and say nothing of
 * it. What a call makes is therefore named after a seed; when its answer is seen not to arrive the seed is kept for a
 * while, and the same request sent again gets it, so that it finds what it has already made instead of making it twice.
 */
export interface Attempt {
  seed: string;
  /** Keeps the seed for the repeat. */
  lose: () => Promise<void>;
  /** To be called with whether the answer went out whole. */
  settle: (delivered: boolean) => Promise<void>;
}

/** The clients give up trying within this time; after it the same request is another one. */
const KEPT_MS = 2 * 60_000;

/** Begins an attempt at a request, or takes up one whose answer was lost. @param request all that makes it the same one. */
export async function beginAttempt(actor: Actor, request: string): Promise<Attempt> {
  const { projectUuid } = actor;
  const digest = Buffer.from(pseudonym("lost answer", request), "base64url");
  const [lost] = await rows<{ seed: string; at: Date }>(Prisma.sql`
    SELECT seed, at FROM lost_answers WHERE ${inProject(actor)} AND digest = ${digest}`);
  const seed = lost && lost.at.getTime() > Date.now() - KEPT_MS ? lost.seed : newUuid();
  const lose = async () => {
    await rows(Prisma.sql`
      INSERT INTO lost_answers AS known (project_uuid, digest, seed) VALUES (${projectUuid}::uuid, ${digest}, ${seed}::uuid)
      ON CONFLICT (project_uuid, digest) DO UPDATE SET seed = excluded.seed, at = excluded.at WHERE known.seed <> excluded.seed`);
  };
  const settle = async (delivered: boolean) => {
    if (!delivered) await lose();
    else if (lost) await db().lostAnswer.deleteMany({ where: { ...ofProject(actor), digest } });
  };
  return { seed, lose, settle };
}
