import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, readRowsIn } from "#lib/db/rows.ts";
import { inProject, ofProject } from "#lib/db/scope.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import type { workSchema } from "#lib/privacy/progress/schema.ts";

/** What long work tells of itself while it runs. */
export interface RunningWork {
  /** Tells what is being done now, and how much was done by the step before. @throws AppError `conflict` when somebody asked to stop. */
  report(step: string, done: number): Promise<void>;
}

/** Work that nobody watches. */
const UNWATCHED: RunningWork = { report: () => Promise.resolve() };

/** Work that was lost with its process is forgotten after so long. */
const FORGOTTEN_AFTER = "1 day";

/**
 * Runs work that others can watch and stop: what it tells is stored outside of its transaction. Watching never fails it.
 * @param watched how whoever asked for it calls it; without a name nobody watches.
 */
export async function runWatched<T>(
  actor: Actor,
  { work: uuid, total }: { work: string | undefined; total: number },
  run: (work: RunningWork) => Promise<T>,
): Promise<T> {
  if (uuid === undefined) return run(UNWATCHED);
  await db().$executeRaw`DELETE FROM running_work WHERE started_at < now() - ${FORGOTTEN_AFTER}::interval`;
  await db().$executeRaw`
    INSERT INTO running_work (project_uuid, uuid, started_by, total)
    VALUES (${actor.projectUuid}::uuid, ${uuid}::uuid, ${actor.uuid}::uuid, ${total}) ON CONFLICT DO NOTHING`;
  let before = 0;
  try {
    return await run({
      async report(step, done) {
        before += done;
        await reportStep(actor, uuid, step, before);
      },
    });
  } finally {
    await db()
      .runningWork.deleteMany({ where: { ...ofProject(actor), uuid } })
      .catch((error: unknown) => toFailure(error));
  }
}

async function reportStep(actor: Actor, uuid: string, step: string, done: number): Promise<void> {
  const told = readRowsIn(db(), { stopped: BOOLEAN })`
    UPDATE running_work SET step = ${step}, done = ${done} WHERE ${inProject(actor)} AND uuid = ${uuid}::uuid
    RETURNING stop_asked AS stopped`;
  const [found] = await told.catch((error: unknown) => {
    toFailure(error);
    return [];
  });
  if (found?.stopped) throw new AppError("conflict", "It was stopped. Nothing was changed.");
}

/** Asks work to stop that this actor has asked for; it ends at its next step, and nothing of it is done. */
export async function stopWork(actor: Actor, { work }: z.infer<typeof workSchema>): Promise<void> {
  authorize(actor, "users:erase");
  await db().runningWork.updateMany({
    where: { ...ofProject(actor), uuid: work, startedBy: actor.uuid },
    data: { stopAsked: true },
  });
}
