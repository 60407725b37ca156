import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { NUMBER, nullable, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, ofProject, sameProject } from "#lib/db/scope.ts";
import { combineWithAnd, restrictToPeriod } from "#lib/db/sql.ts";
import type { RequestFilter, RequestQuery } from "#lib/request-log/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface RequestRow {
  seq: string;
  at: Date;
  method: string;
  /** The pattern, such as `/users/{userId}`. */
  route: string;
  status: number;
  /** Milliseconds. */
  duration: number;
  keyName: string | null;
}

const REQUEST_SHAPE: Shape<RequestRow> = {
  seq: TEXT,
  at: TIME,
  method: TEXT,
  route: TEXT,
  status: NUMBER,
  duration: NUMBER,
  keyName: nullable(TEXT),
};

/** One page of the calls that applications have made. */
export async function listRequests(actor: Actor, query: RequestQuery): Promise<RequestRow[]> {
  authorize(actor, "request-log:read");
  const order = query.direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const key = query.sort === "duration" ? Prisma.sql`r.duration` : Prisma.sql`r.at`;
  return readRowsIn(db(), REQUEST_SHAPE)`
    SELECT r.seq::text, r.at, r.method, r.route, r.status, r.duration::float8 AS duration, k.name AS "keyName"
    FROM api_requests r LEFT JOIN api_keys k ON ${sameProject("k", "r")} AND k.uuid = r.api_key_uuid
    WHERE ${buildFilterCondition(actor, query)}
    ORDER BY ${key} ${order}, r.seq ${order} LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`;
}

/** How many calls match, exactly. */
export async function countRequests(actor: Actor, filter: RequestFilter): Promise<number> {
  authorize(actor, "request-log:read");
  const [counted] = await readRowsIn(db(), { total: NUMBER })`
    SELECT count(*)::int AS total FROM api_requests r WHERE ${buildFilterCondition(actor, filter)}`;
  return counted?.total ?? 0;
}

export interface RequestSummary {
  total: number;
  failed: number;
  refused: number;
  /** Milliseconds; null without calls. */
  p50: number | null;
  p95: number | null;
  /** For each of the last sixty minutes, the oldest first. */
  minutes: { done: number; notDone: number }[];
}

const REQUEST_SUMMARY_SHAPE: Shape<Omit<RequestSummary, "minutes">> = {
  refused: NUMBER,
  total: NUMBER,
  failed: NUMBER,
  p50: nullable(NUMBER),
  p95: nullable(NUMBER),
};

/** The last hour at a glance. */
export async function summarizeRequests(actor: Actor): Promise<RequestSummary> {
  authorize(actor, "request-log:read");
  const lastHour = Prisma.sql`${inProject(actor)} AND at > now() - interval '60 minutes'`;
  const [totals, minutes] = await Promise.all([
    readRowsIn(db(), REQUEST_SUMMARY_SHAPE)`
      SELECT count(*)::int AS total, count(*) FILTER (WHERE status >= 500)::int AS failed,
        count(*) FILTER (WHERE status BETWEEN 400 AND 499)::int AS refused,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY duration) AS p50,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY duration) AS p95
      FROM api_requests WHERE ${lastHour}`,
    readRowsIn(db(), { ago: NUMBER, done: NUMBER, notDone: NUMBER })`
      SELECT least(59, greatest(0, floor(extract(epoch FROM now() - at) / 60)))::int AS ago,
        count(*) FILTER (WHERE status < 400)::int AS done, count(*) FILTER (WHERE status >= 400)::int AS "notDone"
      FROM api_requests WHERE ${lastHour} GROUP BY 1`,
  ]);
  const byAgo = new Map(minutes.map(({ ago, ...counts }) => [ago, counts]));
  const none = { total: 0, failed: 0, refused: 0, p50: null, p95: null };
  return {
    ...(totals[0] ?? none),
    minutes: Array.from({ length: 60 }, (_, index) => byAgo.get(59 - index) ?? { done: 0, notDone: 0 }),
  };
}

/** The project's keys, for the filter. */
export async function listRequestKeys(actor: Actor): Promise<{ uuid: string; name: string }[]> {
  authorize(actor, "request-log:read");
  return db().apiKey.findMany({
    where: ofProject(actor),
    orderBy: { name: "asc" },
    select: { uuid: true, name: true },
  });
}

const STATUS = {
  done: Prisma.sql`r.status < 400`,
  refused: Prisma.sql`r.status BETWEEN 400 AND 499`,
  failed: Prisma.sql`r.status >= 500`,
};

function buildFilterCondition(actor: Actor, filter: RequestFilter): Prisma.Sql {
  return combineWithAnd([
    inProject(actor, "r"),
    filter.method ? Prisma.sql`r.method = ${filter.method}` : null,
    filter.outcome ? STATUS[filter.outcome] : null,
    filter.key ? Prisma.sql`r.api_key_uuid = ${filter.key}::uuid` : null,
    restrictToPeriod(Prisma.sql`r.at`, filter.from, filter.to),
  ]);
}
