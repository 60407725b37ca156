import { readSessions } from "#app/(console)/sessions/read.ts";
import { defineConsoleRead } from "#lib/route.ts";

export const GET = defineConsoleRead((request) => request, readSessions);
