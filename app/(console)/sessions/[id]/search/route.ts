import { defineConsoleRead, parseJsonBody, parseUuidParam } from "#lib/console-read.ts";
import { searchSession } from "#lib/messages/queries.ts";
import { searchSchema } from "#lib/messages/schema.ts";

/** Finds text in the transcript. The text comes in the body: what someone searches for does not belong in an address. */
export const POST = defineConsoleRead(
  async (request, { id }) => ({ ...(await parseJsonBody(request, searchSchema)), session: parseUuidParam(id) }),
  searchSession,
);
