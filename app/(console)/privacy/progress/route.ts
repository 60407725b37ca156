import { defineConsoleRead, parseQuery } from "#lib/console-read.ts";
import { findProgress } from "#lib/privacy/progress/queries.ts";
import { workSchema } from "#lib/privacy/progress/schema.ts";

/** How far work has come that the operator has asked for: `?work=UUID`. */
export const GET = defineConsoleRead((request) => parseQuery(request, workSchema), findProgress);
