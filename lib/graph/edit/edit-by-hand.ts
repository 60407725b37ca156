import type { Tx } from "#lib/db/client.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { rebuildFacts } from "#lib/graph/write/rebuild-facts.ts";
import { generateUuid } from "#lib/uuid.ts";

/**
 * An edit by hand is an episode of its own: its claims belong to it and are removed with it. The episode's text does not
 * repeat the fact. If all claims came from one conversation, the edit belongs to that conversation and is removed with it.
 * @returns the uuid of the edit's episode.
 */
export async function editByHand(
  tx: Tx,
  graph: LockedGraph,
  session: string | undefined,
  content: string,
  edit: (episodeUuid: string) => Promise<string[]>,
): Promise<string> {
  const uuid = generateUuid();
  const episode = { uuid, source: "correction" as const, content, sourceDescription: "edited by hand" };
  await appendEpisodes(tx, graph, [{ ...episode, createdAt: new Date() }], session);
  await refreshSummary(tx, graph, await rebuildFacts(tx, graph, await edit(uuid)));
  return uuid;
}
