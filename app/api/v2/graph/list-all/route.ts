import { listGroups } from "#lib/groups/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { readPageRequest } from "#lib/zep/common.ts";
import { listGraphs, presentGraphs } from "#lib/zep/groups.ts";

export const GET = defineRoute(listGraphs, async ({ actor, query }) => {
  const place = readPageRequest(query);
  const { groups, total } = await listGroups(actor, { ...place, search: query.search ?? null });
  return presentGraphs(groups, total, place);
});
