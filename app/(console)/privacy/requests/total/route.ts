import { loadRequestTotal } from "#app/(console)/privacy/requests/load.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, loadRequestTotal);
