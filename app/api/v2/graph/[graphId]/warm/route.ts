import { getGroup } from "#lib/groups/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { SUCCESS } from "#lib/zep/common.ts";
import { warmGraph } from "#lib/zep/groups.ts";

export const GET = defineRoute(warmGraph, async ({ actor, params }) => {
  await getGroup(actor, params.graphId);
  return SUCCESS;
});
