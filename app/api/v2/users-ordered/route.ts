import { defineRoute } from "#lib/route.ts";
import { countUsers, listUserRecords } from "#lib/users/queries.ts";
import { NO_USER_FILTER } from "#lib/users/schema.ts";
import { readPageRequest } from "#lib/zep/common.ts";
import { listUsers, presentUser } from "#lib/zep/users.ts";

export const GET = defineRoute(listUsers, async ({ actor, query }) => {
  const filter = { ...NO_USER_FILTER, search: query.search ?? null };
  const direction = query.asc ? "asc" : "desc";
  const list = { ...readPageRequest(query), sort: query.order_by ?? "created", direction, filter } as const;
  const [users, total] = await Promise.all([listUserRecords(actor, list), countUsers(actor, filter)]);
  return { users: users.map(presentUser), total_count: total, row_count: users.length };
});
