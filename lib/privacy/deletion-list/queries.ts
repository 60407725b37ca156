import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, oneOf, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { DAYS_BETWEEN_PULLS, ITEM_STATES, type ItemState, RESULT_CODES } from "#lib/privacy/deletion-list/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * SQL: how it stands with each row of the lists. A request that was done says what is so, until somebody matches once more;
 * one that came to nothing leaves the row to be filed again.
 */
export function selectItems({ projectUuid }: { projectUuid: string }): Prisma.Sql {
  const anew = Prisma.sql`r.state IN ('completed', 'completed_partial', 'closed_no_match', 'withdrawn', 'cancelled', 'expired')`;
  return Prisma.sql`
    SELECT i.work_item, i.list, i.added_at, i.reported_code, i.reported_at, i.request_uuid, i.filings, m.people, r.number, CASE
      WHEN i.removed_at IS NOT NULL THEN 'removed'
      WHEN r.closed_at IS NULL AND r.uuid IS NOT NULL THEN 'in_progress'
      WHEN r.state = 'rejected' AND m.people > 0 THEN 'exempted'
      WHEN m.people > 1 THEN CASE WHEN i.opted_out_at IS NULL THEN 'shared' ELSE 'opted_out' END
      WHEN m.people = 1 AND (r.uuid IS NULL OR ${anew}) THEN 'matched'
      WHEN r.state IN ('completed', 'completed_partial') THEN 'deleted'
      WHEN i.matched_at IS NULL THEN 'unmatched'
      ELSE 'not_found' END AS state
    FROM deletion_list_items i
    LEFT JOIN LATERAL (SELECT count(*)::int AS people FROM deletion_list_matches m
      WHERE ${sameProject("m", "i")} AND m.work_item = i.work_item) m ON TRUE
    LEFT JOIN privacy_requests r ON ${sameProject("r", "i")} AND r.uuid = i.request_uuid
    WHERE ${inProject({ projectUuid }, "i")}`;
}

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
  lastMatchedAt: Date | null;
  lastReportedAt: Date | null;
}

/** SQL: what the State is told of a row that stands so; nothing while it is open. */
export const CODE = Prisma.sql`CASE state ${Prisma.join(
  Object.entries(RESULT_CODES).map(([state, code]) => Prisma.sql`WHEN ${state} THEN ${code}::int`),
  " ",
)} END`;

const FIGURES_SHAPE = {
  state: oneOf(ITEM_STATES),
  total: NUMBER,
  unreported: NUMBER,
  changed: NUMBER,
};

const MOMENTS_SHAPE = { pulled: nullable(TIME), matched: nullable(TIME), reported: nullable(TIME) };

export async function getListFigures(actor: Actor): Promise<ListFigures> {
  authorize(actor, "requests:work");
  const counted = await readRowsIn(db(), FIGURES_SHAPE)`
    SELECT state, count(*)::int AS total, count(*) FILTER (WHERE ${CODE} IS NOT NULL AND reported_code IS NULL)::int AS unreported,
      count(*) FILTER (WHERE ${CODE} <> reported_code)::int AS changed
    FROM (${selectItems(actor)}) i GROUP BY state`;
  const [moments] = await readRowsIn(db(), MOMENTS_SHAPE)`
    SELECT max(added_at) AS pulled, max(matched_at) AS matched, max(reported_at) AS reported
    FROM deletion_list_items WHERE ${inProject(actor)}`;
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
    lastMatchedAt: moments?.matched ?? null,
    lastReportedAt: moments?.reported ?? null,
  };
}
