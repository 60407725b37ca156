import type { Tx } from "#lib/db/client.ts";
import { listOf, nullable, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inGraph, ofGraph, sameGraph } from "#lib/db/scope.ts";
import type { Mention } from "#lib/extraction/schema.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { completeLabels } from "#lib/graph/write/labels.ts";
import { deriveUuidFromText } from "#lib/uuid.ts";

/**
 * Finds the nodes with these names and makes those that are missing; labels are added to existing nodes. Names are compared
 * without case and accents. The uuid of a new node is derived from its name, so that two writers make the same node.
 * @returns the uuid of each name.
 */
export async function findOrMakeNodes(tx: Tx, graph: LockedGraph, mentioned: Mention[]): Promise<Map<string, string>> {
  if (mentioned.length === 0) return new Map();
  const { uuid: graphUuid } = graph;
  const known = await readRowsIn(tx, {
    name: TEXT,
    key: TEXT,
    nodeUuid: nullable(TEXT),
    labels: nullable(listOf(TEXT)),
  })`
    SELECT given.name, lethe_key(given.name) AS key, n.node_uuid AS "nodeUuid", nodes.labels
    FROM unnest(${mentioned.map(({ name }) => name)}::text[]) AS given (name)
    LEFT JOIN node_names n ON ${inGraph(graph, "n")} AND n.key = lethe_key(given.name)
    LEFT JOIN nodes ON ${sameGraph("nodes", "n")} AND nodes.uuid = n.node_uuid`;
  const place = ofGraph(graph);
  const found = known.map(({ name, key, nodeUuid, labels }) => ({
    name,
    key,
    uuid: nodeUuid ?? deriveUuidFromText(`${graphUuid} ${key}`),
    fresh: nodeUuid === null,
    had: labels ?? [],
  }));
  const labelsOf = Map.groupBy(mentioned, ({ name }) => name);
  const nodes = [...Map.groupBy(found, ({ uuid }) => uuid)].flatMap(([uuid, [first, ...same]]) => {
    if (!first) return [];
    const given = [first, ...same].flatMap(({ name }) => labelsOf.get(name) ?? []).flatMap(({ labels }) => labels);
    return [{ ...first, labels: completeLabels(graph, uuid, [...first.had, ...given]) }];
  });
  const fresh = nodes.filter((node) => node.fresh);
  if (fresh.length > 0) {
    const data = fresh.map(({ uuid, name, labels }) => ({ ...place, uuid, name, labels }));
    await tx.node.createMany({ skipDuplicates: true, data });
    await tx.nodeName.createMany({
      skipDuplicates: true,
      data: fresh.map(({ uuid, key }) => ({ ...place, key, nodeUuid: uuid })),
    });
  }
  for (const { uuid, labels, had, fresh: made } of nodes) {
    if (made || labels.length === had.length) continue;
    await tx.node.update({ where: byUuid(graph, uuid), data: { labels } });
  }
  return new Map(found.map(({ name, uuid }) => [name, uuid]));
}

/** Lets a node be found by this name as well, unless another one bears it. */
export async function addName(tx: Tx, { projectUuid, uuid }: LockedGraph, node: string, name: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO node_names (project_uuid, graph_uuid, key, node_uuid)
    VALUES (${projectUuid}::uuid, ${uuid}::uuid, lethe_key(${name}), ${node}::uuid) ON CONFLICT DO NOTHING`;
}
