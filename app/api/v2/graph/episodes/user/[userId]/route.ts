import { listEpisodes } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { DEFAULT_SIZE } from "#lib/zep/common.ts";
import { listUserEpisodes } from "#lib/zep/graph-lists.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(listUserEpisodes, async ({ actor, params, query }) => ({
  episodes: (await listEpisodes(actor, params, query.lastn ?? DEFAULT_SIZE)).map(presentEpisode),
}));
