import { defineConsoleRead, parseJsonBody } from "#lib/console-read.ts";
import { findSaid } from "#lib/messages/search/queries.ts";
import { findSaidSchema } from "#lib/messages/search/schema.ts";

/** What was said with these words, by anybody. The words come in the body: they do not belong in an address. */
export const POST = defineConsoleRead((request) => parseJsonBody(request, findSaidSchema), findSaid);
