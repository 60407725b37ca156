import { listGroups as list } from "#lib/groups/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { readPageRequest } from "#lib/zep/common.ts";
import { listGroups, presentGroups } from "#lib/zep/groups.ts";

export const GET = defineRoute(listGroups, async ({ actor, query }) => {
  const { groups, total } = await list(actor, { ...readPageRequest(query), search: null });
  return presentGroups(groups, total);
});
