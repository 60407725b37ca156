import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { JSON_VALUE, nullable, oneOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, graphOf, inGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { DATA_SOURCES, type GraphKey } from "#lib/graph/schema.ts";
import { nameTranscript, writeRecord } from "#lib/transfer/records.ts";
import type { Prisma } from "#prisma/client/client.ts";

export interface ExportOutcome {
  uuid: string;
  /** JSON Lines in the import's own form: the user, each session and its messages, then the data. */
  lines: string[];
  /** Why there is nothing. */
  message: string | null;
}

/** Collects the records and conversations of these people; with the data that was put into their graphs; the graphs themselves are read over the API. Each export is an event of its own. */
export async function exportUsers(actor: Actor, uuids: string[]): Promise<ExportOutcome[]> {
  authorize(actor, "users:export");
  const outcomes: ExportOutcome[] = [];
  for (const uuid of uuids) {
    const lines = await runInTransaction((tx) => exportUser(tx, actor, uuid));
    outcomes.push({ uuid, lines: lines ?? [], message: lines ? null : "no longer exists" });
  }
  return outcomes;
}

const EXPORTED = {
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  createdAt: true,
  subjectRef: true,
  sessions: {
    orderBy: { createdAt: "asc" },
    select: { sessionId: true, metadata: true, createdAt: true, messages: { orderBy: { position: "asc" } } },
  },
} satisfies Prisma.UserSelect;

async function exportUser(tx: Tx, actor: Actor, uuid: string): Promise<string[] | null> {
  const user = await tx.user.findUnique({ where: byUuid(actor, uuid), select: EXPORTED });
  if (!user) return null;
  const { userId, subjectRef, sessions } = user;
  const lines = sessions.flatMap(({ sessionId, metadata, createdAt, messages }) => [
    writeRecord({ type: "session", sessionId, userId, metadata, createdAt }),
    ...messages.map((message) => writeRecord({ ...message, type: "message", sessionId })),
  ]);
  const episodes = await listData(tx, graphOf(actor, uuid), userId);
  const data = { sessions: sessions.length, messages: lines.length - sessions.length, episodes: episodes.length };
  await record(tx, actor, { action: "user.exported", subjectRef, data });
  return [writeRecord({ ...user, type: "user" }), ...lines, ...episodes];
}

/** What was put into a person's graph as data, in the order it came. */
async function listData(tx: Tx, graph: GraphKey, userId: string): Promise<string[]> {
  const rows = await readRowsIn(tx, {
    uuid: TEXT,
    source: oneOf(DATA_SOURCES),
    sourceDescription: nullable(TEXT),
    content: TEXT,
    metadata: JSON_VALUE,
    createdAt: TIME,
  })`
    SELECT uuid, source::text, source_description AS "sourceDescription", content, metadata, created_at AS "createdAt" FROM episodes
    WHERE ${inGraph(graph)} AND message_uuid IS NULL AND content IS NOT NULL AND source = ANY(${[...DATA_SOURCES]}::episode_source[])
    ORDER BY seq`;
  return rows.map((row) => writeRecord({ ...row, type: "episode", userId }));
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
