import { defineRoute } from "#lib/route.ts";
import { createUser } from "#lib/users/mutations.ts";
import { addUser, presentUser } from "#lib/zep/users.ts";

export const POST = defineRoute(addUser, async ({ actor, body, idempotencyKey }) =>
  presentUser(await createUser(actor, { ...body, uuid: idempotencyKey })),
);
