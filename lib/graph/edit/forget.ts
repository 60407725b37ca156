import type { Tx } from "#lib/db/client.ts";
import { listOf, readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, inProject, ofGraph, sameGraph } from "#lib/db/scope.ts";
import { eraseOwnedRows } from "#lib/db/stored-tables.ts";
import { AppError } from "#lib/errors.ts";
import { type LockedGraph, lockGraph } from "#lib/graph/lock.ts";
import { selectSources } from "#lib/graph/rows.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { GRAPH_STORE } from "#lib/graph/store.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { listSlotsOfEpisodes, passRetractionsOn } from "#lib/graph/write/claims.ts";
import { deleteUnmentionedNodes } from "#lib/graph/write/mentions.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface ForgetCounts {
  episodes: number;
  facts: number;
  nodes: number;
}

/** What went of a graph, and what of its copies in others. */
export interface ForgottenParts extends ForgetCounts {
  copies: { graphs: number; episodes: number };
}

const NO_COPIES = { graphs: 0, episodes: 0 };

const NOTHING: ForgetCounts = { episodes: 0, facts: 0, nodes: 0 };

/**
 * Removes these episodes with the facts and nodes that rest only on them. What other episodes support stays, facts that they
 * had ended hold again, and summaries are refreshed. Copies of the graph stay as they are.
 */
export async function forgetEpisodes(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<ForgetCounts> {
  if (episodes.length === 0) return NOTHING;
  return forgetWhere(tx, graph, Prisma.sql`uuid = ANY(${episodes}::uuid[])`);
}

/** The same for these episodes and their copies in other graphs. @returns what went here, and what there. */
export async function forgetEpisodesWithCopies(
  tx: Tx,
  graph: LockedGraph,
  episodes: string[],
): Promise<ForgottenParts> {
  if (episodes.length === 0) return { ...NOTHING, copies: NO_COPIES };
  return forgetWithCopies(tx, graph, Prisma.sql`uuid = ANY(${episodes}::uuid[])`);
}

/** The episodes that a fact was drawn from. */
export async function listSourcesOfFact(tx: Tx, project: { projectUuid: string }, fact: string): Promise<string[]> {
  const sources = await readRowsIn(tx, { uuid: TEXT })`${selectSources(project, fact)}`;
  return sources.map(({ uuid }) => uuid);
}

/** Removes what a conversation brought into the graph and its copies, as `forgetEpisodesWithCopies`. */
export async function forgetSession(tx: Tx, graph: LockedGraph, sessionUuid: string): Promise<ForgottenParts> {
  return forgetWithCopies(tx, graph, Prisma.sql`session_uuid = ${sessionUuid}::uuid`);
}

/** Removes what was copied from a graph out of all others. @returns how many graphs held any of it, and what went there. */
export async function forgetCopies(tx: Tx, graph: GraphKey): Promise<ForgetCounts & { graphs: number }> {
  const copies = await listCopies(tx, graph, Prisma.sql`TRUE`);
  const gone = await forgetInEach(tx, graph, copies);
  const nodes = await tx.$executeRaw`
    DELETE FROM nodes n WHERE ${inProject(graph, "n")} AND n.origin_graph = ${graph.uuid}::uuid AND NOT EXISTS (
      SELECT FROM node_episodes m WHERE ${inProject(graph, "m")} AND m.graph_uuid = n.graph_uuid AND m.node_uuid = n.uuid)`;
  // What others say of a node as well stays, and no longer tells where it came from.
  await tx.$executeRaw`
    UPDATE nodes SET origin_graph = NULL WHERE ${inProject(graph)} AND origin_graph = ${graph.uuid}::uuid`;
  return { ...addCounts(gone, { ...NOTHING, nodes }), graphs: copies.length };
}

/** Removes a graph with all its rows, child tables first, so that the counts are exact. Copies of it stay. */
export async function eraseGraph(tx: Tx, graph: GraphKey): Promise<ForgetCounts> {
  const { episodes = 0, edges: facts = 0, nodes = 0 } = await eraseOwnedRows(tx, GRAPH_STORE, graph);
  return { episodes, facts, nodes };
}

interface Copies {
  graphUuid: string;
  uuids: string[];
}

/** The copies of a graph's episodes, and of their copies, by the graph that holds them, always in the same order. */
function listCopies(tx: Tx, graph: GraphKey, which: Prisma.Sql): Promise<Copies[]> {
  return readRowsIn(tx, { graphUuid: TEXT, uuids: listOf(TEXT) })`
    SELECT graph_uuid AS "graphUuid", array_agg(uuid::text) AS uuids FROM episodes
    WHERE ${inProject(graph)} AND origin_graph = ${graph.uuid}::uuid AND graph_uuid <> ${graph.uuid}::uuid AND ${which}
    GROUP BY graph_uuid ORDER BY graph_uuid`;
}

async function forgetWithCopies(tx: Tx, graph: LockedGraph, which: Prisma.Sql): Promise<ForgottenParts> {
  const copied = Prisma.sql`origin_uuid IN (SELECT uuid FROM episodes WHERE ${inGraph(graph)} AND ${which})`;
  const copies = await listCopies(tx, graph, copied);
  const own = await forgetWhere(tx, graph, which);
  const { episodes } = await forgetInEach(tx, graph, copies);
  return { ...own, copies: { graphs: copies.length, episodes } };
}

async function forgetInEach(tx: Tx, { projectUuid }: GraphKey, copies: Copies[]): Promise<ForgetCounts> {
  let gone = NOTHING;
  for (const { graphUuid, uuids } of copies) {
    const holder = await lockGraph(tx, { projectUuid, uuid: graphUuid }).catch((error: unknown) => {
      // Whoever held the copy was erased meanwhile, and the copy with them.
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    });
    if (!holder) continue;
    gone = addCounts(gone, await forgetEpisodes(tx, holder, uuids));
  }
  return gone;
}

function addCounts(one: ForgetCounts, other: ForgetCounts): ForgetCounts {
  return {
    episodes: one.episodes + other.episodes,
    facts: one.facts + other.facts,
    nodes: one.nodes + other.nodes,
  };
}

async function forgetWhere(tx: Tx, graph: LockedGraph, which: Prisma.Sql): Promise<ForgetCounts> {
  const own = inGraph(graph);
  const slots = await listSlotsOfEpisodes(tx, graph, which);
  const mentioned = await readRowsIn(tx, { uuid: TEXT })`
    SELECT DISTINCT node_uuid AS uuid FROM node_episodes
    WHERE ${own} AND episode_uuid IN (SELECT uuid FROM episodes WHERE ${own} AND ${which})`;
  await passRetractionsOn(tx, graph, which);
  const episodes = await tx.$executeRaw`DELETE FROM episodes WHERE ${own} AND ${which}`;
  const settled = await rebuildFacts(tx, graph, slots);
  const nodes = await deleteUnmentionedNodes(
    tx,
    graph,
    mentioned.map(({ uuid }) => uuid),
  );
  await forgetMerges(tx, graph);
  // Earlier versions of the summary say what these facts read like when they rested on what is forgotten.
  await refreshSummary(tx, graph, { nodes: settled.nodes, gone: settled.touched ?? settled.gone });
  return { episodes, facts: settled.gone.length, nodes };
}

/**
 * A node that was merged into another by hand is remembered for the case that this is taken back, and its names lead to the
 * other. Once nothing that spoke of it is left, both go.
 */
async function forgetMerges(tx: Tx, graph: LockedGraph): Promise<void> {
  const over = await readRowsIn(tx, { episodeUuid: TEXT, keptUuid: TEXT, names: listOf(TEXT) })`
    SELECT m.episode_uuid AS "episodeUuid", m.kept_uuid AS "keptUuid",
      ARRAY(SELECT jsonb_array_elements_text(m.before -> 'names')) AS names
    FROM node_merges m
    WHERE ${inGraph(graph, "m")} AND jsonb_array_length(m.before -> 'mentions') > 0 AND NOT EXISTS (
      SELECT FROM episodes e WHERE ${sameGraph("e", "m")}
        AND e.uuid IN (SELECT value::uuid FROM jsonb_array_elements_text(m.before -> 'mentions')))`;
  for (const { episodeUuid, keptUuid, names } of over) {
    await tx.nodeMerge.deleteMany({ where: { ...ofGraph(graph), episodeUuid } });
    await tx.nodeName.deleteMany({ where: { ...ofGraph(graph), nodeUuid: keptUuid, key: { in: names } } });
  }
}
