import type { Tx } from "#lib/db/client.ts";
import { JSON_VALUE, listOf, METADATA, nullable, oneOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, inGraph, ofGraph, ofProject, sameGraph } from "#lib/db/scope.ts";
import { listStatedClaims } from "#lib/graph/edit/stated-claims.ts";
import { DATA_SOURCES, type GraphKey } from "#lib/graph/schema.ts";
import { writeRecord } from "#lib/transfer/records.ts";
import type { ExportPart } from "#lib/transfer/terms.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** A person whose rows are read; their graph bears the same uuid. */
export interface ExportedPerson extends GraphKey {
  userId: string;
}

/** A line of an export, and what it is about where that has a uuid. */
interface ExportedLine {
  uuid: string | null;
  line: string;
}

type Lines = AsyncGenerator<ExportedLine>;

/**
 * One part of what is exported of a person: the record, the conversations, what was put into the graph as data, and what was
 * stated, corrected or deleted by hand. What is drawn from it is drawn again.
 */
export function readExportPart(tx: Tx, person: ExportedPerson, part: ExportPart): Lines {
  return READERS[part](tx, person);
}

const READERS: Readonly<Record<ExportPart, (tx: Tx, person: ExportedPerson) => Lines>> = {
  user: readUser,
  sessions: readSessions,
  messages: readMessages,
  data: readData,
  names: readNodes,
  edits: readEdits,
  ends: readEnds,
};

/** So many messages are read at once. */
const READ_AT_ONCE = 2_000;

const USER_COLUMNS = {
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  factRatingInstruction: true,
  timeZone: true,
  disableDefaultOntology: true,
  createdAt: true,
} satisfies Prisma.UserSelect;

async function* readUser(tx: Tx, person: ExportedPerson): Lines {
  const where = byUuid(person, person.uuid);
  const user = await tx.user.findUniqueOrThrow({ where, select: USER_COLUMNS });
  yield { uuid: person.uuid, line: writeRecord({ ...user, type: "user" }) };
}

function listSessions(tx: Tx, person: ExportedPerson) {
  return tx.session.findMany({
    where: { ...ofProject(person), userUuid: person.uuid },
    orderBy: [{ createdAt: "asc" }, { sessionId: "asc" }],
    select: {
      uuid: true,
      sessionId: true,
      metadata: true,
      factRatingInstruction: true,
      createdAt: true,
      endedAt: true,
    },
  });
}

async function* readSessions(tx: Tx, person: ExportedPerson): Lines {
  const { userId } = person;
  for (const { uuid, endedAt: _, ...session } of await listSessions(tx, person))
    yield { uuid, line: writeRecord({ ...session, type: "session", userId }) };
}

async function* readMessages(tx: Tx, person: ExportedPerson): Lines {
  for (const { uuid: sessionUuid, sessionId } of await listSessions(tx, person)) {
    for (let after = -1; ; ) {
      const messages = await tx.message.findMany({
        where: { ...ofProject(person), userUuid: person.uuid, sessionUuid, position: { gt: after } },
        orderBy: { position: "asc" },
        take: READ_AT_ONCE,
      });
      for (const message of messages)
        yield { uuid: message.uuid, line: writeRecord({ ...message, type: "message", sessionId }) };
      const last = messages.at(-1);
      if (!last || messages.length < READ_AT_ONCE) break;
      after = last.position;
    }
  }
}

/** That a session takes no more messages, which an import has to know after those it has. */
async function* readEnds(tx: Tx, person: ExportedPerson): Lines {
  for (const { uuid, sessionId, endedAt } of await listSessions(tx, person))
    if (endedAt) yield { uuid, line: writeRecord({ type: "session_end", sessionId, endedAt }) };
}

/** What was put into a person's graph as data, in the order it came. */
async function* readData(tx: Tx, person: ExportedPerson): Lines {
  const rows = await readRowsIn(tx, {
    uuid: TEXT,
    source: oneOf(DATA_SOURCES),
    sourceDescription: nullable(TEXT),
    content: TEXT,
    metadata: JSON_VALUE,
    createdAt: TIME,
  })`
    SELECT uuid, source::text, source_description AS "sourceDescription", content, metadata, created_at AS "createdAt" FROM episodes
    WHERE ${inGraph(person)} AND message_uuid IS NULL AND content IS NOT NULL AND source = ANY(${[...DATA_SOURCES]}::episode_source[])
    ORDER BY seq`;
  for (const row of rows)
    yield { uuid: row.uuid, line: writeRecord({ ...row, type: "episode", userId: person.userId }) };
}

/** Nodes that have other names beside their own, and what people wrote of nodes: what reading again would not make. */
async function* readNodes(tx: Tx, person: ExportedPerson): Lines {
  const rows = await readRowsIn(tx, {
    uuid: TEXT,
    name: nullable(TEXT),
    labels: listOf(TEXT),
    aliases: listOf(TEXT),
    summary: nullable(TEXT),
    attributes: METADATA,
  })`
    SELECT n.uuid, CASE WHEN n.uuid <> n.graph_uuid THEN n.name END AS name, n.labels, a.aliases,
      CASE WHEN n.summary_stated THEN n.summary END AS summary, n.attributes
    FROM nodes n CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(k.key ORDER BY k.key), '{}') AS aliases FROM node_names k
      WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid AND k.key <> lethe_key(n.name)
    ) a
    WHERE ${inGraph(person, "n")} AND (n.summary_stated OR n.attributes <> '{}' OR (n.uuid <> n.graph_uuid AND a.aliases <> '{}'))
    ORDER BY n.uuid <> n.graph_uuid, n.name`;
  for (const { uuid, ...node } of rows)
    yield { uuid, line: writeRecord({ ...node, type: "node", userId: person.userId }) };
}

/** What was stated, corrected or deleted by hand, in the order it was done. */
async function* readEdits(tx: Tx, person: ExportedPerson): Lines {
  const episodes = await tx.episode.findMany({
    where: { ...ofGraph(person), source: { in: ["fact_triple", "correction"] } },
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
    person,
    episodes.map(({ uuid }) => uuid),
  );
  const claimsOf = Map.groupBy(claims, ({ episodeUuid }) => episodeUuid);
  for (const { session, retractions, content, source, ...episode } of episodes) {
    const line = writeRecord({
      ...episode,
      type: "edit",
      source: source === "fact_triple" ? "fact_triple" : "correction",
      userId: person.userId,
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
    });
    yield { uuid: episode.uuid, line };
  }
}
