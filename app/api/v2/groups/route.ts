import { createGroup } from "#lib/groups/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { addGroup, presentGroup } from "#lib/zep/groups.ts";

export const POST = defineRoute(addGroup, async ({ actor, body, seed }) =>
  presentGroup(await createGroup(actor, { ...body, uuid: seed })),
);
