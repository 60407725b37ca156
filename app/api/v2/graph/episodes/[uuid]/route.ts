import { updateEpisodeMetadata } from "#lib/graph/edit/mutations.ts";
import { getEpisode as findEpisode } from "#lib/graph/queries.ts";
import { eraseEpisode } from "#lib/privacy/erasure/parts.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { deleteEpisode, getEpisode, updateEpisode } from "#lib/zep/graph-items.ts";
import { presentEpisode } from "#lib/zep/graph-shapes.ts";

export const GET = defineRoute(getEpisode, async ({ actor, params }) =>
  presentEpisode(await findEpisode(actor, params.uuid)),
);

export const PATCH = defineRoute(updateEpisode, async ({ actor, params, body }) =>
  presentEpisode(await updateEpisodeMetadata(actor, params.uuid, body.metadata)),
);

export const DELETE = defineRoute(deleteEpisode, async ({ actor, params }) => {
  await eraseEpisode(actor, params.uuid);
  return SUCCESS;
});
