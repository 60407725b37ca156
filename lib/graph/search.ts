import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { rows } from "#lib/db/client.ts";
import { all } from "#lib/db/sql.ts";
import { diversify } from "#lib/graph/diversify.ts";
import { edgeConditions, nodeConditions } from "#lib/graph/filter.ts";
import { getGraph } from "#lib/graph/queries.ts";
import { questionOf, type SpeakerName } from "#lib/graph/question.ts";
import { askedWords, episodeScores, factScores } from "#lib/graph/ranking.ts";
import {
  EDGE,
  type EdgeRow,
  EPISODE,
  type EpisodeRow,
  fromEdges,
  fromEpisodes,
  NODE,
  type NodeRow,
} from "#lib/graph/rows.ts";
import type { GraphKey, GraphOwner, GraphSearch } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface GraphHits {
  edges: EdgeRow[];
  nodes: NodeRow[];
  episodes: EpisodeRow[];
}

/**
 * Finds what answers a question, best first, in one graph. Ranking is lexical: any word counts, the rare more than the
 * common, and the reranker decides what else does; without a model `cross_encoder` ranks as `rrf`.
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
/** How far from `origins` a find may lie. */
const MOST_STEPS = 3;

async function searchEdges(graph: GraphKey, search: GraphSearch): Promise<EdgeRow[]> {
  const near = nearness(graph, search);
  const question = questionOf(search.query, []);
  const found = await rows<EdgeRow>(Prisma.sql`
    WITH RECURSIVE ${near.steps} ${askedWords(question)}, ${factScores(graph)}
    SELECT ${EDGE}, ${asShare(Prisma.sql`fact_scores.score`)} AS score ${fromEdges}
      JOIN fact_scores ON fact_scores.uuid = e.uuid ${near.join(Prisma.sql`e.source_uuid, e.target_uuid`)}
    WHERE ${all([
      inGraph(Prisma.sql`e`, graph),
      search.minRating === null ? null : Prisma.sql`coalesce(e.rating, 1) >= ${search.minRating}`,
      ...edgeConditions(search),
      near.condition,
    ])}
    ORDER BY ${ranking(search, mentions.edges, near)} score DESC, e.created_at DESC, e.uuid LIMIT ${taken(search)}`);
  return finish(found, search, (row) => row.fact);
}

async function searchNodes(graph: GraphKey, search: GraphSearch): Promise<NodeRow[]> {
  const terms = Prisma.sql`lethe_terms(n.name || ' ' || n.summary)`;
  const near = nearness(graph, search);
  const found = await rows<NodeRow>(Prisma.sql`
    WITH RECURSIVE ${near.steps} nothing AS (SELECT)
    SELECT ${NODE}, ${score(terms, search.query)} AS score FROM nodes n ${near.join(Prisma.sql`n.uuid`)}
    WHERE ${all([
      inGraph(Prisma.sql`n`, graph),
      matches(terms, search.query),
      ...nodeConditions(search),
      near.condition,
    ])}
    ORDER BY ${ranking(search, mentions.nodes, near)} score DESC, n.created_at DESC, n.uuid LIMIT ${taken(search)}`);
  return finish(found, search, (row) => `${row.name} ${row.summary}`);
}

async function searchEpisodes(graph: GraphKey, search: GraphSearch): Promise<EpisodeRow[]> {
  const question = questionOf(search.query, await listSpeakers(graph));
  const hits = await rows<EpisodeRow>(Prisma.sql`
    WITH ${askedWords(question)}, ${factScores(graph)}, ${episodeScores(graph, question)}
    SELECT ${EPISODE}, ${asShare(Prisma.sql`episode_scores.score`)} AS score ${fromEpisodes}
      JOIN episode_scores ON episode_scores.uuid = e.uuid
    WHERE ${inGraph(Prisma.sql`e`, graph)}
    ORDER BY episode_scores.score DESC, e.created_at, e.uuid LIMIT ${taken(search)}`);
  return finish(hits, search, (row) => row.content);
}

/** Of a long history the names of those who speak show in its beginning. */
const TURNS_LOOKED_AT = 200;

/** Who speaks in a graph's conversations: the person, and whom the turns name. */
async function listSpeakers({ projectUuid, uuid }: GraphKey): Promise<SpeakerName[]> {
  const own = Prisma.sql`project_uuid = ${projectUuid}::uuid`;
  return rows<SpeakerName>(Prisma.sql`
    SELECT first_name AS name, TRUE AS "isPerson" FROM users WHERE ${own} AND uuid = ${uuid}::uuid AND length(first_name) > 1
    UNION
    SELECT turn.role, FALSE FROM (
      SELECT role FROM messages WHERE ${own} AND user_uuid = ${uuid}::uuid LIMIT ${TURNS_LOOKED_AT}
    ) turn WHERE length(turn.role) > 1 AND lower(turn.role) NOT IN (
      SELECT lower(coalesce(first_name, '')) FROM users WHERE ${own} AND uuid = ${uuid}::uuid)`);
}

function inGraph(alias: Prisma.Sql, { projectUuid, uuid }: GraphKey): Prisma.Sql {
  return Prisma.sql`${alias}.project_uuid = ${projectUuid}::uuid AND ${alias}.graph_uuid = ${uuid}::uuid`;
}

function matches(terms: Prisma.Sql, query: string): Prisma.Sql {
  return Prisma.sql`${terms} @@ lethe_any_term(${query})`;
}

/** A score without bounds, brought to 0…1 so that callers can ask for a least one. */
function asShare(score: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${score} / (${score} + ${HALF}))`;
}

/** The score that counts as one half. */
const HALF = Prisma.sql`8`;

/** ts_rank without length normalisation (it hurts recall), brought to 0…1. */
function score(terms: Prisma.Sql, query: string): Prisma.Sql {
  return Prisma.sql`ts_rank(${terms}, lethe_any_term(${query}), 32)::float8`;
}

interface Nearness {
  steps: Prisma.Sql;
  join: (ends: Prisma.Sql) => Prisma.Sql;
  condition: Prisma.Sql | null;
  order: Prisma.Sql;
}

const NOWHERE: Nearness = { steps: Prisma.empty, join: () => Prisma.empty, condition: null, order: Prisma.empty };

/** How many steps along facts a find lies from the centre or the origins, where the search names any. */
function nearness(graph: GraphKey, search: GraphSearch): Nearness {
  const starts = [...(search.centerNode ? [search.centerNode] : []), ...search.origins];
  if (starts.length === 0) return NOWHERE;
  const steps = Prisma.sql`walk (node, step) AS (
      SELECT unnest(${starts}::uuid[]), 0
      UNION
      SELECT CASE WHEN e.source_uuid = walk.node THEN e.target_uuid ELSE e.source_uuid END, walk.step + 1
      FROM walk JOIN edges e ON ${inGraph(Prisma.sql`e`, graph)} AND walk.node IN (e.source_uuid, e.target_uuid)
      WHERE walk.step < ${MOST_STEPS}
    ), distance AS (SELECT node, min(step) AS step FROM walk GROUP BY node),`;
  return {
    steps,
    join: (ends) =>
      Prisma.sql`LEFT JOIN LATERAL (SELECT min(step) AS steps FROM distance WHERE node IN (${ends})) AS near ON TRUE`,
    condition: search.origins.length > 0 ? Prisma.sql`near.steps IS NOT NULL` : null,
    order: Prisma.sql`near.steps NULLS LAST,`,
  };
}

const mentions = {
  edges: Prisma.sql`(SELECT count(DISTINCT l.episode_uuid) FROM claims l WHERE l.project_uuid = e.project_uuid
    AND l.graph_uuid = e.graph_uuid AND l.edge_uuid = e.uuid) DESC,`,
  nodes: Prisma.sql`(SELECT count(*) FROM node_episodes l WHERE l.project_uuid = n.project_uuid
    AND l.graph_uuid = n.graph_uuid AND l.node_uuid = n.uuid) DESC,`,
};

function ranking({ reranker }: GraphSearch, mentioned: Prisma.Sql, near: Nearness): Prisma.Sql {
  if (reranker === "node_distance") return near.order;
  return reranker === "episode_mentions" ? mentioned : Prisma.empty;
}

function taken({ reranker, limit }: GraphSearch): number {
  return reranker === "mmr" ? POOL : limit;
}

function finish<Row extends { score?: number }>(
  found: Row[],
  search: GraphSearch,
  textOf: (row: Row) => string,
): Row[] {
  const good = found.filter((row) => (row.score ?? 0) >= search.minScore);
  return search.reranker === "mmr" ? diversify(good, textOf, search.mmrLambda, search.limit) : good;
}
