import { readEventTotal } from "#app/(console)/audit/read.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, readEventTotal);
