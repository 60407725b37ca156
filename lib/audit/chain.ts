import { createHash } from "node:crypto";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { BIGINT, BYTES, nullable, readRowsIn, type Shape, TEXT } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { writeCanonicalJson } from "#lib/keys/jws.ts";
import { Prisma } from "#prisma/client/client.ts";

/** An event as it is hashed: every column, as text. */
export interface ChainedEvent {
  seq: bigint;
  at: string;
  actorKind: string;
  actorUuid: string | null;
  action: string;
  outcome: string;
  subjectRef: string | null;
  objectUuid: string | null;
  data: string;
}

export const CHAINED_SHAPE: Shape<ChainedEvent> = {
  seq: BIGINT,
  at: TEXT,
  actorKind: TEXT,
  actorUuid: nullable(TEXT),
  action: TEXT,
  outcome: TEXT,
  subjectRef: nullable(TEXT),
  objectUuid: nullable(TEXT),
  data: TEXT,
};

/** The columns of a ChainedEvent, of the table that bears the alias `e`. */
export const CHAINED_COLUMNS = Prisma.sql`e.seq, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  e.actor_kind::text AS "actorKind", e.actor_uuid::text AS "actorUuid", e.action, e.outcome::text,
  e.subject_ref::text AS "subjectRef", e.object_uuid::text AS "objectUuid", e.data::text AS data`;

/** What the first event of a project follows. */
export const FIRST_HASH = Buffer.alloc(32);

/** The hash of an event at its place: of all that it says, and of everything before it. */
export function hashEvent(
  projectUuid: string,
  position: bigint,
  { seq, ...event }: ChainedEvent,
  previous: Buffer,
): Buffer {
  const place = {
    project: projectUuid,
    position: String(position),
    seq: String(seq),
    previous: previous.toString("hex"),
  };
  return createHash("sha256")
    .update(writeCanonicalJson({ ...place, ...event }))
    .digest();
}

const MOST_AT_ONCE = 2_000;
/** Any number will do; of all processes one links at a time. */
const LINK_LOCK = 7_203_118;

/**
 * Gives events that were committed their place in their project's chain. @returns how many; the next call goes on with the
 * rest.
 */
export async function linkAuditEvents(): Promise<number> {
  return runInTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LINK_LOCK}::bigint)`;
    const waiting = await readRowsIn(tx, { ...CHAINED_SHAPE, projectUuid: TEXT })`
      SELECT e.project_uuid AS "projectUuid", ${CHAINED_COLUMNS}
      FROM (SELECT * FROM audit_unlinked ORDER BY project_uuid, seq LIMIT ${MOST_AT_ONCE}) w
      JOIN audit_events e ON ${sameProject("e", "w")} AND e.seq = w.seq ORDER BY e.project_uuid, e.seq`;
    for (const [projectUuid, events] of Map.groupBy(waiting, (event) => event.projectUuid))
      await linkEvents(tx, projectUuid, events);
    return waiting.length;
  });
}

async function linkEvents(tx: Tx, projectUuid: string, events: ChainedEvent[]): Promise<void> {
  const last = await findHead(tx, projectUuid);
  let position = last?.position ?? 0n;
  let previous: Buffer = last ? Buffer.from(last.hash) : FIRST_HASH;
  const links = events.map(({ seq, at, actorKind, actorUuid, action, outcome, subjectRef, objectUuid, data }) => {
    position += 1n;
    const event = { seq, at, actorKind, actorUuid, action, outcome, subjectRef, objectUuid, data };
    previous = hashEvent(projectUuid, position, event, previous);
    return { position: String(position), seq: String(seq), hash: previous.toString("hex") };
  });
  await tx.$executeRaw`
    INSERT INTO audit_links (project_uuid, position, seq, hash)
    SELECT ${projectUuid}::uuid, position, seq, decode(hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS l (position bigint, seq bigint, hash text)`;
  await tx.$executeRaw`
    DELETE FROM audit_unlinked WHERE ${inProject({ projectUuid })} AND seq = ANY(${links.map(({ seq }) => seq)}::bigint[])`;
}

/** Where a project's chain ends at the moment. */
export async function findHead(
  tx: Pick<Tx, "$queryRaw">,
  projectUuid: string,
): Promise<{ position: bigint; hash: Uint8Array } | undefined> {
  const [head] = await readRowsIn(tx, { position: BIGINT, hash: BYTES })`
    SELECT position, hash FROM audit_links WHERE ${inProject({ projectUuid })} ORDER BY position DESC LIMIT 1`;
  return head;
}
