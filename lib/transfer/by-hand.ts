import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { graphOf, ofProject } from "#lib/db/scope.ts";
import { takeEdits, takeNodes } from "#lib/graph/edit/take-edits.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import type { EditRecord, EndRecord, NodeRecord } from "#lib/transfer/edit-records.ts";
import { findSessions, findUsers, type Line, refuseErasedLines } from "#lib/transfer/lines.ts";

/** Stores what people wrote of nodes, and by which names those are found. @throws RefusedLines. */
export async function storeNodes(tx: Tx, actor: Actor, lines: Line<NodeRecord>[]): Promise<void> {
  for (const [uuid, own] of await groupByPerson(tx, actor, lines))
    await takeNodes(
      tx,
      await lockGraph(tx, graphOf(actor, uuid)),
      own.map(({ record: node }) => node),
    );
}

/** Stores what was stated, corrected or deleted by hand. @throws RefusedLines. */
export async function storeEdits(tx: Tx, actor: Actor, lines: Line<EditRecord>[]): Promise<void> {
  await refuseErasedLines(tx, actor, lines, ({ uuid }) => ({ kind: "episode", value: uuid }));
  for (const [uuid, own] of await groupByPerson(tx, actor, lines)) {
    const ids = own.flatMap(({ line, record: { sessionId } }) => (sessionId ? [{ line, record: { sessionId } }] : []));
    const sessions = await findSessions(tx, actor.projectUuid, ids);
    await takeEdits(
      tx,
      await lockGraph(tx, graphOf(actor, uuid)),
      own.map(({ record: { type: _, userId: __, sessionId, ...edit } }) => ({
        ...edit,
        sessionUuid: sessionId ? (sessions.get(sessionId)?.uuid ?? null) : null,
      })),
    );
  }
}

/** The lines of each person, by uuid and in one order for all writers. @throws RefusedLines for people who are not there. */
async function groupByPerson<T extends { userId: string }>(tx: Tx, actor: Actor, lines: Line<T>[]) {
  const userUuids = await findUsers(tx, actor, lines);
  const byUser = Map.groupBy(lines, ({ record: item }) => item.userId);
  return [...userUuids]
    .map(([userId, uuid]) => [uuid, byUser.get(userId) ?? []] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Ends sessions as they had ended where the file comes from; one that has ended here stays as it is. */
export async function endSessions(tx: Tx, actor: Actor, lines: Line<EndRecord>[]): Promise<void> {
  for (const { record: end } of lines)
    await tx.session.updateMany({
      where: { ...ofProject(actor), sessionId: end.sessionId, endedAt: null },
      data: { endedAt: end.endedAt },
    });
}
