import { defineConsoleRead, parseQuery } from "#lib/console-read.ts";
import { listLearnedFacts } from "#lib/graph/view/facts/queries.ts";
import { learnedFactsSchema } from "#lib/graph/view/facts/schema.ts";

/** What was learned from a message: `?message=UUID`. */
export const GET = defineConsoleRead((request) => parseQuery(request, learnedFactsSchema), listLearnedFacts);
