import type { Tx } from "#lib/db/client.ts";
import { BOOLEAN, listOf, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, ofGraph, sameGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { withdrawReadings } from "#lib/graph/write/store-readings.ts";

/** What speaks of the nodes that bear somebody's name, whether or not it names them: "she", "my sister". */
export interface NamedNodes {
  /** Nodes that are called so, and those that are known by such a name beside their own. */
  named: string[];
  alsoKnown: { uuid: string; keys: string[] }[];
  /** The episodes that mention any of them: what was read, and what was stated by hand. */
  read: string[];
  stated: string[];
}

/** Finds the nodes of a graph that bear a name. The node in the centre is its own person, whatever they are called. */
export async function findNamedNodes(
  tx: Tx,
  graph: LockedGraph,
  isNamed: (text: string) => boolean,
): Promise<NamedNodes> {
  const nodes = await readRowsIn(tx, { uuid: TEXT, name: TEXT, keys: listOf(TEXT) })`
    SELECT n.uuid, n.name, ARRAY(SELECT k.key FROM node_names k WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid) AS keys
    FROM nodes n WHERE ${inGraph(graph, "n")} AND n.uuid <> n.graph_uuid`;
  const named = nodes.filter(({ name }) => isNamed(name)).map(({ uuid }) => uuid);
  const alsoKnown = nodes
    .filter(({ uuid }) => !named.includes(uuid))
    .map(({ uuid, keys }) => ({ uuid, keys: keys.filter(isNamed) }))
    .filter(({ keys }) => keys.length > 0);
  const uuids = [...named, ...alsoKnown.map(({ uuid }) => uuid)];
  const episodes = await readRowsIn(tx, { uuid: TEXT, stated: BOOLEAN })`
    SELECT DISTINCT p.uuid, p.source IN ('fact_triple', 'correction') AS stated
    FROM node_episodes m JOIN episodes p ON ${sameGraph("p", "m")} AND p.uuid = m.episode_uuid
    WHERE ${inGraph(graph, "m")} AND m.node_uuid = ANY(${uuids}::uuid[])`;
  const listEpisodes = (stated: boolean) => episodes.flatMap((one) => (one.stated === stated ? [one.uuid] : []));
  return { named, alsoKnown, read: listEpisodes(false), stated: listEpisodes(true) };
}

/**
 * Removes what is left of these names once nothing that was read or stated bears them any more: nodes that nothing mentions,
 * other names of nodes that stay, and what they were before they were merged.
 */
export async function removeNames(tx: Tx, graph: LockedGraph, { named, alsoKnown }: NamedNodes): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM nodes n WHERE ${inGraph(graph, "n")} AND n.uuid = ANY(${named}::uuid[])
      AND NOT EXISTS (SELECT FROM node_episodes m WHERE ${sameGraph("m", "n")} AND m.node_uuid = n.uuid)
      AND NOT EXISTS (SELECT FROM edges e WHERE ${sameGraph("e", "n")} AND n.uuid IN (e.source_uuid, e.target_uuid))`;
  for (const { uuid: nodeUuid, keys } of alsoKnown) {
    await tx.nodeMerge.deleteMany({ where: { ...ofGraph(graph), keptUuid: nodeUuid } });
    await tx.nodeName.deleteMany({ where: { ...ofGraph(graph), nodeUuid, key: { in: keys } } });
  }
}

/** Takes back what was stated by hand. What a correction took from others stays taken: nobody believes that again. */
export async function withdrawStatements(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<void> {
  if (episodes.length === 0) return;
  await withdrawReadings(tx, graph, episodes);
  await tx.$executeRaw`
    UPDATE episodes SET content = 'A fact was deleted.', source_description = NULL, terms = NULL, words = 0, dated = FALSE
    WHERE ${inGraph(graph)} AND source = 'fact_triple' AND uuid = ANY(${episodes}::uuid[])`;
}
