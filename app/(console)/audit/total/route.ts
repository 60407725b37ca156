import { loadEventTotal } from "#app/(console)/audit/load.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, loadEventTotal);
