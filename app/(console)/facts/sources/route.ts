import { defineConsoleRead, parseQuery } from "#lib/console-read.ts";
import { listFactSources } from "#lib/graph/view/sources/queries.ts";
import { factSourcesSchema } from "#lib/graph/view/sources/schema.ts";

/** What a fact was drawn from: `?fact=UUID`. */
export const GET = defineConsoleRead((request) => parseQuery(request, factSourcesSchema), listFactSources);
