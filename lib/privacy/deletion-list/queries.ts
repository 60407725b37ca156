import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, oneOf, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { DAYS_BETWEEN_PULLS, ITEM_STATES, type ItemState, RESULT_CODES } from "#lib/privacy/deletion-list/terms.ts";
import { EXEMPTING_GROUNDS } from "#lib/privacy/requests/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * SQL: how it stands with each row of the lists. What is told of people follows from those who match now: several, the one and
 * the request about them, or nobody; and then from whether somebody who matched was erased, with a receipt that is confirmed.
 */
export function selectItems(project: { projectUuid: string }): Prisma.Sql {
  return Prisma.sql`
    SELECT i.work_item, i.list, i.added_at, i.reported_code, m.people, m.user_uuid, m.since, r.uuid AS request_uuid, r.number, CASE
      WHEN i.removed_at IS NOT NULL THEN 'removed'
      WHEN m.people > 1 THEN CASE WHEN m.opted_out THEN 'opted_out' ELSE 'shared' END
      WHEN m.people = 1 AND r.uuid IS NOT NULL AND r.closed_at IS NULL THEN 'in_progress'
      WHEN m.people = 1 AND r.state = 'rejected' AND r.refusal_ground = ANY(${[...EXEMPTING_GROUNDS]}) THEN 'exempted'
      WHEN m.people = 1 THEN 'matched'
      WHEN i.erased_at IS NOT NULL THEN CASE WHEN t.status = 'confirmed' THEN 'deleted' ELSE 'in_progress' END
      WHEN i.compared_at IS NULL THEN 'unmatched'
      ELSE 'not_found' END AS state
    FROM deletion_list_items i
    LEFT JOIN LATERAL (SELECT count(*)::int AS people, bool_and(m.opted_out_at IS NOT NULL) AS opted_out,
        (array_agg(m.user_uuid))[1] AS user_uuid, min(m.since) AS since, (array_agg(m.request_uuid))[1] AS request_uuid
      FROM deletion_list_matches m WHERE ${sameProject("m", "i")} AND m.work_item = i.work_item) m ON TRUE
    LEFT JOIN privacy_requests r ON ${sameProject("r", "i")}
      AND r.uuid = CASE WHEN m.people = 0 THEN i.request_uuid WHEN m.people = 1 THEN m.request_uuid END
    LEFT JOIN receipts t ON ${sameProject("t", "i")} AND t.uuid = i.receipt_uuid
    WHERE ${inProject(project, "i")}`;
}

/** SQL: what the State is told of a row that stands so; nothing while it is open. */
export const CODE = Prisma.sql`CASE state ${Prisma.join(
  Object.entries(RESULT_CODES).map(([state, code]) => Prisma.sql`WHEN ${state} THEN ${code}::int`),
  " ",
)} END`;

/** Somebody on the lists, by the State's id; who they are is known only where somebody matches. */
export interface ListItem {
  workItem: string;
  list: string;
  state: ItemState;
  addedAt: Date;
  reportedCode: number | null;
  /** How many users are reached by it. */
  people: number;
  request: string | null;
  number: string | null;
}

const ITEM_SHAPE: Shape<ListItem> = {
  workItem: TEXT,
  list: TEXT,
  state: oneOf(ITEM_STATES),
  addedAt: TIME,
  reportedCode: nullable(NUMBER),
  people: NUMBER,
  request: nullable(TEXT),
  number: nullable(TEXT),
};

const MOST_SHOWN = 200;

/** Those on the lists who need something done first, at most 200; who is not found stands last. */
export async function listItems(actor: Actor): Promise<ListItem[]> {
  authorize(actor, "requests:work");
  return readRowsIn(db(), ITEM_SHAPE)`
    SELECT work_item AS "workItem", list, state, added_at AS "addedAt", reported_code AS "reportedCode", people,
      request_uuid AS request, number::text
    FROM (${selectItems(actor)}) i
    ORDER BY array_position(ARRAY['shared', 'matched', 'in_progress', 'unmatched', 'exempted', 'deleted', 'opted_out', 'removed',
      'not_found'], state), added_at DESC, work_item LIMIT ${MOST_SHOWN}`;
}

/** How the lists stand as a whole. */
export interface ListFigures {
  total: number;
  states: Record<ItemState, number>;
  /** Rows with a code that the State was not told yet, or was told otherwise. */
  unreported: number;
  changed: number;
  lastPulledAt: Date | null;
  /** When they have to be fetched again at the latest. */
  nextPullBy: Date | null;
  lastComparedAt: Date | null;
}

const FIGURES_SHAPE = {
  state: oneOf(ITEM_STATES),
  total: NUMBER,
  unreported: NUMBER,
  changed: NUMBER,
};

export async function getListFigures(actor: Actor): Promise<ListFigures> {
  authorize(actor, "requests:work");
  const counted = await readRowsIn(db(), FIGURES_SHAPE)`
    SELECT state, count(*)::int AS total, count(*) FILTER (WHERE ${CODE} IS NOT NULL AND reported_code IS NULL)::int AS unreported,
      count(*) FILTER (WHERE ${CODE} <> reported_code)::int AS changed
    FROM (${selectItems(actor)}) i GROUP BY state`;
  const [moments] = await readRowsIn(db(), { pulled: nullable(TIME), compared: nullable(TIME) })`
    SELECT (SELECT max(at) FROM deletion_list_runs WHERE ${inProject(actor)} AND kind = 'pull') AS pulled,
      (SELECT max(compared_at) FROM deletion_list_items WHERE ${inProject(actor)}) AS compared`;
  const sum = (of: "total" | "unreported" | "changed") => counted.reduce((before, row) => before + row[of], 0);
  const pulled = moments?.pulled ?? null;
  const counts = new Map(counted.map(({ state, total }) => [state, total]));
  const count = (state: ItemState) => counts.get(state) ?? 0;
  return {
    total: sum("total"),
    states: {
      unmatched: count("unmatched"),
      matched: count("matched"),
      in_progress: count("in_progress"),
      shared: count("shared"),
      exempted: count("exempted"),
      deleted: count("deleted"),
      opted_out: count("opted_out"),
      not_found: count("not_found"),
      removed: count("removed"),
    },
    unreported: sum("unreported"),
    changed: sum("changed"),
    lastPulledAt: pulled,
    nextPullBy: pulled && new Date(pulled.getTime() + DAYS_BETWEEN_PULLS * 86_400_000),
    lastComparedAt: moments?.compared ?? null,
  };
}

/** A report that was made for the State. */
export interface ReportRow {
  uuid: string;
  at: Date;
  rows: number;
}

/** The latest fifty reports; each can be had again as it was. */
export async function listReports(actor: Actor): Promise<ReportRow[]> {
  authorize(actor, "requests:work");
  return readRowsIn(db(), { uuid: TEXT, at: TIME, rows: NUMBER })`
    SELECT uuid, at, jsonb_array_length(rows) AS rows FROM deletion_list_runs
    WHERE ${inProject(actor)} AND kind = 'report' ORDER BY at DESC LIMIT 50`;
}
