import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { derivedUuid } from "#lib/uuid.ts";
import { addBatch, newEpisode } from "#lib/zep/graph-data.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addBatch, async ({ actor, body, seed }) => {
  const episodes = body.episodes.map((episode, index) => newEpisode(episode, derivedUuid(seed, `episode ${index}`)));
  return (await addEpisodes(actor, body.owner, episodes)).map(presentEpisode);
});
