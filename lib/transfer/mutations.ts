import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { lockPerson } from "#lib/db/person-lock.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { appendMessages } from "#lib/messages/append.ts";
import type { MessageNamer } from "#lib/transfer/message-names.ts";
import type { ImportRecord, MessageRecord, SessionRecord, UserRecord } from "#lib/transfer/records.ts";

export interface NumberedRecord {
  line: number;
  record: ImportRecord;
}

interface ImportCounts {
  users: number;
  sessions: number;
  messages: number;
}

export interface ImportOutcome {
  /** What was new. Records that were already there are left as they are and not counted. */
  added: ImportCounts;
  refused: { line: number; reason: string }[];
}

/**
 * Stores a batch of records in the order of their lines. A record that cannot be stored is refused with its reason and
 * leaves no trace; the rest of the batch is stored in one transaction. Importing the same records again changes nothing.
 * @param names gives messages without a uuid one of their own; pass the same object for every batch of a file.
 */
export async function importRecords(
  actor: Actor,
  batch: NumberedRecord[],
  names: MessageNamer,
): Promise<ImportOutcome> {
  authorize(actor, "sessions:write");
  authorize(actor, "users:write");
  const refused: ImportOutcome["refused"] = [];
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

/** Rolls the batch's transaction back; it is tried again without these lines. */
class RefusedLines extends Error {
  readonly lines: ImportOutcome["refused"];

  constructor(lines: ImportOutcome["refused"]) {
    super("lines were refused");
    this.lines = lines;
  }
}

interface Line<T> {
  line: number;
  record: T;
}

async function storeBatch(tx: Tx, actor: Actor, batch: NumberedRecord[]): Promise<ImportCounts> {
  const users: Line<UserRecord>[] = [];
  const sessions: Line<SessionRecord>[] = [];
  const messages: Line<MessageRecord>[] = [];
  for (const { line, record: item } of batch) {
    if (item.type === "user") users.push({ line, record: item });
    else if (item.type === "session") sessions.push({ line, record: item });
    else messages.push({ line, record: item });
  }
  const added = {
    users: await storeUsers(tx, actor, users),
    sessions: await storeSessions(tx, actor, sessions),
    messages: await storeMessages(tx, actor, messages),
  };
  if (added.users + added.sessions + added.messages > 0)
    await record(tx, actor, { action: "records.imported", data: added });
  return added;
}

async function storeUsers(tx: Tx, actor: Actor, lines: Line<UserRecord>[]): Promise<number> {
  const { count } = await tx.user.createMany({
    skipDuplicates: true,
    data: lines.map(({ record: user }) => ({
      projectUuid: actor.projectUuid,
      userId: user.userId,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
      metadata: toJsonInput(user.metadata),
      createdAt: user.createdAt,
    })),
  });
  return count;
}

async function storeSessions(tx: Tx, actor: Actor, lines: Line<SessionRecord>[]): Promise<number> {
  const { projectUuid } = actor;
  const users = await tx.user.findMany({
    where: { ...ofProject(actor), userId: { in: lines.map(({ record: session }) => session.userId) } },
    select: { uuid: true, userId: true },
  });
  const userUuids = new Map(users.map((user) => [user.userId, user.uuid]));
  refuseLines(lines, ({ userId }) =>
    userUuids.has(userId) ? null : "user_id: there is no such user, in the file above or stored",
  );
  const { count } = await tx.session.createMany({
    skipDuplicates: true,
    data: lines.flatMap(({ record: session }) => {
      const { sessionId, userId, metadata, createdAt } = session;
      const userUuid = userUuids.get(userId);
      return userUuid ? [{ projectUuid, userUuid, sessionId, metadata: toJsonInput(metadata), createdAt }] : [];
    }),
  });
  const stored = await findSessions(tx, projectUuid, lines);
  refuseLines(lines, ({ sessionId, userId }) =>
    stored.get(sessionId)?.userUuid === userUuids.get(userId) ? null : "session_id: belongs to another user",
  );
  return count;
}

async function storeMessages(tx: Tx, actor: Actor, lines: Line<MessageRecord>[]): Promise<number> {
  const sessions = await findSessions(tx, actor.projectUuid, lines);
  refuseLines(lines, ({ sessionId }) =>
    sessions.has(sessionId) ? null : "session_id: there is no such session, in the file above or stored",
  );
  let added = 0;
  // In one order for all writers, people first, so that two imports cannot wait for each other.
  const people = new Set([...sessions.values()].map((session) => session.userUuid));
  for (const person of [...people].sort()) await lockPerson(tx, actor.projectUuid, person);
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

async function findSessions(tx: Tx, projectUuid: string, lines: Line<{ sessionId: string }>[]) {
  const ids = [...new Set(lines.map(({ record: item }) => item.sessionId))];
  const sessions = await tx.session.findMany({
    where: { ...ofProject({ projectUuid }), sessionId: { in: ids } },
    select: { uuid: true, sessionId: true, userUuid: true },
  });
  return new Map(sessions.map((session) => [session.sessionId, session]));
}

/** @throws RefusedLines when `reasonAgainst` finds any. */
function refuseLines<T>(lines: Line<T>[], reasonAgainst: (record: T) => string | null): void {
  const refused = lines.flatMap(({ line, record: item }) => {
    const reason = reasonAgainst(item);
    return reason ? [{ line, reason }] : [];
  });
  if (refused.length > 0) throw new RefusedLines(refused);
}
