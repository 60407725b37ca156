import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, oneOf, readRowsIn, type Shape } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { findPolicy } from "#lib/privacy/policy/queries.ts";
import {
  CLOCK_SHARES,
  LAWS,
  type Law,
  REQUEST_STATES,
  REQUEST_TYPES,
  type RequestState,
  type RequestType,
} from "#lib/privacy/requests/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/**
 * What became of the requests of one right that arrived in a year. Businesses above a size publish this by 1 July of the next
 * year: received, complied with in whole or in part, denied, and the median or mean number of days within which they
 * responded (11 CCR § 7102).
 */
export interface RightFigures {
  law: Law;
  type: RequestType;
  received: number;
  complied: number;
  partly: number;
  denied: number;
  nobodyKnown: number;
  /** Withdrawn by the person, cancelled, or expired because they never showed who they are: no answer is due. */
  ended: number;
  open: number;
  /** The law's time was extended, with reasons. */
  extended: number;
  /** Answered after the time was over, or the time is over and they have not been told yet. */
  late: number;
  /** From arrival to answer; null where nobody has been answered. */
  medianDays: number | null;
  meanDays: number | null;
}

/** The requests that arrived in a month, by how they stand with their clocks. Each is counted once. */
export interface MonthFigures {
  /** 1 to 12. */
  month: number;
  inTime: number;
  late: number;
  running: number;
  ended: number;
}

/** How long requests stay in a state before they leave it. */
export interface StageFigures {
  state: RequestState;
  left: number;
  /** Milliseconds. */
  median: number;
  ninetieth: number;
}

/** How the clocks of all requests stand that are open now, whenever they arrived. */
export interface ClockFigures {
  halfOrMore: number;
  quarterOrMore: number;
  less: number;
  overdue: number;
  stopped: number;
}

export interface RequestReport {
  year: number;
  /** Every year in which one has arrived, and this one; the latest first. */
  years: number[];
  timeZone: string;
  rights: RightFigures[];
  months: MonthFigures[];
  stages: StageFigures[];
  clocks: ClockFigures;
}

const RIGHT_SHAPE: Shape<RightFigures> = {
  law: oneOf(LAWS),
  type: oneOf(REQUEST_TYPES),
  received: NUMBER,
  complied: NUMBER,
  partly: NUMBER,
  denied: NUMBER,
  nobodyKnown: NUMBER,
  ended: NUMBER,
  open: NUMBER,
  extended: NUMBER,
  late: NUMBER,
  medianDays: nullable(NUMBER),
  meanDays: nullable(NUMBER),
};

/** No answer is due to these any more. */
const IS_ENDED = Prisma.sql`r.state IN ('withdrawn', 'cancelled', 'expired')`;
const IS_ANSWERED = Prisma.sql`r.answered_at IS NOT NULL AND NOT ${IS_ENDED}`;
/** A clock that stands still is read where it stopped. */
const IS_LATE = Prisma.sql`coalesce(r.answered_at, r.paused_at, now()) > r.answer_by AND NOT ${IS_ENDED}`;
const DAYS_TAKEN = Prisma.sql`extract(epoch FROM r.answered_at - r.received_at)::float8 / 86400`;

/**
 * How the requests of a year went, in the figures that laws ask for and in those that show where time is lost. A year, its months
 * and its days are those of where the team works.
 * @param year the year that is meant, the present one when none is given or nothing has arrived in it.
 */
export async function getRequestReport(actor: Actor, { year: asked }: { year: number | null }): Promise<RequestReport> {
  authorize(actor, "requests:work");
  const { timeZone } = await findPolicy(db(), actor);
  const years = await listYears(actor, timeZone);
  const year = years.find((known) => known === asked) ?? years[0] ?? new Date().getUTCFullYear();
  const arrived = Prisma.sql`${inProject(actor, "r")} AND r.received_at >= ${startOf(year, timeZone)}
    AND r.received_at < ${startOf(year + 1, timeZone)}`;
  const [rights, months, stages, clocks] = await Promise.all([
    readRights(arrived),
    readMonths(arrived, timeZone),
    readStages(arrived),
    readClocks(actor),
  ]);
  return { year, years, timeZone, rights, months, stages, clocks };
}

function startOf(year: number, timeZone: string): Prisma.Sql {
  return Prisma.sql`make_timestamptz(${year}::int, 1, 1, 0, 0, 0, ${timeZone})`;
}

/** Counted from the first arrival: what lies between is shown as the quiet years that they were. */
async function listYears(actor: Actor, timeZone: string): Promise<number[]> {
  const [span] = await readRowsIn(db(), { first: NUMBER, now: NUMBER })`
    SELECT extract(year FROM coalesce(min(r.received_at), now()) AT TIME ZONE ${timeZone})::int AS first,
      extract(year FROM now() AT TIME ZONE ${timeZone})::int AS now
    FROM privacy_requests r WHERE ${inProject(actor, "r")}`;
  if (!span) return [];
  return Array.from({ length: span.now - span.first + 1 }, (_, back) => span.now - back);
}

function readRights(arrived: Prisma.Sql): Promise<RightFigures[]> {
  return readRowsIn(db(), RIGHT_SHAPE)`
    SELECT r.law::text, r.type::text, count(*)::int AS received,
      count(*) FILTER (WHERE r.state = 'completed')::int AS complied,
      count(*) FILTER (WHERE r.state = 'completed_partial')::int AS partly,
      count(*) FILTER (WHERE r.state = 'rejected')::int AS denied,
      count(*) FILTER (WHERE r.state = 'closed_no_match')::int AS "nobodyKnown",
      count(*) FILTER (WHERE ${IS_ENDED})::int AS ended,
      count(*) FILTER (WHERE r.closed_at IS NULL)::int AS open,
      count(*) FILTER (WHERE r.extended_at IS NOT NULL)::int AS extended,
      count(*) FILTER (WHERE ${IS_LATE})::int AS late,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ${DAYS_TAKEN}) FILTER (WHERE ${IS_ANSWERED}) AS "medianDays",
      avg(${DAYS_TAKEN}) FILTER (WHERE ${IS_ANSWERED}) AS "meanDays"
    FROM privacy_requests r WHERE ${arrived} GROUP BY r.law, r.type ORDER BY r.law, r.type`;
}

async function readMonths(arrived: Prisma.Sql, timeZone: string): Promise<MonthFigures[]> {
  const shape = { month: NUMBER, inTime: NUMBER, late: NUMBER, running: NUMBER, ended: NUMBER };
  const rows = await readRowsIn(db(), shape)`
    SELECT month, count(*) FILTER (WHERE stands = 'in time')::int AS "inTime", count(*) FILTER (WHERE stands = 'late')::int AS late,
      count(*) FILTER (WHERE stands = 'running')::int AS running, count(*) FILTER (WHERE stands = 'ended')::int AS ended
    FROM (SELECT extract(month FROM r.received_at AT TIME ZONE ${timeZone})::int AS month,
        CASE WHEN ${IS_ENDED} THEN 'ended' WHEN ${IS_LATE} THEN 'late' WHEN ${IS_ANSWERED} THEN 'in time' ELSE 'running' END AS stands
      FROM privacy_requests r WHERE ${arrived}) placed
    GROUP BY month`;
  const known = new Map(rows.map((row) => [row.month, row]));
  return Array.from(
    { length: 12 },
    (_, index) => known.get(index + 1) ?? { month: index + 1, inTime: 0, late: 0, running: 0, ended: 0 },
  );
}

/** Read from the audit trail, where every step of a request is. A state that a request is still in has no length yet. */
async function readStages(arrived: Prisma.Sql): Promise<StageFigures[]> {
  const shape = { state: oneOf(REQUEST_STATES), left: NUMBER, median: NUMBER, ninetieth: NUMBER };
  const rows = await readRowsIn(db(), shape)`
    WITH steps AS (
      SELECT coalesce(e.data ->> 'state', 'received') AS state, e.at, lead(e.at) OVER (PARTITION BY r.uuid ORDER BY e.seq) AS until
      FROM privacy_requests r
      JOIN audit_events e ON ${sameProject("e", "r")} AND e.subject_ref = r.subject_ref AND e.data ->> 'request' = r.number::text
        AND e.action IN ('request.filed', 'request.moved')
      WHERE ${arrived}),
    stays AS (SELECT state, extract(epoch FROM until - at)::float8 * 1000 AS length FROM steps WHERE until IS NOT NULL)
    SELECT state, count(*)::int AS left, percentile_cont(0.5) WITHIN GROUP (ORDER BY length) AS median,
      percentile_cont(0.9) WITHIN GROUP (ORDER BY length) AS ninetieth
    FROM stays GROUP BY state`;
  return REQUEST_STATES.flatMap((state) => rows.filter((row) => row.state === state));
}

async function readClocks(actor: Actor): Promise<ClockFigures> {
  const share = Prisma.sql`extract(epoch FROM r.answer_by - now()) / nullif(extract(epoch FROM r.answer_by - r.received_at), 0)`;
  const { ample, short } = CLOCK_SHARES;
  const isRunning = Prisma.sql`r.paused_at IS NULL AND r.answer_by >= now()`;
  const [clocks] = await readRowsIn(db(), {
    halfOrMore: NUMBER,
    quarterOrMore: NUMBER,
    less: NUMBER,
    overdue: NUMBER,
    stopped: NUMBER,
  })`
    SELECT count(*) FILTER (WHERE ${isRunning} AND ${share} >= ${ample})::int AS "halfOrMore",
      count(*) FILTER (WHERE ${isRunning} AND ${share} >= ${short} AND ${share} < ${ample})::int AS "quarterOrMore",
      count(*) FILTER (WHERE ${isRunning} AND ${share} < ${short})::int AS less,
      count(*) FILTER (WHERE r.paused_at IS NULL AND r.answer_by < now())::int AS overdue,
      count(*) FILTER (WHERE r.paused_at IS NOT NULL)::int AS stopped
    FROM privacy_requests r WHERE ${inProject(actor, "r")} AND r.closed_at IS NULL`;
  return clocks ?? { halfOrMore: 0, quarterOrMore: 0, less: 0, overdue: 0, stopped: 0 };
}
