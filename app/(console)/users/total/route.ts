import { loadUserTotal } from "#app/(console)/users/load.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, loadUserTotal);
