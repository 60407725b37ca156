import { createGroup } from "#lib/groups/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { addGroup, presentGroup } from "#lib/zep/groups.ts";

export const POST = defineRoute(addGroup, async ({ actor, body, idempotencyKey }) =>
  presentGroup(await createGroup(actor, { ...body, uuid: idempotencyKey })),
);
