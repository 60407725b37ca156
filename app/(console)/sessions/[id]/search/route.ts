import { searchSession } from "#lib/messages/queries.ts";
import { searchSchema } from "#lib/messages/schema.ts";
import { defineConsoleRead, jsonBody } from "#lib/route.ts";

/** Finds text in the transcript. The text comes in the body: what someone searches for does not belong in an address. */
export const POST = defineConsoleRead((request) => jsonBody(request, searchSchema), searchSession);
