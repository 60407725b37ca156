import type { Tx } from "#lib/db/client.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { getGraphKey } from "#lib/graph/find.ts";
import type { GraphKey, GraphOwner } from "#lib/graph/schema.ts";

export interface LockedGraph extends GraphKey {
  /** How audit rows call the person whose graph it is; absent for a group's. */
  subjectRef?: string;
  /** The node that is meant where none is named; absent for a group's. */
  centre?: string;
}

/**
 * Locks a graph for writing. The person's row is locked first, so that all writers to the same person queue in one order.
 * @throws AppError `not_found`.
 */
export async function lockGraph(tx: Tx, graph: GraphKey): Promise<LockedGraph> {
  const { projectUuid, uuid } = graph;
  const subjectRef = (await lockPerson(tx, projectUuid, uuid)) ?? undefined;
  const [found] = await readRowsIn(tx, { uuid: TEXT })`
    SELECT uuid FROM graphs WHERE ${inProject(graph)} AND uuid = ${uuid}::uuid FOR NO KEY UPDATE`;
  if (!found) throw new AppError("not_found", "There is no such graph; someone may have deleted it.");
  return { projectUuid, uuid, subjectRef, centre: subjectRef && uuid };
}

/** The same for the graph of a person or a group. @throws AppError `not_found`. */
export async function lockGraphOf(tx: Tx, projectUuid: string, owner: GraphOwner): Promise<LockedGraph> {
  return lockGraph(tx, await getGraphKey(tx, projectUuid, owner));
}

/** The same for the graph that holds a node, fact or episode; `find` is asked again once nobody else can change it. */
export async function lockHolder<Row extends { graphUuid: string }>(
  tx: Tx,
  projectUuid: string,
  what: string,
  find: () => Promise<Row | null>,
): Promise<{ graph: LockedGraph; row: Row }> {
  const findOrThrow = async () => {
    const row = await find();
    if (!row) throw new AppError("not_found", `There is no such ${what}.`);
    return row;
  };
  const { graphUuid } = await findOrThrow();
  const graph = await lockGraph(tx, { projectUuid, uuid: graphUuid });
  return { graph, row: await findOrThrow() };
}
