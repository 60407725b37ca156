import { BOOLEAN, NUMBER, type RowOf, type RowReader, TEXT, TIME } from "#lib/db/rows.ts";
import { inGraph, inProject, sameGraph, sameProject } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { formatUuid } from "#lib/graph/search/hits.ts";
import type { Period } from "#lib/graph/search/period.ts";
import type { SpeakerName } from "#lib/graph/search/question.ts";
import { AROUND_WEIGHTS, FIRST_AROUND, LAST_AROUND, type Place } from "#lib/graph/search/turn-field.ts";
import { Prisma } from "#prisma/client/client.ts";

const PLACE_SHAPE = { session: TEXT, place: NUMBER };
/** The place of an episode `e`; what is in no conversation is one by itself. */
const PLACE = Prisma.sql`replace(coalesce(e.session_uuid, e.uuid)::text, '-', '') AS session, coalesce(e.place, 0) AS place`;

/** The turns that these facts rest on. */
export function findFactPlaces(read: RowReader, graph: GraphKey, facts: readonly string[]) {
  return read({ ...PLACE_SHAPE, fact: TEXT })`
    SELECT ${PLACE}, c.edge_uuid AS fact
    FROM claims c JOIN episodes e ON ${sameGraph("e", "c")} AND e.uuid = c.episode_uuid
    WHERE ${inGraph(graph, "c")} AND c.edge_uuid = ANY(${facts}::uuid[])`;
}

/** The turns of a time, those that something is kept of first, then the latest. */
export async function findTurnsInTime(
  read: RowReader,
  graph: GraphKey,
  period: Period | null,
  limit: number,
): Promise<Place[]> {
  if (period?.kind !== "range") return [];
  const { from, until } = period;
  return read(PLACE_SHAPE)`
    SELECT ${PLACE} FROM episodes e
    WHERE ${inGraph(graph, "e")} AND e.created_at >= coalesce(${from}::timestamptz, '-infinity')
      AND e.created_at < coalesce(${until}::timestamptz, 'infinity')
    ORDER BY EXISTS (SELECT FROM claims c WHERE ${sameGraph("c", "e")} AND c.episode_uuid = e.uuid) DESC, e.created_at DESC
    LIMIT ${limit}`;
}

const DETAIL_SHAPE = {
  index: NUMBER,
  uuid: TEXT,
  at: TIME,
  words: NUMBER,
  aroundWords: NUMBER,
  isSpeaker: BOOLEAN,
  isKept: BOOLEAN,
  dated: BOOLEAN,
};

/** A turn as it is stored: `aroundWords` are those of the turn and its neighbours by their weights; of what is kept, facts or quotations rest on it. */
export type TurnDetail = RowOf<typeof DETAIL_SHAPE>;

/** The turns at these places, as far as there are any, each with the index of its place in the list. */
export function readTurnDetails(
  read: RowReader,
  graph: GraphKey,
  places: readonly Place[],
  speaker: SpeakerName | null,
): Promise<TurnDetail[]> {
  const isSpeaker = Prisma.sql`(coalesce(m.role = ${speaker?.name ?? null}, FALSE)
    OR (${speaker?.isPerson ?? false} AND m.role IS NULL AND coalesce(m.role_type = 'user', FALSE)))`;
  const [sessions, numbers] = [places.map(({ session }) => formatUuid(session)), places.map(({ place }) => place)];
  return read(DETAIL_SHAPE)`
    SELECT (asked.index - 1)::int AS index, e.uuid, e.words, e.dated, e.created_at AS at, ${isSpeaker} AS "isSpeaker",
      coalesce(near.words, e.words * ${AROUND_WEIGHTS.reduce((sum, weight) => sum + weight, 0)}::float8) AS "aroundWords",
      EXISTS (SELECT FROM claims c WHERE ${sameGraph("c", "e")} AND c.episode_uuid = e.uuid) AS "isKept"
    FROM unnest(${sessions}::uuid[], ${numbers}::int[]) WITH ORDINALITY AS asked (session_uuid, place, index)
      JOIN LATERAL (
        SELECT * FROM episodes t WHERE ${inProject(graph, "t")} AND t.session_uuid = asked.session_uuid AND t.place = asked.place
        UNION ALL
        SELECT * FROM episodes t WHERE ${inGraph(graph, "t")} AND t.uuid = asked.session_uuid AND t.place IS NULL AND asked.place = 0
      ) e ON ${inGraph(graph, "e")}
      LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
      LEFT JOIN LATERAL (
        SELECT sum(n.words * (${AROUND_WEIGHTS}::float8[])[n.place - e.place + ${1 - FIRST_AROUND}])::float8 AS words
        FROM episodes n WHERE ${sameProject("n", "e")} AND n.session_uuid = e.session_uuid
          AND n.place BETWEEN e.place + ${FIRST_AROUND} AND e.place + ${LAST_AROUND}
      ) near ON TRUE`;
}
