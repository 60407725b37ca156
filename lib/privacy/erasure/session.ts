import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import type { Tx } from "#lib/db/client.ts";
import { byUuid, inProject, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { forgetSession } from "#lib/graph/edit/forget.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import { type Erasure, type ErasureTarget, runErasure } from "#lib/privacy/erasure/run.ts";
import type { UnprovedErasure } from "#lib/privacy/erasure/write-receipt.ts";
import type { JournalEntry } from "#lib/privacy/journal/journal.ts";

/**
 * Removes one conversation with all its messages, the episodes they became and their copies, and the facts and nodes that
 * rest on those alone, in one transaction.
 * @param previewedMessages how many messages the operator was shown; another number now is a conflict.
 * @throws AppError `not_found`, `conflict`; `unavailable` without keys or journal.
 */
export async function eraseSession(
  actor: Actor,
  { uuid, previewedMessages }: { uuid: string; previewedMessages: number },
): Promise<Erasure> {
  authorize(actor, "sessions:erase");
  return runErasure(actor, (tx, aim) => eraseLockedSession(tx, actor, uuid, { previewed: previewedMessages, aim }));
}

/** The same by the application's own id, as an application asks: nobody has seen a preview. @throws AppError `not_found`. */
export async function eraseSessionById(actor: Actor, sessionId: string): Promise<Erasure> {
  authorize(actor, "sessions:erase");
  return runErasure(actor, async (tx, aim) => {
    const where = { projectUuid_sessionId: { ...ofProject(actor), sessionId } };
    const session = await tx.session.findUnique({ where, select: { uuid: true } });
    if (!session) throw makeNotFoundError();
    return eraseLockedSession(tx, actor, session.uuid, { aim });
  });
}

/** Erases a session whose erasure a hold had stopped. @throws AppError `not_found`, `held` where another one keeps it. */
export async function eraseReleasedSession(actor: Actor, uuid: string): Promise<Erasure> {
  authorize(actor, "sessions:erase");
  return runErasure(actor, (tx) => eraseLockedSession(tx, actor, uuid, {}));
}

/** Erases a session once more that a restored backup has brought back, under the receipt it had. */
export async function eraseSessionAgain(actor: Actor, uuid: string, entry: JournalEntry): Promise<Erasure> {
  authorize(actor, "sessions:erase");
  return runErasure(actor, (tx) => eraseLockedSession(tx, actor, uuid, {}), { replayed: entry });
}

async function eraseLockedSession(
  tx: Tx,
  actor: Actor,
  uuid: string,
  { previewed = null, aim }: { previewed?: number | null; aim?: (target: ErasureTarget) => void },
): Promise<UnprovedErasure> {
  const { projectUuid } = actor;
  const where = byUuid(actor, uuid);
  const session = await tx.session.findUnique({ where, select: { userUuid: true, sessionId: true } });
  if (!session) throw makeNotFoundError();
  const { userUuid, sessionId } = session;
  aim?.({ userUuid, sessionUuid: uuid, keptOut: false });
  const graph = await lockGraph(tx, { projectUuid, uuid: userUuid });
  await tx.$queryRaw`SELECT FROM sessions WHERE ${inProject(actor)} AND uuid = ${uuid}::uuid FOR UPDATE`;
  const { copies, ...remembered } = await forgetSession(tx, graph, uuid);
  const { count } = await tx.message.deleteMany({ where: { ...ofProject(actor), userUuid, sessionUuid: uuid } });
  if (previewed !== null && count !== previewed) {
    throw new AppError(
      "conflict",
      `Since you looked, this session has grown to ${count} messages. Nothing was deleted.`,
    );
  }
  const gone = await tx.session.deleteMany({ where: { ...ofProject(actor), userUuid, uuid } });
  if (gone.count === 0) throw makeNotFoundError();
  const data = { sessions: 1, messages: count, ...remembered };
  await record(tx, actor, { action: "session.erased", subjectRef: graph.subjectRef, data });
  const { episodes, facts, nodes } = remembered;
  return {
    scope: "session",
    owner: userUuid,
    identifiers: [{ kind: "session_id", value: sessionId }],
    // The conversation stands for itself here: what the person said of it elsewhere is still theirs.
    sought: {
      person: uuid,
      names: [
        { kind: "uuid", value: uuid },
        { kind: "session_id", value: sessionId },
      ],
    },
    plan: null,
    previewed: previewed === null ? null : { messages: previewed },
    rows: { sessions: 1, messages: count, episodes, edges: facts, nodes },
    copies,
    keptOut: false,
  };
}

function makeNotFoundError(): AppError {
  return new AppError("not_found", "There is no such session; someone may have deleted it.");
}
