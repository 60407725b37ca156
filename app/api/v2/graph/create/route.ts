import { createGroup } from "#lib/groups/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { createGraph, presentGroup } from "#lib/zep/groups.ts";

export const POST = defineRoute(createGraph, async ({ actor, body, idempotencyKey }) =>
  presentGroup(await createGroup(actor, { ...body, uuid: idempotencyKey })),
);
