import { addEpisodes } from "#lib/graph/mutations.ts";
import { getEpisode } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { addData, newEpisode } from "#lib/zep/graph-data.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addData, async ({ actor, body, seed }) => {
  await addEpisodes(actor, body.owner, [newEpisode(body.episode, seed)]);
  return presentEpisode(await getEpisode(actor, seed));
});
