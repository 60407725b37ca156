import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { JSON_VALUE, listOf, METADATA, nullable, oneOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, graphOf, inGraph, ofGraph, sameGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { listStatedClaims } from "#lib/graph/edit/stated-claims.ts";
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

const EXPORTED = {
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  factRatingInstruction: true,
  timeZone: true,
  disableDefaultOntology: true,
  createdAt: true,
  subjectRef: true,
  sessions: {
    orderBy: [{ createdAt: "asc" }, { sessionId: "asc" }],
    select: {
      sessionId: true,
      metadata: true,
      factRatingInstruction: true,
      createdAt: true,
      endedAt: true,
      messages: { orderBy: { position: "asc" } },
    },
  },
} satisfies Prisma.UserSelect;

async function exportUser(tx: Tx, actor: Actor, uuid: string): Promise<string[] | null> {
  const user = await tx.user.findUnique({ where: byUuid(actor, uuid), select: EXPORTED });
  if (!user) return null;
  const { userId, subjectRef, sessions } = user;
  const lines = sessions.flatMap(({ messages, endedAt, ...session }) => [
    writeRecord({ ...session, type: "session", userId }),
    ...messages.map((message) => writeRecord({ ...message, type: "message", sessionId: session.sessionId })),
  ]);
  const ends = sessions.flatMap(({ sessionId, endedAt }) =>
    endedAt ? [writeRecord({ type: "session_end", sessionId, endedAt })] : [],
  );
  const graph = graphOf(actor, uuid);
  const episodes = await listData(tx, graph, userId);
  const byHand = [...(await listNodes(tx, graph, userId)), ...(await listEdits(tx, graph, userId))];
  const data = { sessions: sessions.length, messages: lines.length - sessions.length, episodes: episodes.length };
  await record(tx, actor, { action: "user.exported", subjectRef, data });
  return [writeRecord({ ...user, type: "user" }), ...lines, ...episodes, ...byHand, ...ends];
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

/** Nodes that have other names beside their own, and what people wrote of nodes: what reading again would not make. */
async function listNodes(tx: Tx, graph: GraphKey, userId: string): Promise<string[]> {
  const rows = await readRowsIn(tx, {
    name: nullable(TEXT),
    labels: listOf(TEXT),
    aliases: listOf(TEXT),
    summary: nullable(TEXT),
    attributes: METADATA,
  })`
    SELECT CASE WHEN n.uuid <> n.graph_uuid THEN n.name END AS name, n.labels, a.aliases,
      CASE WHEN n.summary_stated THEN n.summary END AS summary, n.attributes
    FROM nodes n CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(k.key ORDER BY k.key), '{}') AS aliases FROM node_names k
      WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid AND k.key <> lethe_key(n.name)
    ) a
    WHERE ${inGraph(graph, "n")} AND (n.summary_stated OR n.attributes <> '{}' OR (n.uuid <> n.graph_uuid AND a.aliases <> '{}'))
    ORDER BY n.uuid <> n.graph_uuid, n.name`;
  return rows.map((node) => writeRecord({ ...node, type: "node", userId }));
}

/** What was stated, corrected or deleted by hand, in the order it was done. */
async function listEdits(tx: Tx, graph: GraphKey, userId: string): Promise<string[]> {
  const episodes = await tx.episode.findMany({
    where: { ...ofGraph(graph), source: { in: ["fact_triple", "correction"] } },
    orderBy: { seq: "asc" },
    select: {
      uuid: true,
      source: true,
      content: true,
      sourceDescription: true,
      createdAt: true,
      session: { select: { sessionId: true } },
      retractions: { orderBy: { uuid: "asc" } },
    },
  });
  const claims = await listStatedClaims(
    tx,
    graph,
    episodes.map(({ uuid }) => uuid),
  );
  const claimsOf = Map.groupBy(claims, ({ episodeUuid }) => episodeUuid);
  return episodes.map(({ session, retractions, content, source, ...episode }) =>
    writeRecord({
      ...episode,
      type: "edit",
      source: source === "fact_triple" ? "fact_triple" : "correction",
      userId,
      content: content ?? "",
      sessionId: session?.sessionId ?? null,
      claims: (claimsOf.get(episode.uuid) ?? []).map(
        ({ attributes = {}, expiredAt = null, saidAt = null, ...claim }) => ({
          ...claim,
          attributes,
          expiredAt,
          saidAt,
        }),
      ),
      retractions: retractions.map(({ uuid, ofEpisode, says, sourceKeys, targetKeys }) => ({
        uuid,
        ofEpisode,
        says,
        sourceKeys,
        targetKeys,
      })),
    }),
  );
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
