import type { Tx } from "#lib/db/client.ts";
import { jsonInput } from "#lib/db/json.ts";
import type { GraphKey, NewEpisode } from "#lib/graph/schema.ts";

/**
 * Adds data to the end of a graph, in the order given. Data whose uuid is there already is left as it is.
 * Nothing is derived from an episode yet, so it is processed once it is stored.
 */
export async function appendEpisodes(tx: Tx, graph: GraphKey, episodes: NewEpisode[], sessionUuid?: string) {
  await tx.episode.createMany({
    skipDuplicates: true,
    data: episodes.map(({ metadata, ...episode }) => ({
      ...episode,
      metadata: metadata && jsonInput(metadata),
      projectUuid: graph.projectUuid,
      graphUuid: graph.uuid,
      sessionUuid,
      processedAt: new Date(),
    })),
  });
}
