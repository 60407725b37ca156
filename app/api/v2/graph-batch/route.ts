import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { addBatch, toNewEpisode } from "#lib/zep/graph-data.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addBatch, async ({ actor, body, idempotencyKey }) => {
  const episodes = body.episodes.map((episode, index) =>
    toNewEpisode(episode, deriveUuid(idempotencyKey, `episode ${index}`)),
  );
  return (await addEpisodes(actor, body.owner, episodes)).map(presentEpisode);
});
