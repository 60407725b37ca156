import type { Tx } from "#lib/db/client.ts";
import { toJsonInput, toOptionalJsonInput } from "#lib/db/json.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import type { StatedNode } from "#lib/graph/schema.ts";
import { completeLabels } from "#lib/graph/write/labels.ts";
import { addName } from "#lib/graph/write/names.ts";
import { mergeMetadata } from "#lib/validation.ts";

/**
 * The node that a caller means, by uuid or else by name, made where it is missing; what is said of one that is there is
 * added to it. @returns its uuid. @throws AppError `invalid` on `field` when it is another graph's, or has no name.
 */
export async function findOrMakeNode(
  tx: Tx,
  graph: LockedGraph,
  node: StatedNode,
  freshUuid: string,
  field: string,
): Promise<string> {
  const { projectUuid, uuid: graphUuid, centre } = graph;
  const { uuid: named, name, summary } = node;
  if (named === graphUuid && !centre) throw makeTakenError(field.replace("name", "uuid"));
  const found = named ? { uuid: named } : await findNodeByName(tx, graph, name);
  const where = found && byUuid(graph, found.uuid);
  const known = where && (await tx.node.findUnique({ where }));
  if (known && known.graphUuid !== graphUuid) throw makeTakenError(field.replace("name", "uuid"));
  if (known) {
    const labels = node.labels && completeLabels(graph, known.uuid, [...known.labels, ...node.labels]);
    const attributes = node.attributes && toJsonInput(mergeMetadata(known.attributes, node.attributes));
    const summaryStated = summary === undefined ? undefined : true;
    if (summary ?? labels ?? attributes)
      await tx.node.update({ where, data: { summary, summaryStated, labels, attributes } });
    return known.uuid;
  }
  if (!name) {
    throw new AppError("invalid", "A node needs a name.", { [field]: "Is needed for a node that is not there yet." });
  }
  const uuid = named ?? freshUuid;
  const labels = completeLabels(graph, uuid, node.labels ?? []);
  const attributes = toOptionalJsonInput(node.attributes);
  const summaryStated = summary !== undefined;
  await tx.node.create({ data: { projectUuid, graphUuid, uuid, name, summary, summaryStated, labels, attributes } });
  await addName(tx, graph, uuid, name);
  return uuid;
}

/** Names are compared without case and accents; no name means the person whose graph it is. */
async function findNodeByName(tx: Tx, graph: LockedGraph, name: string | undefined) {
  const { centre } = graph;
  if (!name) return centre ? { uuid: centre } : null;
  const [found] = await readRowsIn(tx, { uuid: TEXT })`
    SELECT node_uuid AS uuid FROM node_names
    WHERE ${inGraph(graph)} AND key = lethe_key(${name})
    UNION ALL
    SELECT uuid FROM nodes WHERE ${inGraph(graph)} AND uuid = graph_uuid
      AND lethe_key(name) = lethe_key(${name})`;
  return found ?? null;
}

/** What a uuid is refused with that names something of another graph. */
export function makeTakenError(field: string): AppError {
  return new AppError("invalid", "Belongs to another graph.", { [field]: "Belongs to another graph." });
}
