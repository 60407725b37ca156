import { readEventTotal } from "#app/(console)/audit/read.ts";
import { defineConsoleRead } from "#lib/route.ts";

export const GET = defineConsoleRead((request) => request, readEventTotal);
