import type { Tx } from "#lib/db/client.ts";
import { inGraph, ofGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { withdrawReadings } from "#lib/graph/write/store-readings.ts";

/**
 * Gives episodes other words: what had been drawn from the old ones goes at once, and the new ones are read in their turn. A
 * message's own words are changed where they stand. Corrections and retractions of what was drawn stay.
 */
export async function rewordEpisodes(
  tx: Tx,
  graph: LockedGraph,
  reworded: { uuid: string; words: string }[],
): Promise<void> {
  if (reworded.length === 0) return;
  await withdrawReadings(
    tx,
    graph,
    reworded.map(({ uuid }) => uuid),
  );
  await tx.$executeRaw`
    UPDATE episodes e SET content = CASE WHEN e.content IS NULL THEN NULL ELSE new.words END, terms = lethe_terms(new.words),
      words = lethe_words(lethe_terms(new.words)), dated = lethe_names_time(new.words),
      processed_at = NULL, failed_at = NULL, failure = NULL
    FROM jsonb_to_recordset(${JSON.stringify(reworded)}::jsonb) AS new (uuid uuid, words text)
    WHERE ${inGraph(graph, "e")} AND e.uuid = new.uuid`;
  await tx.embedding.deleteMany({
    where: { ...ofGraph(graph), kind: "episode", uuid: { in: reworded.map(({ uuid }) => uuid) } },
  });
}

/** Has episodes read again in their turn; what had been drawn from them goes at once. */
export async function unreadEpisodes(tx: Tx, graph: LockedGraph, episodes: string[]): Promise<void> {
  if (episodes.length === 0) return;
  await withdrawReadings(tx, graph, episodes);
  await tx.episode.updateMany({
    where: { ...ofGraph(graph), uuid: { in: episodes }, source: { in: ["message", "text", "json"] } },
    data: { processedAt: null, failedAt: null, failure: null },
  });
}
