import { listNodeEpisodes as listEpisodes } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { listNodeEpisodes } from "#lib/zep/graph-items.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(listNodeEpisodes, async ({ actor, params }) => ({
  episodes: (await listEpisodes(actor, params.nodeUuid)).map(presentEpisode),
}));
