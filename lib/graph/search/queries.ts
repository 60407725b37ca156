import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { BOOLEAN, readRows, type Shape, TEXT } from "#lib/db/rows.ts";
import { inGraph, inProject, sameGraph } from "#lib/db/scope.ts";
import { combineWithAnd } from "#lib/db/sql.ts";
import { buildFactConditions, buildNodeConditions } from "#lib/graph/filter.ts";
import { getGraph } from "#lib/graph/queries.ts";
import { maskEpisode } from "#lib/graph/readers.ts";
import {
  EPISODE_COLUMNS,
  EPISODE_SHAPE,
  FACT_COLUMNS,
  FACT_RECORD_SHAPE,
  FROM_EPISODES,
  FROM_FACTS,
  IS_KNOWN,
  IS_WITHHELD,
  NODE_COLUMNS,
  NODE_SHAPE,
} from "#lib/graph/rows.ts";
import type { EpisodeRow, FactRecord, GraphKey, GraphOwner, GraphSearch, NodeRow } from "#lib/graph/schema.ts";
import { diversifyRows } from "#lib/graph/search/diversify.ts";
import { fuseRankings } from "#lib/graph/search/fusion.ts";
import { buildNearness, type Nearness } from "#lib/graph/search/nearness.ts";
import { parseQuestion, type SpeakerName } from "#lib/graph/search/question.ts";
import {
  selectAskedWords,
  selectEpisodeScores,
  selectFactScores,
  selectNodeScores,
} from "#lib/graph/search/ranking.ts";
import { findSimilar, findVectors } from "#lib/graph/search/similar.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface GraphHits {
  edges: FactRecord[];
  nodes: NodeRow[];
  episodes: EpisodeRow[];
}

/**
 * Finds what answers a question in one graph, best first. Every word counts, rare words more than common ones. If an
 * embedding model is configured, texts with a similar meaning count as well. The reranker sets what else counts;
 * The cross encoder ranks as `rrf`. Filters apply to everything.
 * @throws AppError `not_found`.
 */
export async function searchGraph(actor: Actor, owner: GraphOwner, search: GraphSearch): Promise<GraphHits> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  const hits: GraphHits = { edges: [], nodes: [], episodes: [] };
  if (search.scope === "edges") hits.edges = await searchFacts(graph, search);
  if (search.scope === "nodes") hits.nodes = await searchNodes(graph, search);
  if (search.scope === "episodes") hits.episodes = await searchEpisodes(graph, search);
  return hits;
}

/** Candidates for a reranker that looks at more than the best few. */
const POOL = 100;

async function searchFacts(graph: GraphKey, search: GraphSearch): Promise<FactRecord[]> {
  const near = buildNearness(graph, search);
  const question = parseQuestion(search.query, []);
  const similar = await findSimilar(graph, "edge", search.query);
  const fused = fuseRankings(Prisma.sql`fact_scores`, scaleToShare(Prisma.sql`found.score`), similar);
  const found = await readRows(FACT_RECORD_SHAPE)`
    WITH RECURSIVE ${near.steps} ${selectAskedWords(question)}, ${selectFactScores(graph)}, ${fused.found}
    SELECT ${FACT_COLUMNS}, ${fused.score} AS score ${FROM_FACTS}
      JOIN found ON found.uuid = e.uuid ${near.join(Prisma.sql`e.source_uuid, e.target_uuid`)}
    WHERE ${combineWithAnd([
      inGraph(graph, "e"),
      search.minRating === null ? null : Prisma.sql`coalesce(e.rating, 1) >= ${search.minRating}`,
      ...buildFactConditions(search),
      near.condition,
    ])}
    ORDER BY ${isStatementOrRemote(fused.score)}, ${chooseOrder(search, MENTION_ORDERS.edges, near)} ${fused.order} score DESC, e.created_at DESC, e.uuid LIMIT ${getPoolSize(search)}`;
  return selectBestHits(graph, "edge", found, search, (row) => row.fact);
}

async function searchNodes(graph: GraphKey, search: GraphSearch): Promise<NodeRow[]> {
  const near = buildNearness(graph, search);
  const similar = await findSimilar(graph, "node", search.query);
  const fused = fuseRankings(Prisma.sql`node_scores`, Prisma.sql`found.score`, similar);
  const found = await readRows(NODE_SHAPE)`
    WITH RECURSIVE ${near.steps} ${selectNodeScores(graph, search.query)}, ${fused.found}
    SELECT ${NODE_COLUMNS}, ${fused.score} AS score FROM nodes n
      JOIN found ON found.uuid = n.uuid ${near.join(Prisma.sql`n.uuid`)}
    WHERE ${combineWithAnd([inGraph(graph, "n"), ...buildNodeConditions(search), near.condition])}
    ORDER BY ${chooseOrder(search, MENTION_ORDERS.nodes, near)} ${fused.order} score DESC, n.created_at DESC, n.uuid LIMIT ${getPoolSize(search)}`;
  return selectBestHits(graph, "node", found, search, (row) => `${row.name} ${row.summary}`);
}

async function searchEpisodes(graph: GraphKey, search: GraphSearch): Promise<EpisodeRow[]> {
  const question = parseQuestion(search.query, await listSpeakers(graph));
  const similar = await findSimilar(graph, "episode", search.query);
  const fused = fuseRankings(Prisma.sql`episode_scores`, scaleToShare(Prisma.sql`found.score`), similar);
  const found = await readRows(EPISODE_SHAPE)`
    WITH ${selectAskedWords(question)}, ${selectFactScores(graph)}, ${selectEpisodeScores(graph, question)}, ${fused.found}
    SELECT ${EPISODE_COLUMNS}, ${fused.score} AS score ${FROM_EPISODES}
      JOIN found ON found.uuid = e.uuid
    WHERE ${inGraph(graph, "e")} AND NOT ${IS_WITHHELD}
    ORDER BY ${fused.order} score DESC, e.created_at, e.uuid LIMIT ${getPoolSize(search)}`;
  return selectBestHits(graph, "episode", found.map(maskEpisode), search, (row) => row.content);
}

/** What is known stands before what was said, as long as it answers nearly as well as the best that was found. */
function isStatementOrRemote(score: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT (${IS_KNOWN} AND ${score} >= 0.75 * max(${score}) OVER ())`;
}

/** The names of the speakers are read from the beginning of a history, because a long one repeats the same few. */
const TURNS_LOOKED_AT = 200;

const SPEAKER_NAME_SHAPE: Shape<SpeakerName> = { name: TEXT, isPerson: BOOLEAN };

/** Who speaks in a graph's conversations: the person, and whom the turns name. */
async function listSpeakers(graph: GraphKey): Promise<SpeakerName[]> {
  const { uuid } = graph;
  const own = inProject(graph);
  return readRows(SPEAKER_NAME_SHAPE)`
    SELECT first_name AS name, TRUE AS "isPerson" FROM users WHERE ${own} AND uuid = ${uuid}::uuid AND length(first_name) > 1
    UNION
    SELECT turn.role, FALSE FROM (
      SELECT role FROM messages WHERE ${own} AND user_uuid = ${uuid}::uuid LIMIT ${TURNS_LOOKED_AT}
    ) turn WHERE length(turn.role) > 1 AND lower(turn.role) NOT IN (
      SELECT lower(coalesce(first_name, '')) FROM users WHERE ${own} AND uuid = ${uuid}::uuid)`;
}

/** A score without bounds, brought to 0…1 so that callers can ask for a least one. */
function scaleToShare(score: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${score} / (${score} + ${HALF}))`;
}

/** The score that counts as one half. */
const HALF = Prisma.sql`8`;

const MENTION_ORDERS = {
  edges: Prisma.sql`(SELECT count(DISTINCT l.episode_uuid) FROM claims l WHERE ${sameGraph("l", "e")}
    AND l.edge_uuid = e.uuid) DESC,`,
  nodes: Prisma.sql`(SELECT count(*) FROM node_episodes l WHERE ${sameGraph("l", "n")}
    AND l.node_uuid = n.uuid) DESC,`,
};

function chooseOrder({ reranker }: GraphSearch, mentioned: Prisma.Sql, near: Nearness): Prisma.Sql {
  if (reranker === "nodeDistance") return near.order;
  return reranker === "episodeMentions" ? mentioned : Prisma.empty;
}

function getPoolSize({ reranker, limit }: GraphSearch): number {
  return reranker === "mmr" ? POOL : limit;
}

async function selectBestHits<Row extends { uuid: string; score?: number }>(
  graph: GraphKey,
  kind: "edge" | "node" | "episode",
  found: Row[],
  search: GraphSearch,
  textOf: (row: Row) => string,
): Promise<Row[]> {
  const good = found.filter((row) => (row.score ?? 0) >= search.minScore);
  if (search.reranker !== "mmr") return good;
  const uuids = good.map(({ uuid }) => uuid);
  return diversifyRows(good, textOf, await findVectors(graph, kind, uuids), search.mmrLambda, search.limit);
}
