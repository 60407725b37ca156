import { createGroup } from "#lib/groups/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { createGraph, presentGroup } from "#lib/zep/groups.ts";

export const POST = defineRoute(createGraph, async ({ actor, body, seed }) =>
  presentGroup(await createGroup(actor, { ...body, uuid: seed })),
);
