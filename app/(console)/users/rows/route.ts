import { readUsers } from "#app/(console)/users/read.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, readUsers);
