import { defineConsoleRead, parseQuery } from "#lib/console-read.ts";
import { explainReading } from "#lib/ingestion/queries.ts";
import { readingSchema } from "#lib/ingestion/schema.ts";

/** How a message was read: `?message=UUID`. */
export const GET = defineConsoleRead((request) => parseQuery(request, readingSchema), explainReading);
