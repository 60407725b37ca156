import { listSessionEpisodes } from "#lib/graph/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getSessionRecord } from "#lib/sessions/queries.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";
import { listThreadEpisodes } from "#lib/zep/threads.ts";

export const GET = defineRoute(listThreadEpisodes, async ({ actor, params }) => {
  const session = await getSessionRecord(actor, params.threadId);
  return { episodes: (await listSessionEpisodes(actor, session)).map(presentEpisode) };
});
