import { loadSessionTotal } from "#app/(console)/sessions/load.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, loadSessionTotal);
