import { listGroups } from "#lib/groups/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { readPageRequest } from "#lib/zep/common.ts";
import { listGraphs, presentGroup } from "#lib/zep/groups.ts";

export const GET = defineRoute(listGraphs, async ({ actor, query }) => {
  const place = readPageRequest(query);
  const { groups, total } = await listGroups(actor, { ...place, search: query.search ?? null });
  return {
    graphs: groups.map(presentGroup),
    total_count: total,
    row_count: groups.length,
    page_number: place.page,
    page_size: place.size,
  };
});
