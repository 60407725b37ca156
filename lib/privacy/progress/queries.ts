import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import type { ProgressState, workSchema } from "#lib/privacy/progress/schema.ts";

/** How far work has come that this actor has asked for; null before it begins and after it has ended. */
export async function findProgress(actor: Actor, { work }: z.infer<typeof workSchema>): Promise<ProgressState | null> {
  authorize(actor, "users:erase");
  const [found] = await readRowsIn(db(), { step: TEXT, done: NUMBER, total: NUMBER })`
    SELECT step, done::float8 AS done, total::float8 AS total FROM running_work
    WHERE ${inProject(actor)} AND uuid = ${work}::uuid AND started_by IS NOT DISTINCT FROM ${actor.uuid}::uuid`;
  return found ?? null;
}
