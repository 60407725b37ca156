import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
import type { End, FoundFact, Reading } from "#lib/extraction/schema.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { CLAIM_COUNTS, retractClaims } from "#lib/graph/write/claims.ts";
import { SAID } from "#lib/relations.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * Obeys what episodes ask to forget: what was claimed of it before is retracted for as long as the asking episode exists,
 * and so are the quotations it stands in. @returns the slots to rebuild and the nodes that may be left without a mention.
 */
export async function forgetClaims(
  tx: Tx,
  graph: LockedGraph,
  readings: Map<string, Reading>,
): Promise<{ slots: string[]; nodes: string[] }> {
  const found = { slots: new Set<string>(), nodes: new Set<string>() };
  for (const [episode, { forgets = [] }] of readings) {
    for (const fact of forgets) {
      const claims = await listClaimsOf(tx, graph, episode, fact);
      if (claims.length === 0) continue;
      await retractClaims(tx, graph, episode, Prisma.sql`uuid = ANY(${claims.map(({ uuid }) => uuid)}::uuid[])`);
      for (const { slot } of claims) found.slots.add(slot);
      const nodes = claims.flatMap(({ source, target }) => [source, target]).filter((node) => node !== graph.centre);
      await deleteMentions(tx, graph, nodes, [...new Set(claims.map((claim) => claim.episode))]);
      for (const node of nodes) found.nodes.add(node);
    }
  }
  return { slots: [...found.slots], nodes: [...found.nodes] };
}

const CLAIM_SHAPE = { uuid: TEXT, slot: TEXT, episode: TEXT, source: TEXT, target: TEXT };

/** The claims of other episodes that say what a fact says, and what those episodes are quoted with. */
function listClaimsOf(tx: Tx, graph: LockedGraph, episode: string, { source, target, name, fact }: FoundFact) {
  const isSame = Prisma.sql`c.name IN (${name}, ${`NOT_${name}`}) AND ${matchEnd(graph, "source", source)}
    AND ${matchEnd(graph, "target", target)} AND (c.source_uuid <> c.target_uuid OR lethe_fold(c.fact) = lethe_fold(${fact}))`;
  return readRowsIn(tx, CLAIM_SHAPE)`
    WITH same AS (
      SELECT c.* FROM claims c
      JOIN nodes source ON ${sameGraph("source", "c")} AND source.uuid = c.source_uuid
      JOIN nodes target ON ${sameGraph("target", "c")} AND target.uuid = c.target_uuid
      WHERE ${inGraph(graph, "c")} AND c.episode_uuid <> ${episode}::uuid AND c.extractor <> 'stated' AND ${isSame}
    )
    SELECT uuid, slot, episode_uuid AS episode, source_uuid AS source, target_uuid AS target FROM same
    UNION
    SELECT c.uuid, c.slot, c.episode_uuid, c.source_uuid, c.target_uuid FROM claims c
    WHERE ${inGraph(graph, "c")} AND c.name = ${SAID} AND c.episode_uuid IN (SELECT episode_uuid FROM same)`;
}

/** Whether one end of a claim is who a fact names; null is the person. */
function matchEnd({ centre }: LockedGraph, side: "source" | "target", end: End): Prisma.Sql {
  const node = Prisma.raw(side);
  if (end === null) return Prisma.sql`${node}.uuid = ${centre ?? null}::uuid`;
  return Prisma.sql`lethe_key(${node}.name) = lethe_key(${end})`;
}

/** Nodes are no longer spoken of where nothing but what was forgotten was said of them. */
async function deleteMentions(tx: Tx, graph: LockedGraph, nodes: string[], episodes: string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM node_episodes m WHERE ${inGraph(graph, "m")} AND m.node_uuid = ANY(${nodes}::uuid[])
      AND m.episode_uuid = ANY(${episodes}::uuid[])
      AND NOT EXISTS (SELECT FROM claims c WHERE ${sameGraph("c", "m")} AND c.episode_uuid = m.episode_uuid
        AND m.node_uuid IN (c.source_uuid, c.target_uuid)
        AND ${CLAIM_COUNTS})`;
}
