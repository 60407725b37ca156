import { readFactTotal } from "#app/(console)/facts/read.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, readFactTotal);
