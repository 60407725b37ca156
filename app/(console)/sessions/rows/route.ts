import { readSessions } from "#app/(console)/sessions/read.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, readSessions);
