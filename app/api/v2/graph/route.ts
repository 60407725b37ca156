import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { addData, newEpisode } from "#lib/zep/graph-data.ts";
import { presentFirst } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addData, async ({ actor, body, seed }) =>
  presentFirst(await addEpisodes(actor, body.owner, [newEpisode(body.episode, seed)])),
);
