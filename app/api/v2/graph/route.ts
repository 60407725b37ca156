import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { addData, toNewEpisode } from "#lib/zep/graph-data.ts";
import { presentFirst } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(addData, async ({ actor, body, idempotencyKey }) =>
  presentFirst(await addEpisodes(actor, body.owner, [toNewEpisode(body.episode, idempotencyKey)])),
);
