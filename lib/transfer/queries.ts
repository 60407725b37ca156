import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { byUuid, graphOf } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { readExportPart } from "#lib/transfer/parts.ts";
import { nameTranscript } from "#lib/transfer/records.ts";
import { EXPORT_PARTS } from "#lib/transfer/terms.ts";

export interface ExportOutcome {
  uuid: string;
  /** JSON Lines in the import's own form: the user, the sessions, their messages, then the data. */
  lines: string[];
  /** Why there is nothing. */
  message: string | null;
}

/**
 * Collects the records and conversations of these people, the data that was put into their graphs, and what was stated,
 * corrected or deleted there by hand; what is drawn from it is drawn again. Each export is an event of its own.
 */
export async function exportUsers(actor: Actor, uuids: string[]): Promise<ExportOutcome[]> {
  authorize(actor, "users:export");
  const outcomes: ExportOutcome[] = [];
  for (const uuid of uuids) {
    const lines = await runInTransaction((tx) => exportUser(tx, actor, uuid));
    outcomes.push({ uuid, lines: lines ?? [], message: lines ? null : "no longer exists" });
  }
  return outcomes;
}

async function exportUser(tx: Tx, actor: Actor, uuid: string): Promise<string[] | null> {
  const where = byUuid(actor, uuid);
  const user = await tx.user.findUnique({ where, select: { userId: true, subjectRef: true } });
  if (!user) return null;
  const { userId, subjectRef } = user;
  const lines: string[] = [];
  const counts: Record<string, number> = {};
  for (const part of EXPORT_PARTS) {
    const before = lines.length;
    for await (const { line } of readExportPart(tx, { ...graphOf(actor, uuid), userId }, part)) lines.push(line);
    counts[part] = lines.length - before;
  }
  const { sessions = 0, messages = 0, data: episodes = 0 } = counts;
  await record(tx, actor, { action: "user.exported", subjectRef, data: { sessions, messages, episodes } });
  return lines;
}

/** The whole conversation in the wire contract's names, recorded as an export. @throws AppError `not_found`. */
export async function exportTranscript(actor: Actor, { session: uuid }: { session: string }): Promise<object> {
  authorize(actor, "transcripts:export");
  return runInTransaction(async (tx) => {
    const session = await tx.session.findUnique({
      where: byUuid(actor, uuid),
      include: { messages: { orderBy: { position: "asc" } }, user: { select: { userId: true, subjectRef: true } } },
    });
    if (!session) throw new AppError("not_found", "There is no such session.");
    const { messages, user } = session;
    const data = { messages: messages.length };
    await record(tx, actor, { action: "transcript.exported", subjectRef: user.subjectRef, data });
    return nameTranscript({ ...session, userId: user.userId });
  });
}
