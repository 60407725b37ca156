import { defineRoute } from "#lib/route.ts";
import { countUsers, listUserRecords } from "#lib/users/queries.ts";
import { listUsers, presentUsers, toUserList } from "#lib/zep/users.ts";

export const GET = defineRoute(listUsers, async ({ actor, query }) => {
  const list = toUserList(query);
  const [users, total] = await Promise.all([listUserRecords(actor, list), countUsers(actor, list.filter)]);
  return presentUsers(users, total);
});
