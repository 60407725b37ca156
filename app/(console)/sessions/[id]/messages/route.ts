import { defineConsoleRead, parseQuery, parseUuidParam } from "#lib/console-read.ts";
import { listMessages } from "#lib/messages/queries.ts";
import { windowSchema } from "#lib/messages/schema.ts";

/** A stretch of the transcript: `?window=3` is messages 300 to 399. */
export const GET = defineConsoleRead(
  (request, { id }) => ({ ...parseQuery(request, windowSchema), session: parseUuidParam(id) }),
  listMessages,
);
