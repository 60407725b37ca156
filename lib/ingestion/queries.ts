import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, NUMBER, nullable, type RowOf, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { graphOf, inGraph, inProject, sameGraph, sameProject } from "#lib/db/scope.ts";
import type { SentenceTrace } from "#lib/extraction/reader/terms.ts";
import { listWithheldEpisodes } from "#lib/graph/queries.ts";
import { EPISODES_PER_PAGE } from "#lib/ingestion/schema.ts";
import { BACKLOGS, findEpisodeOfMessage, findPerson } from "#lib/ingestion/waiting-episodes.ts";
import { readOntology } from "#lib/ontology/record.ts";
import { formatRelation, SAID } from "#lib/relations.ts";
import { maskSecrets } from "#lib/secrets.ts";

const INGESTION_STATE_SHAPE = { waiting: NUMBER, failed: NUMBER, processed: NUMBER, stale: NUMBER, unread: NUMBER };

/** How far memory is with what was said. */
export type IngestionState = RowOf<typeof INGESTION_STATE_SHAPE>;

/**
 * How many episodes of a person's graph wait, have failed, are done, and of these are still to be read by the reader of now or
 * are in a language that is not read.
 */
export async function getIngestionState(actor: Actor, userUuid: string): Promise<IngestionState> {
  authorize(actor, "graph:read");
  const [state] = await readRows(INGESTION_STATE_SHAPE)`
    SELECT count(*) FILTER (WHERE processed_at IS NULL AND failed_at IS NULL)::int AS waiting,
      count(*) FILTER (WHERE failed_at IS NOT NULL)::int AS "failed",
      count(*) FILTER (WHERE processed_at IS NOT NULL)::int AS processed,
      count(*) FILTER (WHERE ${BACKLOGS.stale})::int AS stale,
      count(*) FILTER (WHERE processed_at IS NOT NULL AND unread_language IS NOT NULL)::int AS unread
    FROM episodes WHERE ${inGraph(graphOf(actor, userUuid))}`;
  return state ?? { waiting: 0, failed: 0, processed: 0, stale: 0, unread: 0 };
}

export interface EpisodeState {
  uuid: string;
  source: string;
  begins: string;
  processed: boolean;
  failure: string | null;
  createdAt: Date;
  sessionUuid: string | null;
  messageUuid: string | null;
  /** How many facts rest on it. */
  facts: number;
  /** It is not to be remembered: it asks so, or a later one does. */
  withheld: boolean;
  /** The language of what was not read (ISO 639-1). */
  unreadLanguage: string | null;
}

const EPISODE_STATE_SHAPE: Shape<Omit<EpisodeState, "withheld">> = {
  uuid: TEXT,
  source: TEXT,
  begins: TEXT,
  processed: BOOLEAN,
  failure: nullable(TEXT),
  createdAt: TIME,
  sessionUuid: nullable(TEXT),
  messageUuid: nullable(TEXT),
  facts: NUMBER,
  unreadLanguage: nullable(TEXT),
};

/**
 * The episodes of a person's graph: failed and waiting ones first, then the latest, each with the number of its facts. Pages
 * are 1-based and hold EPISODES_PER_PAGE; past the end there are none.
 */
export async function listEpisodeStates(actor: Actor, userUuid: string, page: number): Promise<EpisodeState[]> {
  authorize(actor, "graph:read");
  const found = await readRows(EPISODE_STATE_SHAPE)`
    SELECT e.uuid, e.source::text, left(coalesce(e.content, m.content), 160) AS begins, e.processed_at IS NOT NULL AS processed,
      CASE WHEN e.failed_at IS NOT NULL THEN coalesce(e.failure, 'unknown') END AS failure, e.created_at AS "createdAt",
      e.session_uuid AS "sessionUuid", e.message_uuid AS "messageUuid", e.unread_language AS "unreadLanguage",
      (SELECT count(DISTINCT c.edge_uuid)::int FROM claims c WHERE ${sameGraph("c", "e")}
        AND c.episode_uuid = e.uuid AND c.name <> ${SAID}) AS facts
    FROM episodes e LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
    WHERE ${inGraph(graphOf(actor, userUuid), "e")}
    ORDER BY e.failed_at IS NULL, e.processed_at IS NOT NULL, e.seq DESC LIMIT ${EPISODES_PER_PAGE} OFFSET ${(page - 1) * EPISODES_PER_PAGE}`;
  const withheld = await listWithheldEpisodes(
    actor,
    userUuid,
    found.map(({ uuid }) => uuid),
  );
  return found.map((episode) => ({
    ...episode,
    begins: maskSecrets(episode.begins),
    withheld: withheld.has(episode.uuid),
  }));
}

/**
 * How a message is read by the rules of now, sentence by sentence, with its secrets masked and relations as people call them; nothing for a message that is no
 * episode of a person.
 */
export async function explainReading(actor: Actor, { message }: { message: string }): Promise<SentenceTrace[]> {
  authorize(actor, "transcripts:read");
  await viewPeople(db(), actor, { message }, "transcript");
  const [place] = await readRows({ graph: TEXT })`
    SELECT graph_uuid AS graph FROM episodes WHERE ${inProject(actor)} AND message_uuid = ${message}::uuid`;
  if (!place) return [];
  const graph = graphOf(actor, place.graph);
  const person = await findPerson(graph);
  const episode = await findEpisodeOfMessage(graph, person, message);
  if (!episode) return [];
  const { traceSpeech } = await import("#lib/extraction/reader/trace.ts");
  const setting = { person, ontology: await readOntology(db(), actor.projectUuid), known: { nodes: [], facts: [] } };
  return traceSpeech(episode, setting).map((sentence) => ({
    ...sentence,
    words: maskSecrets(sentence.words),
    facts: sentence.facts.map(maskSecrets),
    refused: sentence.refused.map(formatRelation),
  }));
}
