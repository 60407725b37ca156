import type { Tx } from "#lib/db/client.ts";
import { BOOLEAN, readRowsIn } from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** @throws AppError `invalid` for a fact that would end before it begins. */
export function refuseBackwardsInterval(validAt: Date | null, invalidAt: Date | null): void {
  if (validAt && invalidAt && invalidAt < validAt)
    throw new AppError("invalid", "A fact cannot end before it begins.", {
      invalidAt: "Must not be before the fact begins.",
    });
}

/** What was just written, as it is now. @throws AppError `not_found` when someone has removed it since. */
export function getWrittenRow<Row>([row]: Row[]): Row {
  if (!row) throw new AppError("not_found", "Someone has removed this meanwhile.");
  return row;
}

/**
 * What somebody is held for stays as it was said, stated facts included.
 * @param claims which of the graph's claims are to go: what comes of a held session is held as well. @throws AppError `held`.
 */
export async function refuseHeld(tx: Tx, graph: LockedGraph, claims: Prisma.Sql): Promise<void> {
  const { projectUuid, uuid } = graph;
  const [hold] = await readRowsIn(tx, { held: BOOLEAN })`
    SELECT lethe_is_held(${projectUuid}::uuid, ${uuid}::uuid, NULL) OR EXISTS (
      SELECT FROM claims c JOIN episodes e ON ${sameGraph("e", "c")} AND e.uuid = c.episode_uuid
      WHERE ${inGraph(graph, "c")} AND ${claims} AND lethe_is_held(c.project_uuid, c.graph_uuid, e.session_uuid)) AS held`;
  if (hold?.held) throw new AppError("held", "A legal hold keeps this from being deleted. Nothing was changed.");
}
