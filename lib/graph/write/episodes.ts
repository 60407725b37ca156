import type { Tx } from "#lib/db/client.ts";
import type { GraphKey, NewEpisode } from "#lib/graph/schema.ts";

/** Nothing is drawn from what was put into the graph by hand: it is done as soon as it is stored. */
const BY_HAND: readonly NewEpisode["source"][] = ["fact_triple", "correction"];

/** Adds data to the end of a graph, in the order given. Data whose uuid is there already is left as it is. @returns how much was new. */
export async function appendEpisodes(
  tx: Tx,
  graph: GraphKey,
  episodes: NewEpisode[],
  sessionUuid?: string,
): Promise<number> {
  const incoming = episodes.map((episode, place) => ({
    ...episode,
    place,
    metadata: episode.metadata ?? {},
    utcOffset: episode.utcOffset ?? null,
    processedAt: BY_HAND.includes(episode.source) ? new Date() : null,
  }));
  return tx.$executeRaw`
    INSERT INTO episodes (project_uuid, graph_uuid, uuid, source, content, source_description, metadata, session_uuid, created_at, utc_offset, processed_at,
      dated, terms, words)
    SELECT ${graph.projectUuid}::uuid, ${graph.uuid}::uuid, uuid, source, content, "sourceDescription", metadata,
      ${sessionUuid ?? null}::uuid, "createdAt", "utcOffset", "processedAt",
      lethe_names_time(content), terms, lethe_words(terms)
    FROM jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb) AS e (place int, uuid uuid, source episode_source, content text,
      "sourceDescription" text, metadata jsonb, "createdAt" timestamptz, "utcOffset" smallint, "processedAt" timestamptz),
      lethe_terms(content) AS terms
    ORDER BY place ON CONFLICT DO NOTHING`;
}
