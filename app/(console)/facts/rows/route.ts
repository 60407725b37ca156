import { loadFacts } from "#app/(console)/facts/load.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, loadFacts);
