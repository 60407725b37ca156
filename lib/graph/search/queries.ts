import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { rows } from "#lib/db/client.ts";
import { inGraph, inProject, sameGraph } from "#lib/db/scope.ts";
import { all } from "#lib/db/sql.ts";
import { edgeConditions, nodeConditions } from "#lib/graph/filter.ts";
import { getGraph } from "#lib/graph/queries.ts";
import { EDGE, EPISODE, fromEdges, fromEpisodes, NODE } from "#lib/graph/rows.ts";
import type { EdgeRow, EpisodeRow, GraphKey, GraphOwner, GraphSearch, NodeRow } from "#lib/graph/schema.ts";
import { diversify } from "#lib/graph/search/diversify.ts";
import { fusion } from "#lib/graph/search/fusion.ts";
import { type Nearness, nearness } from "#lib/graph/search/nearness.ts";
import { questionOf, type SpeakerName } from "#lib/graph/search/question.ts";
import { askedWords, episodeScores, factScores, nodeScores } from "#lib/graph/search/ranking.ts";
import { findSimilar, findVectors } from "#lib/graph/search/similar.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface GraphHits {
  edges: EdgeRow[];
  nodes: NodeRow[];
  episodes: EpisodeRow[];
}

/**
 * Finds what answers a question, best first, in one graph. Any word of it counts, the rare more than the common; where an
 * embedding model is configured, so does what means much the same in other words. The reranker decides what else does;
 * `cross_encoder` ranks as `rrf`. Filters hold for all that is found.
 * @throws AppError `not_found`.
 */
export async function searchGraph(actor: Actor, owner: GraphOwner, search: GraphSearch): Promise<GraphHits> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  const hits: GraphHits = { edges: [], nodes: [], episodes: [] };
  if (search.scope === "edges") hits.edges = await searchEdges(graph, search);
  if (search.scope === "nodes") hits.nodes = await searchNodes(graph, search);
  if (search.scope === "episodes") hits.episodes = await searchEpisodes(graph, search);
  return hits;
}

/** Candidates for a reranker that looks at more than the best few. */
const POOL = 100;

async function searchEdges(graph: GraphKey, search: GraphSearch): Promise<EdgeRow[]> {
  const near = nearness(graph, search);
  const question = questionOf(search.query, []);
  const similar = await findSimilar(graph, "edge", search.query);
  const fused = fusion(Prisma.sql`fact_scores`, asShare(Prisma.sql`found.score`), similar);
  const found = await rows<EdgeRow>(Prisma.sql`
    WITH RECURSIVE ${near.steps} ${askedWords(question)}, ${factScores(graph)}, ${fused.found}
    SELECT ${EDGE}, ${fused.score} AS score ${fromEdges}
      JOIN found ON found.uuid = e.uuid ${near.join(Prisma.sql`e.source_uuid, e.target_uuid`)}
    WHERE ${all([
      inGraph(graph, "e"),
      search.minRating === null ? null : Prisma.sql`coalesce(e.rating, 1) >= ${search.minRating}`,
      ...edgeConditions(search),
      near.condition,
    ])}
    ORDER BY ${ranking(search, mentions.edges, near)} ${fused.order} score DESC, e.created_at DESC, e.uuid LIMIT ${taken(search)}`);
  return finish(graph, "edge", found, search, (row) => row.fact);
}

async function searchNodes(graph: GraphKey, search: GraphSearch): Promise<NodeRow[]> {
  const near = nearness(graph, search);
  const similar = await findSimilar(graph, "node", search.query);
  const fused = fusion(Prisma.sql`node_scores`, Prisma.sql`found.score`, similar);
  const found = await rows<NodeRow>(Prisma.sql`
    WITH RECURSIVE ${near.steps} ${nodeScores(graph, search.query)}, ${fused.found}
    SELECT ${NODE}, ${fused.score} AS score FROM nodes n
      JOIN found ON found.uuid = n.uuid ${near.join(Prisma.sql`n.uuid`)}
    WHERE ${all([inGraph(graph, "n"), ...nodeConditions(search), near.condition])}
    ORDER BY ${ranking(search, mentions.nodes, near)} ${fused.order} score DESC, n.created_at DESC, n.uuid LIMIT ${taken(search)}`);
  return finish(graph, "node", found, search, (row) => `${row.name} ${row.summary}`);
}

async function searchEpisodes(graph: GraphKey, search: GraphSearch): Promise<EpisodeRow[]> {
  const question = questionOf(search.query, await listSpeakers(graph));
  const similar = await findSimilar(graph, "episode", search.query);
  const fused = fusion(Prisma.sql`episode_scores`, asShare(Prisma.sql`found.score`), similar);
  const found = await rows<EpisodeRow>(Prisma.sql`
    WITH ${askedWords(question)}, ${factScores(graph)}, ${episodeScores(graph, question)}, ${fused.found}
    SELECT ${EPISODE}, ${fused.score} AS score ${fromEpisodes}
      JOIN found ON found.uuid = e.uuid
    WHERE ${inGraph(graph, "e")}
    ORDER BY ${fused.order} score DESC, e.created_at, e.uuid LIMIT ${taken(search)}`);
  return finish(graph, "episode", found, search, (row) => row.content);
}

/** Of a long history the names of those who speak show in its beginning. */
const TURNS_LOOKED_AT = 200;

/** Who speaks in a graph's conversations: the person, and whom the turns name. */
async function listSpeakers(graph: GraphKey): Promise<SpeakerName[]> {
  const { uuid } = graph;
  const own = inProject(graph);
  return rows<SpeakerName>(Prisma.sql`
    SELECT first_name AS name, TRUE AS "isPerson" FROM users WHERE ${own} AND uuid = ${uuid}::uuid AND length(first_name) > 1
    UNION
    SELECT turn.role, FALSE FROM (
      SELECT role FROM messages WHERE ${own} AND user_uuid = ${uuid}::uuid LIMIT ${TURNS_LOOKED_AT}
    ) turn WHERE length(turn.role) > 1 AND lower(turn.role) NOT IN (
      SELECT lower(coalesce(first_name, '')) FROM users WHERE ${own} AND uuid = ${uuid}::uuid)`);
}

/** A score without bounds, brought to 0…1 so that callers can ask for a least one. */
function asShare(score: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${score} / (${score} + ${HALF}))`;
}

/** The score that counts as one half. */
const HALF = Prisma.sql`8`;

const mentions = {
  edges: Prisma.sql`(SELECT count(DISTINCT l.episode_uuid) FROM claims l WHERE ${sameGraph("l", "e")}
    AND l.edge_uuid = e.uuid) DESC,`,
  nodes: Prisma.sql`(SELECT count(*) FROM node_episodes l WHERE ${sameGraph("l", "n")}
    AND l.node_uuid = n.uuid) DESC,`,
};

function ranking({ reranker }: GraphSearch, mentioned: Prisma.Sql, near: Nearness): Prisma.Sql {
  if (reranker === "node_distance") return near.order;
  return reranker === "episode_mentions" ? mentioned : Prisma.empty;
}

function taken({ reranker, limit }: GraphSearch): number {
  return reranker === "mmr" ? POOL : limit;
}

async function finish<Row extends { uuid: string; score?: number }>(
  graph: GraphKey,
  kind: "edge" | "node" | "episode",
  found: Row[],
  search: GraphSearch,
  textOf: (row: Row) => string,
): Promise<Row[]> {
  const good = found.filter((row) => (row.score ?? 0) >= search.minScore);
  if (search.reranker !== "mmr") return good;
  const uuids = good.map(({ uuid }) => uuid);
  return diversify(good, textOf, await findVectors(graph, kind, uuids), search.mmrLambda, search.limit);
}
