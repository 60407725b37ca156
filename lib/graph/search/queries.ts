import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { readRows } from "#lib/db/rows.ts";
import { inGraph, sameGraph } from "#lib/db/scope.ts";
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
import { type Answers, findAnswers } from "#lib/graph/search/answers.ts";
import { diversifyRows } from "#lib/graph/search/diversify.ts";
import { fuseRankings } from "#lib/graph/search/fusion.ts";
import { addNearest } from "#lib/graph/search/nearest.ts";
import { buildNearness, type Nearness } from "#lib/graph/search/nearness.ts";
import { scoreNodes } from "#lib/graph/search/node-scores.ts";
import { findSimilar, findVectors, type Similar } from "#lib/graph/search/similar.ts";
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
  if (search.scope === "nodes") hits.nodes = await searchNodes(graph, search);
  else {
    const [answers, similar] = await Promise.all([
      findAnswers(graph, search),
      findSimilar(graph, search.scope === "edges" ? "edge" : "episode", search.query),
    ]);
    if (search.scope === "edges") hits.edges = await searchFacts(graph, search, answers, similar);
    if (search.scope === "episodes") hits.episodes = await searchEpisodes(graph, search, answers, similar);
  }
  return hits;
}

/**
 * The same in all scopes at once, for what is told to a model, with what the scores of facts and turns are made of.
 * @throws AppError `not_found`.
 */
export async function searchAllScopes(
  actor: Actor,
  owner: GraphOwner,
  search: GraphSearch,
): Promise<GraphHits & { answers: Answers; similar: { facts: Similar[] | null; turns: Similar[] | null } }> {
  authorize(actor, "graph:read");
  const graph = await getGraph(actor, owner);
  const [answers, facts, turns] = await Promise.all([
    findAnswers(graph, search),
    findSimilar(graph, "edge", search.query),
    findSimilar(graph, "episode", search.query),
  ]);
  const [edges, nodes, episodes] = await Promise.all([
    searchFacts(graph, search, answers, facts),
    searchNodes(graph, search),
    searchEpisodes(graph, search, answers, turns),
  ]);
  return { edges, nodes, episodes, answers, similar: { facts, turns } };
}

/** Candidates for a reranker that looks at more than the best few. */
const POOL = 100;

/** Of so many found facts the best are chosen: of more where filters and other orders leave few of them. */
const SOME_FACTS = 100;
const MOST_FACTS = 3_000;

async function searchFacts(
  graph: GraphKey,
  search: GraphSearch,
  { facts }: Answers,
  similar: Similar[] | null,
): Promise<FactRecord[]> {
  const near = buildNearness(graph, search);
  const conditions = [
    ...buildFactConditions(search),
    search.minRating === null ? null : Prisma.sql`coalesce(e.rating, 1) >= ${search.minRating}`,
    near.condition,
  ].filter((condition) => condition !== null);
  const scores = new Map([...facts].map(([uuid, { words, turn }]) => [uuid, words + turn]));
  const isNarrowed = conditions.length > 0 || search.reranker !== "rrf";
  const fused = fuseRankings(
    pickBest(await addNearest(graph, "fact", search.query, scores), isNarrowed ? MOST_FACTS : SOME_FACTS),
    scaleToShare(Prisma.sql`found.score`, HALF_OF_FACTS),
    similar,
  );
  const found = await readRows(FACT_RECORD_SHAPE)`
    WITH RECURSIVE ${near.steps} ${fused.found}
    SELECT ${FACT_COLUMNS}, ${fused.score} AS score ${FROM_FACTS}
      JOIN found ON found.uuid = e.uuid ${near.join(Prisma.sql`e.source_uuid, e.target_uuid`)}
    WHERE ${combineWithAnd([inGraph(graph, "e"), ...conditions])}
    ORDER BY ${fused.isOnlyNearest}, ${isStatementOrRemote(fused.score)}, ${chooseOrder(search, MENTION_ORDERS.edges, near)} ${fused.order} score DESC, e.created_at DESC, e.uuid LIMIT ${getPoolSize(search)}`;
  return selectBestHits(graph, "edge", found, search, (row) => row.fact);
}

async function searchNodes(graph: GraphKey, search: GraphSearch): Promise<NodeRow[]> {
  const near = buildNearness(graph, search);
  const similar = await findSimilar(graph, "node", search.query);
  const fused = fuseRankings(
    await addNearest(graph, "node", search.query, await scoreNodes(graph, search.query)),
    Prisma.sql`found.score`,
    similar,
  );
  const found = await readRows(NODE_SHAPE)`
    WITH RECURSIVE ${near.steps} ${fused.found}
    SELECT ${NODE_COLUMNS}, ${fused.score} AS score FROM nodes n
      JOIN found ON found.uuid = n.uuid ${near.join(Prisma.sql`n.uuid`)}
    WHERE ${combineWithAnd([inGraph(graph, "n"), ...buildNodeConditions(search), near.condition])}
    ORDER BY ${fused.isOnlyNearest}, ${chooseOrder(search, MENTION_ORDERS.nodes, near)} ${fused.order} score DESC, n.created_at DESC, n.uuid LIMIT ${getPoolSize(search)}`;
  return selectBestHits(graph, "node", found, search, (row) => `${row.name} ${row.summary}`);
}

async function searchEpisodes(
  graph: GraphKey,
  search: GraphSearch,
  { turns }: Answers,
  similar: Similar[] | null,
): Promise<EpisodeRow[]> {
  const found = new Map(turns.map(({ uuid, score }) => [uuid, score]));
  const scores = await addNearest(graph, "turn", search.query, found);
  const fused = fuseRankings(scores, scaleToShare(Prisma.sql`found.score`, HALF), similar);
  const rows = await readRows(EPISODE_SHAPE)`
    WITH ${fused.found}
    SELECT ${EPISODE_COLUMNS}, ${fused.score} AS score ${FROM_EPISODES}
      JOIN found ON found.uuid = e.uuid
    WHERE ${inGraph(graph, "e")} AND e.source <> 'correction' AND NOT ${IS_WITHHELD}
    ORDER BY ${fused.isOnlyNearest}, ${fused.order} score DESC, e.created_at, e.uuid LIMIT ${getPoolSize(search)}`;
  return selectBestHits(graph, "episode", rows.map(maskEpisode), search, (row) => row.content);
}

function pickBest(scores: ReadonlyMap<string, number>, count: number): ReadonlyMap<string, number> {
  if (scores.size <= count) return scores;
  return new Map([...scores].toSorted(([, a], [, b]) => b - a).slice(0, count));
}

/** What is known stands before what was said, as long as it answers nearly as well as the best that was found. */
function isStatementOrRemote(score: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT (${IS_KNOWN} AND ${score} >= 0.75 * max(${score}) OVER ())`;
}

/** A score without bounds, brought to 0…1 so that callers can ask for a least one. */
function scaleToShare(score: Prisma.Sql, half: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${score} / (${score} + ${half}))`;
}

/** The scores that count as one half; a fact's has its turn's in it. */
const HALF = Prisma.sql`8`;
const HALF_OF_FACTS = Prisma.sql`16`;

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
