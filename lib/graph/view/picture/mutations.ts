import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { byUuid, graphOf, inGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { Places, recordExportSchema } from "#lib/graph/view/picture/schema.ts";

/**
 * Stores where nodes stand, so that the picture looks the same on the next visit. A place holds no personal data, so
 * everyone who may see the graph may store it, and it is not audited. Nodes deleted meanwhile are skipped.
 */
export async function keepPlaces(actor: Actor, { user, places }: Places): Promise<void> {
  authorize(actor, "graph:read");
  await runInTransaction(
    (tx) => tx.$executeRaw`
      INSERT INTO node_places (project_uuid, graph_uuid, node_uuid, x, y, pinned)
      SELECT n.project_uuid, n.graph_uuid, n.uuid, kept.x, kept.y, kept.pinned
      FROM unnest(${places.map(({ uuid }) => uuid)}::uuid[], ${places.map(({ x }) => x)}::real[],
        ${places.map(({ y }) => y)}::real[], ${places.map(({ pinned }) => pinned)}::boolean[]) AS kept (uuid, x, y, pinned)
      JOIN nodes n ON ${inGraph(graphOf(actor, user), "n")} AND n.uuid = kept.uuid
      ORDER BY n.uuid
      ON CONFLICT (project_uuid, graph_uuid, node_uuid) DO UPDATE SET x = excluded.x, y = excluded.y, pinned = excluded.pinned`,
  );
}

/** Writes down that what a picture shows of a person was taken out of the console. @throws AppError `not_found`. */
export async function recordExport(
  actor: Actor,
  { user, nodes, facts }: z.infer<typeof recordExportSchema>,
): Promise<void> {
  authorize(actor, "users:export");
  await runInTransaction(async (tx) => {
    const where = byUuid(actor, user);
    const found = await tx.user.findUnique({ where, select: { subjectRef: true } });
    if (!found) throw new AppError("not_found", "There is no such user.");
    await record(tx, actor, { action: "graph.exported", subjectRef: found.subjectRef, data: { nodes, facts } });
  });
}
