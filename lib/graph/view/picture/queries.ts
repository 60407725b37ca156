import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import {
  BOOLEAN,
  JSON_VALUE,
  listOf,
  NUMBER,
  nullable,
  type RowOf,
  readRows,
  type Shape,
  TEXT,
  TIME,
} from "#lib/db/rows.ts";
import { graphOf, inGraph, sameGraph, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { IS_CURRENT, IS_KNOWN, TELLING_COLUMNS } from "#lib/graph/rows.ts";
import { findPath } from "#lib/graph/view/picture/path.ts";
import type { GraphView, GraphViewQuery, ViewFact, ViewNode } from "#lib/graph/view/picture/schema.ts";
import { MOST_OPENED } from "#lib/graph/view/picture/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

const VIEW_NODE_SHAPE: Shape<ViewNode & { total: number; facts: number }> = {
  uuid: TEXT,
  name: TEXT,
  labels: listOf(TEXT),
  degree: NUMBER,
  since: NUMBER,
  x: nullable(NUMBER),
  y: nullable(NUMBER),
  pinned: BOOLEAN,
  total: NUMBER,
  facts: NUMBER,
};

/**
 * What a picture of a person's graph shows: the person, what was asked for by name, and then the most relevant nodes up to
 * the limit, with every fact between them. @throws AppError `not_found`.
 */
export async function getGraphView(actor: Actor, { user, limit, open, node, to }: GraphViewQuery): Promise<GraphView> {
  authorize(actor, "graph:read");
  await viewPeople(db(), actor, { users: [user] }, "graph");
  const graph = graphOf(actor, user);
  const known = Prisma.sql`${inGraph(graph, "e")} AND ${IS_KNOWN}`;
  const path = node && to && node !== to ? await findPath(known, node, to) : [];
  const opened = open.length > 0 ? await listNeighbours(known, open) : { nodes: [], cut: [] };
  const wanted = [user, ...open, ...opened.nodes, ...path, ...[node, to].filter((uuid) => uuid !== null)];
  const nodes = await readRows(VIEW_NODE_SHAPE)`
    WITH ends AS (
      SELECT e.source_uuid AS node, e.target_uuid AS other, e.valid_at, e.created_at, ${IS_CURRENT} AS holds FROM edges e WHERE ${known}
      UNION ALL
      SELECT e.target_uuid, e.source_uuid, e.valid_at, e.created_at, ${IS_CURRENT} FROM edges e
      WHERE ${known} AND e.source_uuid <> e.target_uuid
    ), weights AS (
      SELECT node, count(*)::int AS degree, max(coalesce(valid_at, created_at)) AS latest,
        sum(CASE WHEN holds THEN 1 ELSE 0.3 END) + max(CASE WHEN other = ${user}::uuid THEN 1 ELSE 0 END) AS weight
      FROM ends GROUP BY node
    )
    SELECT n.uuid, n.name, n.labels, coalesce(w.degree, 0) AS degree, p.x, p.y, coalesce(p.pinned, FALSE) AS pinned,
      (extract(epoch FROM coalesce((
        SELECT min(s.created_at) FROM node_episodes m
        JOIN episodes s ON ${sameGraph("s", "m")} AND s.uuid = m.episode_uuid
        WHERE w.node IS NULL AND ${sameGraph("m", "n")} AND m.node_uuid = n.uuid
      ), n.created_at)) * 1000)::float8 AS since,
      (count(*) OVER ())::int AS total, (SELECT count(*)::int FROM edges e WHERE ${known}) AS facts
    FROM nodes n LEFT JOIN weights w ON w.node = n.uuid
    LEFT JOIN node_places p ON ${inGraph(graph, "p")} AND p.node_uuid = n.uuid
    WHERE ${inGraph(graph, "n")}
    ORDER BY n.uuid = ANY(${wanted}::uuid[]) DESC, w.weight DESC NULLS LAST, w.latest DESC NULLS LAST, n.uuid
    LIMIT ${Math.max(limit, new Set(wanted).size)}`;
  const [first] = nodes;
  if (!first) throw new AppError("not_found", "There is no such graph.");
  const { total, facts } = first;
  const shown = nodes.map(({ total: _, facts: __, ...one }) => one);
  const uuids = shown.map(({ uuid }) => uuid);
  return {
    asked: { limit, open, node, to },
    centre: user,
    nodes: shown,
    facts: await listFactsBetween(known, uuids),
    total: { nodes: total, facts },
    path,
    cut: opened.cut,
  };
}

const VIEW_FACT_SHAPE: Shape<ViewFact> = {
  uuid: TEXT,
  source: TEXT,
  target: TEXT,
  name: TEXT,
  fact: TEXT,
  begun: NUMBER,
  isDated: BOOLEAN,
  ended: nullable(NUMBER),
};

/** A fact without a known beginning began, for the picture, when it was first said. */
async function listFactsBetween(own: Prisma.Sql, uuids: string[]): Promise<ViewFact[]> {
  return readRows(VIEW_FACT_SHAPE)`
    WITH shown AS MATERIALIZED (SELECT unnest(${uuids}::uuid[]) AS uuid)
    SELECT e.uuid, e.source_uuid AS source, e.target_uuid AS target, e.name, e.fact,
      (extract(epoch FROM coalesce(e.valid_at, (
        SELECT min(coalesce(c.said_at, p.created_at)) FROM claims c
        JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
        WHERE ${sameGraph("c", "e")} AND c.edge_uuid = e.uuid
      ), least(e.created_at, e.invalid_at))) * 1000)::float8 AS begun,
      e.valid_at IS NOT NULL AND NOT told."beginsUntold" AS "isDated",
      (extract(epoch FROM e.invalid_at) * 1000)::float8 AS ended
    FROM edges e JOIN shown s ON s.uuid = e.source_uuid JOIN shown t ON t.uuid = e.target_uuid, LATERAL (SELECT ${TELLING_COLUMNS}) told
    WHERE ${own} ORDER BY begun, e.uuid`;
}

/** The best connected neighbours of each of these nodes. */
async function listNeighbours(own: Prisma.Sql, open: string[]): Promise<{ nodes: string[]; cut: string[] }> {
  const found = await readRows({ node: TEXT, other: TEXT, place: NUMBER })`
    SELECT node, other, place::int FROM (
      SELECT node, other, row_number() OVER (PARTITION BY node ORDER BY count(*) DESC, max(latest) DESC, other) AS place FROM (
        SELECT e.source_uuid AS node, e.target_uuid AS other, coalesce(e.valid_at, e.created_at) AS latest FROM edges e
        WHERE ${own} AND e.source_uuid = ANY(${open}::uuid[])
        UNION ALL
        SELECT e.target_uuid, e.source_uuid, coalesce(e.valid_at, e.created_at) FROM edges e
        WHERE ${own} AND e.target_uuid = ANY(${open}::uuid[])
      ) ends WHERE node <> other GROUP BY node, other
    ) ranked WHERE place <= ${MOST_OPENED + 1}`;
  const past = found.filter(({ place }) => place > MOST_OPENED).map(({ node }) => node);
  return { nodes: found.filter(({ place }) => place <= MOST_OPENED).map(({ other }) => other), cut: past };
}

const FOUND_NODE_SHAPE = { uuid: TEXT, name: TEXT, labels: listOf(TEXT) };

export type FoundNode = RowOf<typeof FOUND_NODE_SHAPE>;

const MOST_FOUND = 12;

/** The nodes of a person's graph whose name, or any name they go by, contains a text; those that begin with it first. */
export async function findNodes(actor: Actor, { user, text }: { user: string; text: string }): Promise<FoundNode[]> {
  authorize(actor, "graph:read");
  await viewPeople(db(), actor, { users: [user] }, "graph");
  return readRows(FOUND_NODE_SHAPE)`
    SELECT n.uuid, n.name, n.labels FROM nodes n
    WHERE ${inGraph(graphOf(actor, user), "n")}
      AND (lethe_fold(n.name) LIKE lethe_occurs(${text}) OR EXISTS (SELECT FROM node_names k
        WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid AND k.key LIKE lethe_occurs(${text})))
    ORDER BY NOT starts_with(lethe_fold(n.name), lethe_fold(${text})), length(n.name), n.name, n.uuid LIMIT ${MOST_FOUND}`;
}

export interface NodeCard {
  uuid: string;
  name: string;
  labels: string[];
  summary: string;
  attributes: unknown;
  /** How many episodes mention it, and the latest of them. */
  mentions: number;
  episodes: {
    uuid: string;
    content: string;
    createdAt: Date;
    sessionUuid: string | null;
    messageUuid: string | null;
  }[];
  /** Other names it goes by. */
  names: string[];
}

const LATEST_EPISODES = 5;

const CARD_EPISODE_SHAPE: Shape<NodeCard["episodes"][number]> = {
  uuid: TEXT,
  content: TEXT,
  createdAt: TIME,
  sessionUuid: nullable(TEXT),
  messageUuid: nullable(TEXT),
};

const NODE_CARD_SHAPE: Shape<Omit<NodeCard, "episodes">> = {
  uuid: TEXT,
  name: TEXT,
  attributes: JSON_VALUE,
  labels: listOf(TEXT),
  summary: TEXT,
  mentions: NUMBER,
  names: listOf(TEXT),
};

/** What is known of one node of a person's graph, but for its facts. @throws AppError `not_found`. */
export async function getNodeCard(actor: Actor, { user, node }: { user: string; node: string }): Promise<NodeCard> {
  authorize(actor, "graph:read");
  await viewPeople(db(), actor, { users: [user] }, "graph");
  const [card] = await readRows(NODE_CARD_SHAPE)`
    SELECT n.uuid, n.name, n.labels, n.summary, n.attributes,
      (SELECT count(*)::int FROM node_episodes m WHERE ${sameGraph("m", "n")} AND m.node_uuid = n.uuid) AS mentions,
      ARRAY(SELECT k.key FROM node_names k WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid
        AND k.key <> lethe_key(n.name) ORDER BY k.key LIMIT 10) AS names
    FROM nodes n WHERE ${inGraph(graphOf(actor, user), "n")} AND n.uuid = ${node}::uuid`;
  if (!card) throw new AppError("not_found", "This node is not there any more.");
  const episodes = await readRows(CARD_EPISODE_SHAPE)`
    SELECT e.uuid, left(coalesce(e.content, m.content), 300) AS content, e.created_at AS "createdAt", e.session_uuid AS "sessionUuid",
      e.message_uuid AS "messageUuid"
    FROM node_episodes l
    JOIN episodes e ON ${sameGraph("e", "l")} AND e.uuid = l.episode_uuid
    LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
    WHERE ${inGraph(graphOf(actor, user), "l")} AND l.node_uuid = ${node}::uuid
    ORDER BY e.created_at DESC, e.uuid LIMIT ${LATEST_EPISODES}`;
  return { ...card, episodes };
}
