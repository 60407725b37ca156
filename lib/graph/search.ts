import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { rows } from "#lib/db/client.ts";
import { all } from "#lib/db/sql.ts";
import { diversify } from "#lib/graph/diversify.ts";
import { edgeConditions, nodeConditions } from "#lib/graph/filter.ts";
import { getGraph } from "#lib/graph/queries.ts";
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
 * Finds what a question's words occur in, best first, in one graph. Ranking is lexical: any word counts, rare or common,
 * and the reranker decides what else does; without a model `cross_encoder` ranks as `rrf`.
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
  const terms = Prisma.sql`lethe_terms(e.name || ' ' || e.fact)`;
  const near = nearness(graph, search);
  const found = await rows<EdgeRow>(Prisma.sql`
    ${near.steps}
    SELECT ${EDGE}, ${score(terms, search.query)} AS score ${fromEdges} ${near.join(Prisma.sql`e.source_uuid, e.target_uuid`)}
    WHERE ${all([
      inGraph(Prisma.sql`e`, graph),
      matches(terms, search.query),
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
    ${near.steps}
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

/** Words of messages and of other data are indexed apart. Each is found first and joined after: the other way round the words would be compared over and over. */
async function searchEpisodes(graph: GraphKey, search: GraphSearch): Promise<EpisodeRow[]> {
  const own = Prisma.sql`lethe_terms(e.content)`;
  const said = Prisma.sql`lethe_terms(m.content)`;
  const best = Prisma.sql`ORDER BY score DESC LIMIT ${POOL}`;
  const hits = await rows<EpisodeRow>(Prisma.sql`
    WITH own AS MATERIALIZED (
      SELECT e.uuid, ${score(own, search.query)} AS score FROM episodes e
      WHERE ${all([inGraph(Prisma.sql`e`, graph), Prisma.sql`e.content IS NOT NULL`, matches(own, search.query)])} ${best}
    ), said AS MATERIALIZED (
      SELECT m.uuid, ${score(said, search.query)} AS score FROM messages m
      WHERE m.project_uuid = ${graph.projectUuid}::uuid AND m.user_uuid = ${graph.uuid}::uuid
        AND ${matches(said, search.query)} ${best}
    ), hits AS MATERIALIZED (SELECT * FROM own UNION ALL SELECT * FROM said)
    SELECT ${EPISODE}, hits.score ${fromEpisodes} JOIN hits ON hits.uuid = e.uuid
    WHERE ${inGraph(Prisma.sql`e`, graph)}
    ORDER BY hits.score DESC, e.created_at DESC, e.uuid LIMIT ${taken(search)}`);
  return finish(hits, search, (row) => row.content);
}

function inGraph(alias: Prisma.Sql, { projectUuid, uuid }: GraphKey): Prisma.Sql {
  return Prisma.sql`${alias}.project_uuid = ${projectUuid}::uuid AND ${alias}.graph_uuid = ${uuid}::uuid`;
}

function matches(terms: Prisma.Sql, query: string): Prisma.Sql {
  return Prisma.sql`${terms} @@ lethe_any_term(${query})`;
}

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
  const steps = Prisma.sql`WITH RECURSIVE walk (node, step) AS (
      SELECT unnest(${starts}::uuid[]), 0
      UNION
      SELECT CASE WHEN e.source_uuid = walk.node THEN e.target_uuid ELSE e.source_uuid END, walk.step + 1
      FROM walk JOIN edges e ON ${inGraph(Prisma.sql`e`, graph)} AND walk.node IN (e.source_uuid, e.target_uuid)
      WHERE walk.step < ${MOST_STEPS}
    ), distance AS (SELECT node, min(step) AS step FROM walk GROUP BY node)`;
  return {
    steps,
    join: (ends) =>
      Prisma.sql`LEFT JOIN LATERAL (SELECT min(step) AS steps FROM distance WHERE node IN (${ends})) AS near ON TRUE`,
    condition: search.origins.length > 0 ? Prisma.sql`near.steps IS NOT NULL` : null,
    order: Prisma.sql`near.steps NULLS LAST,`,
  };
}

const mentions = {
  edges: Prisma.sql`(SELECT count(*) FROM edge_episodes l WHERE l.project_uuid = e.project_uuid
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
