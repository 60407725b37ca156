import { defineConsoleRead, parseQuery } from "#lib/console-read.ts";
import { listLearned } from "#lib/facts/queries.ts";
import { learnedSchema } from "#lib/facts/schema.ts";

/** What was learned from a message: `?message=UUID`. */
export const GET = defineConsoleRead((request) => parseQuery(request, learnedSchema), listLearned);
