import { updateMessageMetadata } from "#lib/messages/mutations.ts";
import { defineRoute } from "#lib/route.ts";
import { presentThreadMessage, updateThreadMessage } from "#lib/zep/threads.ts";

export const PATCH = defineRoute(updateThreadMessage, async ({ actor, params, body }) =>
  presentThreadMessage(await updateMessageMetadata(actor, params.messageUuid, body.metadata)),
);
