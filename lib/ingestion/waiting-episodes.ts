import { listOf, NUMBER, nullable, objectOf, oneOf, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inGraph, inProject, sameProject } from "#lib/db/scope.ts";
import type { EpisodeText, Person, Speaker } from "#lib/extraction/schema.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { listDisplayNames } from "#lib/users/terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The reader of now. What an older one has read is read again when nothing else waits. */
export const READER = 5;

/** What there is to read: what waits to be read at all, or what an older reader has read. */
export type Backlog = "waiting" | "stale";

/** Of whoever is restricted everything is kept and nothing is made of it, until that ends (GDPR, Art. 18). */
const IS_OPEN = Prisma.sql`(project_uuid, graph_uuid) NOT IN (SELECT project_uuid, user_uuid FROM restrictions)`;

/** The conditions are those of the indexes `episodes_waiting` and `episodes_stale`, so the number stands in them as it is. */
export const BACKLOGS: Record<Backlog, Prisma.Sql> = {
  waiting: Prisma.sql`processed_at IS NULL AND failed_at IS NULL AND ${IS_OPEN}`,
  stale: Prisma.sql`processed_at IS NOT NULL AND reader < ${Prisma.raw(String(READER))} AND source IN ('message', 'text', 'json')
    AND ${IS_OPEN}`,
};

/**
 * Some of the graphs that have something to read, from one on, without looking through what one of them has. Whoever
 * goes on after the last one finds them all in turn.
 */
export async function listGraphsWithBacklog(backlog: Backlog, after: GraphKey, limit: number): Promise<GraphKey[]> {
  const isLeft = BACKLOGS[backlog];
  const later = Prisma.sql`(project_uuid, graph_uuid) > (${after.projectUuid}::uuid, ${after.uuid}::uuid)`;
  return readRows({ projectUuid: TEXT, uuid: TEXT })`
    WITH RECURSIVE found AS (
      (SELECT project_uuid, graph_uuid FROM episodes WHERE ${isLeft} AND ${later} ORDER BY project_uuid, graph_uuid LIMIT 1)
      UNION ALL
      SELECT next.project_uuid, next.graph_uuid FROM found, LATERAL (
        SELECT e.project_uuid, e.graph_uuid FROM episodes e
        WHERE ${isLeft} AND (e.project_uuid, e.graph_uuid) > (found.project_uuid, found.graph_uuid)
        ORDER BY e.project_uuid, e.graph_uuid LIMIT 1) next
    )
    SELECT project_uuid AS "projectUuid", graph_uuid AS uuid FROM found LIMIT ${limit}`;
}

/** The person whose graph it is. @returns null for a graph that is nobody's. */
export async function findPerson(graph: GraphKey): Promise<Person | null> {
  const { uuid } = graph;
  const [user] = await readRows({
    userId: TEXT,
    email: nullable(TEXT),
    firstName: nullable(TEXT),
    lastName: nullable(TEXT),
  })`
    SELECT user_id AS "userId", email, first_name AS "firstName", last_name AS "lastName" FROM users
    WHERE ${inProject(graph)} AND uuid = ${uuid}::uuid`;
  return user ? { names: listDisplayNames(user), email: user.email, userId: user.userId } : null;
}

interface WaitingRow {
  uuid: string;
  source: EpisodeText["source"];
  content: string | null;
  sourceDescription: string | null;
  role: string | null;
  roleType: string | null;
  saidAt: Date;
  utcOffset: number | null;
  timeZone: string | null;
  before: { role: string | null; roleType: string; content: string }[] | null;
}

/** How many turns before it a turn is read with. */
const TURNS_BEFORE = 2;

const WAITING_SHAPE: Shape<WaitingRow> = {
  uuid: TEXT,
  source: oneOf(["message", "text", "json"]),
  content: nullable(TEXT),
  sourceDescription: nullable(TEXT),
  role: nullable(TEXT),
  roleType: nullable(TEXT),
  saidAt: TIME,
  utcOffset: nullable(NUMBER),
  timeZone: nullable(TEXT),
  before: nullable(listOf(objectOf({ role: nullable(TEXT), roleType: TEXT, content: TEXT }))),
};

/** The next episodes of a graph, in the order in which they came, each with what was said just before it. */
export function listEpisodesToRead(
  backlog: Backlog,
  graph: GraphKey,
  person: Person | null,
  limit: number,
): Promise<EpisodeText[]> {
  return listEpisodesWhere(BACKLOGS[backlog], graph, person, limit);
}

/** The episode of a message as it is read; null where it is no episode. */
export async function findEpisodeOfMessage(graph: GraphKey, person: Person | null, messageUuid: string) {
  const [found] = await listEpisodesWhere(Prisma.sql`message_uuid = ${messageUuid}::uuid`, graph, person, 1);
  return found ?? null;
}

async function listEpisodesWhere(
  condition: Prisma.Sql,
  graph: GraphKey,
  person: Person | null,
  limit: number,
): Promise<EpisodeText[]> {
  const found = await readRows(WAITING_SHAPE)`
    WITH next AS MATERIALIZED (
      SELECT project_uuid, message_uuid, uuid, source, content, source_description, created_at, utc_offset, seq, role, role_type FROM episodes
      WHERE ${inGraph(graph)} AND ${condition} ORDER BY seq LIMIT ${limit}
    )
    SELECT e.uuid, e.source::text, coalesce(e.content, m.content) AS content, e.source_description AS "sourceDescription",
      coalesce(m.role, e.role) AS role, coalesce(m.role_type, e.role_type)::text AS "roleType", e.created_at AS "saidAt", e.utc_offset AS "utcOffset",
      (SELECT time_zone FROM users WHERE ${inProject(graph)} AND uuid = ${graph.uuid}::uuid) AS "timeZone", earlier.turns AS before
    FROM next e LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('role', turn.role, 'roleType', turn.role_type, 'content', left(turn.content, 2000)) ORDER BY turn.position) AS turns
      FROM (
        SELECT * FROM messages p WHERE ${sameProject("p", "m")} AND p.user_uuid = m.user_uuid
          AND p.session_uuid = m.session_uuid AND p.position < m.position AND p.position >= m.position - ${TURNS_BEFORE}::int
      ) turn
    ) earlier ON TRUE
    ORDER BY e.seq`;
  return found.map((row) => toEpisodeText(row, person));
}

function toEpisodeText(row: WaitingRow, person: Person | null): EpisodeText {
  const { uuid, source, sourceDescription, saidAt } = row;
  const utcOffset = row.utcOffset ?? findOffset(row.timeZone, saidAt);
  const content = row.content ?? "";
  const before = (row.before ?? []).map((turn) => ({ content: turn.content, speaker: identifySpeaker(turn, person) }));
  const named = row.roleType === null && source === "message" ? /^\s*([^:\n]{1,60}):\s+([\s\S]+)$/.exec(content) : null;
  if (named) {
    const speaker = identifyNamed(named[1] ?? "", person);
    return { uuid, source, sourceDescription, saidAt, utcOffset, before, content: named[2] ?? "", speaker };
  }
  const speaker =
    row.roleType === null
      ? ({ kind: "person" } as const)
      : identifySpeaker({ role: row.role, roleType: row.roleType }, person);
  return { uuid, source, sourceDescription, saidAt, utcOffset, before, content, speaker };
}

/** How far a time zone (IANA) is from UTC at a time, in minutes; 0 for one that is not known. */
function findOffset(timeZone: string | null, at: Date): number {
  if (!timeZone) return 0;
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
    const [, sign, hours = "0", minutes = "0"] =
      /([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? [];
    return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  } catch {
    return 0;
  }
}

/** The original's own format names the speaker and their role: "Paul (user): …" is the person, whatever Paul is called. */
function identifyNamed(label: string, person: Person | null): Speaker {
  const { name, roleType } = /^(?<name>.*\S)\s*\((?<roleType>[a-z]+)\)$/i.exec(label)?.groups ?? {};
  if (roleType === undefined) return identifySpeaker({ role: label, roleType: "user" }, person);
  const isUser = /^(?:user|human|customer|client)$/i.test(roleType);
  return isUser ? { kind: "person" } : identifySpeaker({ role: name ?? null, roleType: "assistant" }, person);
}

/** What machines call themselves in the place of a name. */
const MACHINE =
  /^(ai|assistant|bot|chatbot|system|agent|support|model|gpt.*|claude.*|tool|function|user|human|customer|client)$/i;

/** Who speaks: a role is the speaker's display name (wire contract, 4.3), and without one a user's turn is the person's. */
function identifySpeaker(
  { role, roleType }: { role: string | null; roleType: string },
  person: Person | null,
): Speaker {
  const name = role?.trim() ?? "";
  const isPerson = person?.names.some((known) => known.toLowerCase() === name.toLowerCase()) ?? false;
  const nameless = name === "" || MACHINE.test(name);
  if (roleType === "user" || roleType === "norole") {
    return isPerson || nameless || name.toLowerCase() === person?.userId.toLowerCase()
      ? { kind: "person" }
      : { kind: "other", name };
  }
  if (roleType === "assistant" && !nameless && !isPerson) return { kind: "other", name };
  return { kind: "machine" };
}
