import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, oneOf, type RowOf, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { graphOf, inGraph, inProject, sameGraph } from "#lib/db/scope.ts";
import { combineWithAnd } from "#lib/db/sql.ts";
import { IS_CURRENT, IS_KNOWN, TELLING_COLUMNS, TELLING_SHAPE } from "#lib/graph/rows.ts";
import { MIN_SUMMARY_CONFIDENCE } from "#lib/graph/schema.ts";
import { EXTRACTORS, type FactExtractor } from "#lib/graph/terms.ts";
import type { FactFilter, FactList } from "#lib/graph/view/facts/schema.ts";
import type { FactSort } from "#lib/graph/view/facts/terms.ts";
import { listRelationsOfTheme, RELATIONS, SAID } from "#lib/relations.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface FactRow {
  uuid: string;
  fact: string;
  name: string;
  sourceUuid: string;
  sourceName: string;
  targetUuid: string;
  targetName: string;
  validAt: Date | null;
  invalidAt: Date | null;
  createdAt: Date;
  confidence: number;
  extractor: FactExtractor;
  /** The fact that ended it. */
  supersededBy: string | null;
  superseding: string | null;
  /** The conversation and the message it was first said in; none for data and for what was stated. */
  sessionUuid: string | null;
  messageUuid: string | null;
  /** How many claims it rests on. */
  support: number;
  /** Nobody said since when it holds, or until when: its times are those of telling. */
  beginsUntold: boolean;
  endsUntold: boolean;
}

const COLUMNS = Prisma.sql`e.uuid, e.fact, e.name, e.source_uuid AS "sourceUuid", s.name AS "sourceName", e.target_uuid AS "targetUuid",
  t.name AS "targetName", e.valid_at AS "validAt", e.invalid_at AS "invalidAt", e.created_at AS "createdAt", e.confidence,
  e.extractor::text, e.superseded_by AS "supersededBy", next.fact AS superseding, said.session_uuid AS "sessionUuid",
  said.message_uuid AS "messageUuid", coalesce(said.support, 0)::int AS support, ${TELLING_COLUMNS}`;

/**
 * Joins the facts `e` that `picked` selects with their nodes and their provenance. They are picked first, because the joins
 * are slow for a whole graph.
 */
function joinProvenance(picked: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`FROM (${picked}) e
  JOIN nodes s ON ${sameGraph("s", "e")} AND s.uuid = e.source_uuid
  JOIN nodes t ON ${sameGraph("t", "e")} AND t.uuid = e.target_uuid
  LEFT JOIN edges next ON ${sameGraph("next", "e")} AND next.uuid = e.superseded_by
  LEFT JOIN LATERAL (
    SELECT p.session_uuid, p.message_uuid, count(*) OVER () AS support FROM claims c JOIN episodes p ON ${sameGraph("p", "c")}
      AND p.uuid = c.episode_uuid
    WHERE ${sameGraph("c", "e")} AND c.edge_uuid = e.uuid
    ORDER BY p.message_uuid IS NULL, p.created_at LIMIT 1
  ) said ON TRUE`;
}

const FACT_SHAPE: Shape<FactRow> = {
  uuid: TEXT,
  fact: TEXT,
  name: TEXT,
  sourceUuid: TEXT,
  sourceName: TEXT,
  targetUuid: TEXT,
  targetName: TEXT,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  createdAt: TIME,
  confidence: NUMBER,
  extractor: oneOf(EXTRACTORS),
  supersededBy: nullable(TEXT),
  superseding: nullable(TEXT),
  sessionUuid: nullable(TEXT),
  messageUuid: nullable(TEXT),
  support: NUMBER,
  ...TELLING_SHAPE,
};

export interface FactChange extends Pick<FactRow, "uuid" | "fact" | "sourceName" | "sessionUuid" | "messageUuid"> {
  at: Date;
  /** "over" where it is known only that it had ended by then. */
  turned: "began" | "ended" | "over";
}

const FACT_CHANGE_SHAPE: Shape<FactChange> = {
  at: TIME,
  turned: oneOf(["began", "ended", "over"]),
  sessionUuid: nullable(TEXT),
  uuid: TEXT,
  fact: TEXT,
  sourceName: TEXT,
  messageUuid: nullable(TEXT),
};

/** What somebody's life changes in: the relations of the vocabulary, and no key of a record. */
const IS_OF_LIFE = Prisma.sql`regexp_replace(e.name, '^NOT_', '') = ANY(${Object.keys(RELATIONS)}::text[])`;

/**
 * What began or ended last in a person's life, the latest first. What was only told for the first time did not begin then, unless
 * it took the place of something.
 */
export async function listFactChanges(actor: Actor, userUuid: string, limit: number): Promise<FactChange[]> {
  authorize(actor, "graph:read");
  const orderChanges = (at: Prisma.Sql) => Prisma.sql`${at}.at DESC, ${at}.turned DESC, e.fact, e.uuid`;
  const picked = Prisma.sql`SELECT e.*, turns.at, turns.turned FROM (
      SELECT e.*, ${TELLING_COLUMNS}, EXISTS (SELECT FROM edges p WHERE ${sameGraph("p", "e")} AND p.superseded_by = e.uuid) AS replaces
      FROM edges e WHERE ${inGraph(graphOf(actor, userUuid), "e")} AND ${IS_KNOWN} AND ${IS_OF_LIFE}
        AND e.source_uuid = e.graph_uuid AND e.confidence >= ${MIN_SUMMARY_CONFIDENCE}::real
    ) e CROSS JOIN LATERAL (VALUES (e.valid_at, 'began'), (e.invalid_at, 'ended')) AS turns (at, turned)
    WHERE turns.at <= now() AND (turns.turned = 'ended' OR NOT e."beginsUntold" OR e.replaces)
    ORDER BY ${orderChanges(Prisma.sql`turns`)} LIMIT ${limit}`;
  return readRows(FACT_CHANGE_SHAPE)`
    SELECT e.at, CASE WHEN e.turned = 'ended' AND e."endsUntold" THEN 'over' ELSE e.turned END AS turned, e.uuid, e.fact, s.name AS "sourceName", said.session_uuid AS "sessionUuid", said.message_uuid AS "messageUuid"
    ${joinProvenance(picked)} ORDER BY ${orderChanges(Prisma.sql`e`)}`;
}

const FACT_COUNTS_SHAPE = { current: NUMBER, past: NUMBER, coming: NUMBER, nodes: NUMBER };

export type FactCounts = RowOf<typeof FACT_COUNTS_SHAPE>;

/** How many of a person's facts hold, are over and are to come, and how many nodes there are. */
export async function getFactCounts(actor: Actor, userUuid: string): Promise<FactCounts> {
  authorize(actor, "graph:read");
  const own = inGraph(graphOf(actor, userUuid));
  const [counts] = await readRows(FACT_COUNTS_SHAPE)`
    SELECT count(*) FILTER (WHERE ${STATE.current})::int AS current, count(*) FILTER (WHERE ${STATE.past})::int AS past,
      count(*) FILTER (WHERE ${STATE.coming})::int AS coming, (SELECT count(*)::int FROM nodes WHERE ${own}) AS nodes
    FROM edges e WHERE ${own} AND ${IS_KNOWN}`;
  return counts ?? { current: 0, past: 0, coming: 0, nodes: 0 };
}

/** One page of a person's facts, current, past and coming. Past the end it is empty. */
export async function listFacts(actor: Actor, { page, size, sort, direction, filter }: FactList): Promise<FactRow[]> {
  authorize(actor, "graph:read");
  await viewPeople(db(), actor, { users: [filter.user] }, "facts");
  const way = direction === "asc" ? Prisma.sql`ASC NULLS FIRST` : Prisma.sql`DESC NULLS LAST`;
  const order = Prisma.sql`${SORT_KEY[sort]} ${way}, e.uuid`;
  const picked = Prisma.sql`SELECT e.* FROM edges e WHERE ${buildFilterCondition(actor, filter)}
    ORDER BY ${order} LIMIT ${size} OFFSET ${(page - 1) * size}`;
  return readRows(FACT_SHAPE)`SELECT ${COLUMNS} ${joinProvenance(picked)} ORDER BY ${order}`;
}

/** How many facts match, exactly. */
export async function countFacts(actor: Actor, filter: FactFilter): Promise<number> {
  authorize(actor, "graph:read");
  const [counted] = await readRows({ total: NUMBER })`
    SELECT count(*)::int AS total FROM edges e WHERE ${buildFilterCondition(actor, filter)}`;
  return counted?.total ?? 0;
}

/** How many facts rest on each of these messages; what taught nothing is left out. */
export async function countLearnedFacts(actor: Actor, messages: string[]): Promise<Map<string, number>> {
  authorize(actor, "graph:read");
  const found = await readRows({ message: TEXT, facts: NUMBER })`
    SELECT p.message_uuid AS message, count(DISTINCT c.edge_uuid)::int AS facts
    FROM episodes p JOIN claims c ON ${sameGraph("c", "p")} AND c.episode_uuid = p.uuid
    WHERE ${inProject(actor, "p")} AND p.message_uuid = ANY(${messages}::uuid[]) AND c.edge_uuid IS NOT NULL
      AND c.name <> ${SAID}
    GROUP BY 1`;
  return new Map(found.map(({ message, facts }) => [message, facts]));
}

/** The facts that rest on a message, in the order in which they hold. */
export async function listLearnedFacts(actor: Actor, { message }: { message: string }): Promise<FactRow[]> {
  authorize(actor, "graph:read");
  await viewPeople(db(), actor, { message }, "facts");
  const picked = Prisma.sql`SELECT e.* FROM edges e
    WHERE ${IS_KNOWN} AND (e.project_uuid, e.graph_uuid, e.uuid) IN (
      SELECT c.project_uuid, c.graph_uuid, c.edge_uuid FROM episodes p
      JOIN claims c ON ${sameGraph("c", "p")} AND c.episode_uuid = p.uuid
      WHERE ${inProject(actor, "p")} AND p.message_uuid = ${message}::uuid) LIMIT 100`;
  return readRows(FACT_SHAPE)`
    SELECT ${COLUMNS} ${joinProvenance(picked)} ORDER BY e.valid_at NULLS FIRST, e.fact, e.uuid`;
}

/** The relations that a person's facts have, the most frequent first. */
export async function listRelations(actor: Actor, userUuid: string): Promise<string[]> {
  authorize(actor, "graph:read");
  const found = await readRows({ name: TEXT })`
    SELECT name FROM edges WHERE ${inGraph(graphOf(actor, userUuid))}
    GROUP BY name ORDER BY count(*) DESC, name LIMIT 200`;
  return found.map(({ name }) => name);
}

/** What a person's facts are about, the most frequent first, the person left out. */
export async function listEntities(actor: Actor, userUuid: string): Promise<{ uuid: string; name: string }[]> {
  authorize(actor, "graph:read");
  return readRows({ uuid: TEXT, name: TEXT })`
    SELECT n.uuid, n.name FROM nodes n
    JOIN (
      SELECT ends.uuid, count(*) AS facts FROM edges e, LATERAL (VALUES (e.source_uuid), (e.target_uuid)) AS ends (uuid)
      WHERE ${inGraph(graphOf(actor, userUuid), "e")} GROUP BY ends.uuid
    ) counted USING (uuid)
    WHERE ${inGraph(graphOf(actor, userUuid), "n")} AND n.uuid <> n.graph_uuid
    ORDER BY counted.facts DESC, n.name, n.uuid LIMIT 200`;
}

/** From when to when a person's facts reach, those without a date left out; null where none has one. */
export async function findFactPeriod(actor: Actor, userUuid: string): Promise<{ from: Date; to: Date } | null> {
  authorize(actor, "graph:read");
  const [reach] = await readRows({ from: nullable(TIME), to: nullable(TIME) })`
    SELECT min(least(valid_at, invalid_at)) AS from, greatest(max(greatest(valid_at, invalid_at)), now()) AS to FROM edges
    WHERE ${inGraph(graphOf(actor, userUuid))} AND name <> ${SAID}`;
  return reach?.from && reach.to ? { from: reach.from, to: reach.to } : null;
}

const SORT_KEY: Record<FactSort, Prisma.Sql> = {
  fact: Prisma.sql`lower(e.fact)`,
  relation: Prisma.sql`e.name`,
  from: Prisma.sql`e.valid_at`,
  until: Prisma.sql`e.invalid_at`,
  learned: Prisma.sql`e.created_at`,
  confidence: Prisma.sql`e.confidence`,
};

const STATE = {
  current: IS_CURRENT,
  past: Prisma.sql`e.invalid_at <= now()`,
  coming: Prisma.sql`e.valid_at > now()`,
};

function buildFilterCondition(
  actor: Actor,
  { user, state, asOf, relation, theme, kind, extractor, node, fact, confidence, search }: FactFilter,
): Prisma.Sql {
  return combineWithAnd([
    inGraph(graphOf(actor, user), "e"),
    state && STATE[state],
    asOf &&
      Prisma.sql`(e.valid_at IS NULL OR e.valid_at <= ${asOf}) AND (e.invalid_at IS NULL OR e.invalid_at > ${asOf})`,
    // Quotations are a list of their own: they are shown where they are asked for.
    relation ? Prisma.sql`e.name = ${relation}` : kind === "said" ? Prisma.sql`e.name = ${SAID}` : IS_KNOWN,
    theme &&
      Prisma.sql`(regexp_replace(e.name, '^NOT_', '') = ANY(${listRelationsOfTheme(theme)}::text[])) = ${theme !== "other"}`,
    extractor && Prisma.sql`e.extractor = ${extractor}::extractor`,
    node ? Prisma.sql`${node}::uuid IN (e.source_uuid, e.target_uuid)` : null,
    fact
      ? Prisma.sql`(e.uuid = ${fact}::uuid OR e.superseded_by = ${fact}::uuid OR e.uuid = (SELECT f.superseded_by FROM edges f
          WHERE ${inGraph(graphOf(actor, user), "f")} AND f.uuid = ${fact}::uuid))`
      : null,
    confidence === null ? null : Prisma.sql`e.confidence >= ${confidence}::real`,
    search ? Prisma.sql`lethe_fold(e.fact) LIKE lethe_occurs(${search})` : null,
  ]);
}
