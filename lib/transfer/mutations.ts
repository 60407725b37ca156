import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { toJsonInput, toOptionalJsonInput } from "#lib/db/json.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { byUuid, graphOf, ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { refreshAfterUserRename } from "#lib/graph/summary/rename.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { listIdentifiers } from "#lib/keys/hashes.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { adoptSession, lockOwnedSession } from "#lib/sessions/placeholder.ts";
import { endSessions, storeEdits, storeNodes } from "#lib/transfer/by-hand.ts";
import type { EditRecord, EndRecord, NodeRecord } from "#lib/transfer/edit-records.ts";
import {
  findSessions,
  findUsers,
  type Line,
  type RefusedLine,
  RefusedLines,
  refuseErasedLines,
  refuseLines,
  refuseSuppressedLines,
} from "#lib/transfer/lines.ts";
import type { RecordNamer } from "#lib/transfer/record-names.ts";
import type { EpisodeRecord, ImportRecord, MessageRecord, SessionRecord, UserRecord } from "#lib/transfer/records.ts";
import { generateUuid } from "#lib/uuid.ts";

export interface NumberedRecord {
  line: number;
  record: ImportRecord;
}

interface ImportCounts {
  users: number;
  sessions: number;
  messages: number;
  episodes: number;
}

export interface ImportOutcome {
  /** What was new. Records that were already there are left as they are and not counted. */
  added: ImportCounts;
  refused: RefusedLine[];
}

/**
 * Stores a batch of records in the order of their lines. A record that cannot be stored is refused with its reason and
 * leaves no trace; the rest of the batch is stored in one transaction. Importing the same records again changes nothing.
 * @param names gives messages and episodes without a uuid one of their own; pass the same object for every batch of a file.
 */
export async function importRecords(actor: Actor, batch: NumberedRecord[], names: RecordNamer): Promise<ImportOutcome> {
  for (const permission of ["users:write", "sessions:write", "graph:write"] as const) authorize(actor, permission);
  const refused: RefusedLine[] = [];
  const named = batch.map((item) => ({ ...item, record: names.nameRecord(item.record) }));
  let remaining = named;
  for (;;) {
    try {
      const added = await runInTransaction((tx) => storeBatch(tx, actor, remaining), 120_000);
      return { added, refused: refused.sort((a, b) => a.line - b.line) };
    } catch (error) {
      if (!(error instanceof RefusedLines)) throw error;
      refused.push(...error.lines);
      const lines = new Set(error.lines.map((line) => line.line));
      remaining = remaining.filter((item) => !lines.has(item.line));
    }
  }
}

async function storeBatch(tx: Tx, actor: Actor, batch: NumberedRecord[]): Promise<ImportCounts> {
  const users: Line<UserRecord>[] = [];
  const sessions: Line<SessionRecord>[] = [];
  const messages: Line<MessageRecord>[] = [];
  const episodes: Line<EpisodeRecord>[] = [];
  const nodes: Line<NodeRecord>[] = [];
  const edits: Line<EditRecord>[] = [];
  const ends: Line<EndRecord>[] = [];
  for (const { line, record: item } of batch) {
    if (item.type === "user") users.push({ line, record: item });
    else if (item.type === "session") sessions.push({ line, record: item });
    else if (item.type === "message") messages.push({ line, record: item });
    else if (item.type === "episode") episodes.push({ line, record: item });
    else if (item.type === "node") nodes.push({ line, record: item });
    else if (item.type === "edit") edits.push({ line, record: item });
    else ends.push({ line, record: item });
  }
  const added = {
    users: await storeUsers(tx, actor, users),
    sessions: await storeSessions(tx, actor, sessions),
    messages: await storeMessages(tx, actor, messages),
    episodes: await storeEpisodes(tx, actor, episodes),
  };
  await storeNodes(tx, actor, nodes);
  await storeEdits(tx, actor, edits);
  await endSessions(tx, actor, ends);
  if (Object.values(added).some((count) => count > 0))
    await record(tx, actor, { action: "records.imported", data: added });
  return added;
}

async function storeUsers(tx: Tx, actor: Actor, lines: Line<UserRecord>[]): Promise<number> {
  const { projectUuid } = actor;
  const users = lines.map(({ record: { type: _, metadata, factRatingInstruction, ...user } }) => ({
    ...user,
    metadata: toJsonInput(metadata),
    factRatingInstruction: toOptionalJsonInput(factRatingInstruction),
  }));
  const claimed = await claimPlaceholders(tx, actor, users);
  const data = users.map((user) => ({ ...user, projectUuid }));
  const { count } = await tx.user.createMany({ skipDuplicates: true, data });
  await refuseSuppressedLines(tx, actor, lines, listIdentifiers);
  return claimed + count;
}

/** A placeholder becomes the person who bears its id, as when the API adds them. @returns how many did. */
async function claimPlaceholders(tx: Tx, actor: Actor, users: { userId: string }[]): Promise<number> {
  const placeholders = await tx.user.findMany({
    where: { ...ofProject(actor), placeholder: true, userId: { in: users.map(({ userId }) => userId) } },
    select: { uuid: true, userId: true },
    orderBy: { uuid: "asc" },
  });
  for (const { uuid, userId } of placeholders) {
    await lockPerson(tx, actor.projectUuid, uuid);
    const fields = users.find((user) => user.userId === userId);
    await tx.user.update({
      where: byUuid(actor, uuid),
      data: { ...fields, placeholder: false, updatedAt: new Date() },
    });
    await refreshAfterUserRename(tx, graphOf(actor, uuid), userId);
  }
  return placeholders.length;
}

async function storeSessions(tx: Tx, actor: Actor, lines: Line<SessionRecord>[]): Promise<number> {
  const { projectUuid } = actor;
  await refuseErasedLines(tx, actor, lines, ({ sessionId }) => ({ kind: "session_id", value: sessionId }));
  const userUuids = await findUsers(tx, actor, lines);
  const { count } = await tx.session.createMany({
    skipDuplicates: true,
    data: lines.flatMap(({ record: session }) => {
      const { sessionId, userId, metadata, factRatingInstruction, createdAt } = session;
      const userUuid = userUuids.get(userId);
      const asked = toOptionalJsonInput(factRatingInstruction);
      const own = { sessionId, metadata: toJsonInput(metadata), factRatingInstruction: asked, createdAt };
      return userUuid ? [{ ...own, projectUuid, userUuid }] : [];
    }),
  });
  await refuseSuppressedLines(tx, actor, lines, ({ sessionId }) => [{ kind: "session_id", value: sessionId }]);
  const adopted = await adoptSessions(tx, actor, lines, userUuids);
  const stored = await findSessions(tx, projectUuid, lines);
  refuseLines(lines, ({ sessionId, userId }) =>
    stored.get(sessionId)?.userUuid === userUuids.get(userId) ? null : "session_id: belongs to another user",
  );
  return count + adopted;
}

/** What began before anybody said whose it is goes to the person whom the file names. @returns how many did. */
async function adoptSessions(
  tx: Tx,
  actor: Actor,
  lines: Line<SessionRecord>[],
  userUuids: Map<string, string>,
): Promise<number> {
  const stored = await findSessions(tx, actor.projectUuid, lines);
  let adopted = 0;
  for (const { record: session } of lines) {
    const userUuid = userUuids.get(session.userId);
    if (!userUuid || stored.get(session.sessionId)?.userUuid === userUuid) continue;
    const owned = await lockOwnedSession(tx, actor, session.sessionId);
    if (!owned?.placeholder) continue;
    await adoptSession(tx, actor, owned, userUuid);
    await tx.session.update({ where: byUuid(actor, owned.uuid), data: { metadata: toJsonInput(session.metadata) } });
    adopted += 1;
  }
  return adopted;
}

async function storeMessages(tx: Tx, actor: Actor, lines: Line<MessageRecord>[]): Promise<number> {
  await refuseErasedLines(tx, actor, lines, ({ sessionId }) => ({ kind: "session_id", value: sessionId }));
  await refuseErasedLines(tx, actor, lines, ({ uuid = "" }) => ({ kind: "message", value: uuid }));
  const sessions = await lockSessions(tx, actor.projectUuid, lines);
  refuseLines(lines, ({ sessionId }) =>
    sessions.has(sessionId) ? null : "session_id: there is no such session, in the file above or stored",
  );
  let added = 0;
  const bySession = Map.groupBy(lines, ({ record: message }) => message.sessionId);
  for (const [sessionId, session] of [...sessions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = bySession.get(sessionId) ?? [];
    try {
      const key = { ...ofProject(actor), userUuid: session.userUuid, uuid: session.uuid };
      added += await appendMessages(
        tx,
        key,
        own.map(({ record: message }) => ({ ...message, createdAt: message.createdAt ?? new Date() })),
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const strayed = own.filter(({ record: message }) => message.uuid && message.uuid in error.fields);
      const blamed = strayed.length > 0 ? strayed : own;
      throw new RefusedLines(blamed.map(({ line }) => ({ line, reason: error.message })));
    }
  }
  return added;
}

async function storeEpisodes(tx: Tx, actor: Actor, lines: Line<EpisodeRecord>[]): Promise<number> {
  await refuseErasedLines(tx, actor, lines, ({ uuid = "" }) => ({ kind: "episode", value: uuid }));
  const userUuids = await findUsers(tx, actor, lines);
  let added = 0;
  const byUser = Map.groupBy(lines, ({ record: episode }) => episode.userId);
  for (const [userId, userUuid] of [...userUuids].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
    await lockPerson(tx, actor.projectUuid, userUuid);
    const own = (byUser.get(userId) ?? []).map(({ record: { type: _, userId: __, uuid, createdAt, ...data } }) => ({
      ...data,
      uuid: uuid ?? generateUuid(),
      createdAt: createdAt ?? new Date(),
    }));
    added += await appendEpisodes(tx, graphOf(actor, userUuid), own);
  }
  return added;
}

/**
 * The sessions that the lines name, with the rows of the people whose they are: in one order for all writers, so that two
 * imports cannot wait for each other, and asked once more, because a session may have changed hands meanwhile.
 */
async function lockSessions(tx: Tx, projectUuid: string, lines: Line<{ sessionId: string }>[]) {
  const listPeople = (sessions: Awaited<ReturnType<typeof findSessions>>) =>
    [...new Set([...sessions.values()].map(({ userUuid }) => userUuid))].sort();
  for (let found = await findSessions(tx, projectUuid, lines); ; ) {
    for (const person of listPeople(found)) await lockPerson(tx, projectUuid, person);
    const again = await findSessions(tx, projectUuid, lines);
    if (listPeople(again).join() === listPeople(found).join()) return again;
    found = again;
  }
}
