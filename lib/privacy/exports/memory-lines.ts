import { listViewsOf } from "#lib/audit/views.ts";
import type { Tx } from "#lib/db/client.ts";
import { JSON_VALUE, listOf, NUMBER, nullable, objectOf, type RowOf, readRowsIn, TEXT, TIME } from "#lib/db/rows.ts";
import { inGraph, sameGraph, sameProject } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { sentencesSchema } from "#lib/graph/summary/schema.ts";
import { formatJson } from "#lib/json.ts";
import { readByUuid } from "#lib/read-by-uuid.ts";
import { SAID } from "#lib/relations.ts";
import { Prisma } from "#prisma/client/client.ts";

/** What is remembered of a person, in lines for them to read: an import takes none of it, since it is drawn again. */
export interface MemoryLine {
  uuid: string | null;
  line: string;
  /** The people beside the one whose memory it is that it is about. */
  others: string[];
  /** A known fact that holds now, in its own words. */
  current?: string;
}

/** So many rows are read at once. */
const READ_AT_ONCE = 1_000;

/** Whether a node is somebody else. */
const isOther = (alias: string) =>
  Prisma.sql`('Person' = ANY(${Prisma.raw(alias)}.labels) AND ${Prisma.raw(alias)}.uuid <> ${Prisma.raw(alias)}.graph_uuid)`;

/** Who and what is known of. */
export async function* readNodeLines(tx: Tx, graph: GraphKey): AsyncGenerator<MemoryLine> {
  const nodes = readByUuid(
    READ_AT_ONCE,
    (after) => readRowsIn(tx, NODE_SHAPE)`
      SELECT n.uuid, n.name, n.labels, n.summary, n.attributes, n.created_at AS "createdAt",
        CASE WHEN ${isOther("n")} THEN ARRAY[n.name] ELSE '{}' END AS others,
        ARRAY(SELECT k.key FROM node_names k WHERE ${sameGraph("k", "n")} AND k.node_uuid = n.uuid ORDER BY k.key) AS names
      FROM nodes n WHERE ${inGraph(graph, "n")} AND n.uuid > ${after}::uuid ORDER BY n.uuid LIMIT ${READ_AT_ONCE}`,
  );
  for await (const { uuid, name, labels, names, summary, attributes, createdAt, others } of nodes) {
    const node = { uuid, name, labels, known_as: names, summary, attributes, first_seen: createdAt };
    yield { uuid, line: formatJson(node), others };
  }
}

const NODE_SHAPE = {
  uuid: TEXT,
  name: TEXT,
  labels: listOf(TEXT),
  names: listOf(TEXT),
  summary: TEXT,
  attributes: JSON_VALUE,
  createdAt: TIME,
  others: listOf(TEXT),
};

/** What is believed, was believed, or was said, each with all that it was drawn from. */
export async function* readFactLines(tx: Tx, graph: GraphKey): AsyncGenerator<MemoryLine> {
  const facts = readByUuid(
    READ_AT_ONCE,
    (after) => readRowsIn(tx, FACT_SHAPE)`
      SELECT e.uuid, e.name, e.fact, s.name AS source, t.name AS target, e.attributes, e.valid_at AS "validAt",
        e.invalid_at AS "invalidAt", e.created_at AS "createdAt", e.expired_at AS "expiredAt", e.superseded_by AS "supersededBy",
        e.confidence, e.extractor::text,
        array_remove(ARRAY[CASE WHEN ${isOther("s")} THEN s.name END, CASE WHEN ${isOther("t")} THEN t.name END], NULL) AS others,
        (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('uuid', p.uuid, 'kind', p.source, 'session', c.session_id,
            'at', p.created_at)), '[]')
          FROM claims l JOIN episodes p ON ${sameGraph("p", "l")} AND p.uuid = l.episode_uuid
          LEFT JOIN sessions c ON ${sameProject("c", "p")} AND c.uuid = p.session_uuid
          WHERE ${sameGraph("l", "e")} AND l.edge_uuid = e.uuid) AS "drawnFrom"
      FROM edges e
      JOIN nodes s ON ${sameGraph("s", "e")} AND s.uuid = e.source_uuid
      JOIN nodes t ON ${sameGraph("t", "e")} AND t.uuid = e.target_uuid
      WHERE ${inGraph(graph, "e")} AND e.uuid > ${after}::uuid ORDER BY e.uuid LIMIT ${READ_AT_ONCE}`,
  );
  for await (const { others, ...fact } of facts) {
    const line = { uuid: fact.uuid, line: formatJson(nameFact(fact)), others };
    yield holdsNow(fact) ? { ...line, current: fact.fact } : line;
  }
}

const FACT_SHAPE = {
  uuid: TEXT,
  name: TEXT,
  fact: TEXT,
  source: TEXT,
  target: TEXT,
  attributes: JSON_VALUE,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  createdAt: TIME,
  expiredAt: nullable(TIME),
  supersededBy: nullable(TEXT),
  confidence: NUMBER,
  extractor: TEXT,
  drawnFrom: listOf(objectOf({ uuid: TEXT, kind: TEXT, session: nullable(TEXT), at: TEXT })),
  others: listOf(TEXT),
};

type ExportedFact = Omit<RowOf<typeof FACT_SHAPE>, "others">;

function holdsNow({ name, validAt, invalidAt }: ExportedFact): boolean {
  const now = new Date();
  return name !== SAID && (validAt === null || validAt <= now) && (invalidAt === null || invalidAt > now);
}

/** A fact in the names it is exported with. Times of the world and of belief are told apart. */
function nameFact({
  uuid,
  name,
  fact,
  source,
  target,
  attributes,
  drawnFrom,
  confidence,
  extractor,
  ...times
}: ExportedFact) {
  const kind = name === SAID ? "said" : "known";
  const of = { uuid, kind, relation: name, source, target, fact, attributes };
  const { validAt, invalidAt, createdAt, expiredAt, supersededBy } = times;
  return {
    ...of,
    holds_from: validAt,
    holds_until: invalidAt,
    believed_from: createdAt,
    believed_until: expiredAt,
    ended_by: supersededBy,
    confidence,
    read_by: extractor,
    drawn_from: drawnFrom,
  };
}

/** Every version of the summary, the latest last. */
export async function* readSummaryLines(tx: Tx, graph: GraphKey): AsyncGenerator<MemoryLine> {
  const versions = await readRowsIn(tx, { version: NUMBER, sentences: JSON_VALUE, createdAt: TIME })`
    SELECT version, sentences, created_at AS "createdAt" FROM summaries WHERE ${inGraph(graph)} ORDER BY version`;
  for (const { version, sentences, createdAt } of versions) {
    const written = sentencesSchema.parse(sentences);
    yield { uuid: null, line: formatJson({ version, written_at: createdAt, sentences: written }), others: [] };
  }
}

/** The episodes that name somebody else, with the names. */
export async function listPeopleNamed(tx: Tx, graph: GraphKey): Promise<Map<string, string[]>> {
  const named = await readRowsIn(tx, { uuid: TEXT, names: listOf(TEXT) })`
    SELECT m.episode_uuid AS uuid, array_agg(DISTINCT n.name ORDER BY n.name) AS names
    FROM node_episodes m JOIN nodes n ON ${sameGraph("n", "m")} AND n.uuid = m.node_uuid
    WHERE ${inGraph(graph, "m")} AND ${isOther("n")} GROUP BY m.episode_uuid`;
  return new Map(named.map(({ uuid, names }) => [uuid, names]));
}

const MOST_VIEWS = 100_000;

/** Who has looked at what of the person, and when: by role, since names are other people's. */
export async function* readViewLines(tx: Tx, graph: GraphKey): AsyncGenerator<MemoryLine> {
  for (const { role, view, at } of await listViewsOf(tx, graph, graph.uuid, MOST_VIEWS))
    yield { uuid: null, line: formatJson({ role, looked_at: view, at }), others: [] };
}
