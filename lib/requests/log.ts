import { db } from "#lib/db/client.ts";
import { toFailure } from "#lib/errors.ts";

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
export function noteRequest(request: LoggedRequest): void {
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
    await db().apiRequest.createMany({ data: lines });
    const uses = [...new Map(lines.map((line) => [line.apiKeyUuid, line])).values()];
    for (const { projectUuid, apiKeyUuid: uuid, at } of uses)
      await db().apiKey.updateMany({ where: { projectUuid, uuid }, data: { lastUsedAt: at } });
    await prune();
  } catch (error) {
    toFailure(error);
  }
}

async function prune(): Promise<void> {
  if (Date.now() - prunedAt < PRUNE_MS) return;
  prunedAt = Date.now();
  const before = new Date(prunedAt - KEPT_DAYS * 86_400_000);
  await db().apiRequest.deleteMany({ where: { at: { lt: before } } });
  await db().lostAnswer.deleteMany({ where: { at: { lt: new Date(prunedAt - PRUNE_MS) } } });
}
