import { readRequestTotal } from "#app/(console)/requests/read.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, readRequestTotal);
