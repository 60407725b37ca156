import { EPISODE_SOURCES } from "#lib/audit/schema.ts";
import {
  BOOLEAN,
  JSON_VALUE,
  listOf,
  NUMBER,
  nullable,
  oneOf,
  optional,
  type Shape,
  TEXT,
  TIME,
} from "#lib/db/rows.ts";
import { inProject, sameGraph, sameProject } from "#lib/db/scope.ts";
import type { EpisodeRow, FactRecord, NodeRow } from "#lib/graph/schema.ts";
import { EXTRACTORS } from "#lib/graph/terms.ts";
import { SAID } from "#lib/relations.ts";
import { Prisma } from "#prisma/client/client.ts";
import { RoleType } from "#prisma/client/enums.ts";

/** Columns of `nodes n`. */
export const NODE_COLUMNS = Prisma.sql`n.uuid, n.graph_uuid AS "graphUuid", n.name, n.labels, n.summary, n.attributes,
  n.created_at AS "createdAt"`;

export const NODE_SHAPE: Shape<NodeRow> = {
  uuid: TEXT,
  graphUuid: TEXT,
  name: TEXT,
  labels: listOf(TEXT),
  summary: TEXT,
  attributes: JSON_VALUE,
  createdAt: TIME,
  score: optional(NUMBER),
};

/** A fact with the names of its ends: `edges e` between `nodes s` and `nodes t`. */
export const FACT_COLUMNS = Prisma.sql`e.uuid, e.graph_uuid AS "graphUuid", e.name, e.fact, e.attributes, e.rating,
  e.source_uuid AS "sourceUuid", s.name AS "sourceName", s.labels AS "sourceLabels",
  e.target_uuid AS "targetUuid", t.name AS "targetName", t.labels AS "targetLabels",
  ARRAY(SELECT DISTINCT l.episode_uuid FROM claims l WHERE ${sameGraph("l", "e")}
    AND l.edge_uuid = e.uuid ORDER BY l.episode_uuid)::text[] AS episodes,
  e.valid_at AS "validAt", e.invalid_at AS "invalidAt", e.created_at AS "createdAt", e.expired_at AS "expiredAt", e.confidence, e.extractor::text`;

export const FACT_RECORD_SHAPE: Shape<FactRecord> = {
  uuid: TEXT,
  graphUuid: TEXT,
  name: TEXT,
  fact: TEXT,
  attributes: JSON_VALUE,
  rating: nullable(NUMBER),
  sourceUuid: TEXT,
  sourceName: TEXT,
  sourceLabels: listOf(TEXT),
  targetUuid: TEXT,
  targetName: TEXT,
  targetLabels: listOf(TEXT),
  episodes: listOf(TEXT),
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  createdAt: TIME,
  expiredAt: nullable(TIME),
  confidence: NUMBER,
  extractor: oneOf(EXTRACTORS),
  score: optional(NUMBER),
};

export const FROM_FACTS = Prisma.sql`FROM edges e
  JOIN nodes s ON ${sameGraph("s", "e")} AND s.uuid = e.source_uuid
  JOIN nodes t ON ${sameGraph("t", "e")} AND t.uuid = e.target_uuid`;

/** An episode `e` with the words of its message `m`, where it is one, and the conversation `c` it belongs to. */
export const EPISODE_COLUMNS = Prisma.sql`e.uuid, e.graph_uuid AS "graphUuid", e.source::text, coalesce(e.content, m.content) AS content,
  e.source_description AS "sourceDescription", coalesce(m.metadata, e.metadata) AS metadata, c.session_id AS "sessionId",
  coalesce(m.role, e.role) AS role, coalesce(m.role_type, e.role_type)::text AS "roleType", e.created_at AS "createdAt", e.processed_at IS NOT NULL AS processed`;

export const EPISODE_SHAPE: Shape<EpisodeRow> = {
  uuid: TEXT,
  graphUuid: TEXT,
  source: oneOf(EPISODE_SOURCES),
  content: TEXT,
  sourceDescription: nullable(TEXT),
  metadata: JSON_VALUE,
  sessionId: nullable(TEXT),
  role: nullable(TEXT),
  roleType: nullable(oneOf(Object.values(RoleType))),
  createdAt: TIME,
  processed: BOOLEAN,
  score: optional(NUMBER),
};

export const FROM_EPISODES = Prisma.sql`FROM episodes e
  LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
  LEFT JOIN sessions c ON ${sameProject("c", "e")} AND c.uuid = e.session_uuid`;

/** The claims in the graph of a fact `e`, with the episodes they were made in, and the moment of each. */
const CLAIMS_TOLD = Prisma.sql`FROM claims told JOIN episodes p ON ${sameGraph("p", "told")} AND p.uuid = told.episode_uuid
  WHERE ${sameGraph("told", "e")}`;
const TOLD_AT = Prisma.sql`coalesce(told.said_at, p.created_at)`;

/**
 * Whether nobody said since when a fact `e` holds, and until when: its times are then those of telling, and it may have begun
 * and ended before.
 */
export const TELLING_COLUMNS = Prisma.sql`
  EXISTS (SELECT ${CLAIMS_TOLD} AND told.edge_uuid = e.uuid AND ${TOLD_AT} = e.valid_at) AS "beginsUntold",
  EXISTS (SELECT ${CLAIMS_TOLD} AND told.edge_uuid IN (e.uuid, e.superseded_by) AND ${TOLD_AT} = e.invalid_at) AS "endsUntold"`;

export const TELLING_SHAPE = { beginsUntold: BOOLEAN, endsUntold: BOOLEAN };

/** An episode `e` that asks not to be remembered, or that another one asks to forget: it is no memory. */
export const IS_WITHHELD = Prisma.sql`(e.withheld OR EXISTS (
  SELECT FROM retractions r JOIN episodes asking ON ${sameGraph("asking", "r")} AND asking.uuid = r.episode_uuid
  WHERE ${sameGraph("r", "e")} AND r.of_episode = e.uuid AND asking.withheld))`;

/** A fact `e` that is known, and not a quotation of what somebody said. */
export const IS_KNOWN = Prisma.sql`e.name <> ${SAID}`;

/** What is current of a fact `e` at this moment. */
export const IS_CURRENT = Prisma.sql`(e.valid_at IS NULL OR e.valid_at <= clock_timestamp())
  AND (e.invalid_at IS NULL OR e.invalid_at > clock_timestamp())`;

/**
 * The episodes that a fact rests on: those that claim it, and where one of them is an edit by hand, those that it put right, so
 * that forgetting the source of a corrected fact does not bring back what was wrong.
 */
export function selectSources(project: { projectUuid: string }, fact: string): Prisma.Sql {
  return Prisma.sql`
    SELECT graph_uuid, episode_uuid AS uuid FROM claims WHERE ${inProject(project)} AND edge_uuid = ${fact}::uuid
    UNION
    SELECT r.graph_uuid, r.of_episode FROM claims c JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
      JOIN retractions r ON ${sameGraph("r", "p")} AND r.episode_uuid = p.uuid
    WHERE ${inProject(project, "c")} AND c.edge_uuid = ${fact}::uuid AND p.source = 'correction'`;
}
