import { db, runQuery } from "#lib/db/client.ts";
import { toFailure } from "#lib/errors.ts";
import { Prisma } from "#prisma/client/client.ts";

/** One answered call. `route` is the pattern, so nothing of the request itself is kept. */
export interface LoggedRequest {
  projectUuid: string;
  apiKeyUuid: string;
  at: Date;
  method: string;
  route: string;
  status: number;
  /** Milliseconds. */
  duration: number;
}

const FLUSH_MS = 250;
const KEPT_DAYS = 30;
const PRUNE_MS = 3_600_000;

let waiting: LoggedRequest[] = [];
let timer: NodeJS.Timeout | undefined;
let prunedAt = 0;

/** Notes a request. Lines are written together, a quarter of a second later at most; only a crash can lose them. */
export function logRequest(request: LoggedRequest): void {
  waiting.push(request);
  timer ??= setTimeout(() => void flushRequests(), FLUSH_MS);
}

/** Writes what waits, and when each key was last used. Lines older than thirty days go. */
export async function flushRequests(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const lines = waiting;
  waiting = [];
  if (lines.length === 0) return;
  try {
    await runQuery(Prisma.sql`
      WITH line AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l ("projectUuid" uuid, "apiKeyUuid" uuid,
          at timestamptz, method text, route text, status smallint, duration real)
      ), kept AS (
        INSERT INTO api_requests (project_uuid, api_key_uuid, at, method, route, status, duration)
        SELECT "projectUuid", "apiKeyUuid", at, method, route, status, duration FROM line
      )
      UPDATE api_keys SET last_used_at = used.at
      FROM (SELECT "projectUuid", "apiKeyUuid", max(at) AS at FROM line GROUP BY 1, 2) AS used
      WHERE used."projectUuid" = project_uuid AND used."apiKeyUuid" = uuid`);
    await pruneOldLines();
  } catch (error) {
    toFailure(error);
  }
}

async function pruneOldLines(): Promise<void> {
  if (Date.now() - prunedAt < PRUNE_MS) return;
  prunedAt = Date.now();
  const before = new Date(prunedAt - KEPT_DAYS * 86_400_000);
  await db().apiRequest.deleteMany({ where: { at: { lt: before } } });
  await db().lostAnswer.deleteMany({ where: { at: { lt: new Date(prunedAt - PRUNE_MS) } } });
}
