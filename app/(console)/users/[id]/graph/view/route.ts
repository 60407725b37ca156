import { loadGraph } from "#app/(console)/users/[id]/graph/load.ts";
import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";

/** The part of a person's graph that the query asks for. */
export const GET = defineConsoleRead(
  (request, { id }) => ({ request, user: parseUuidParam(id) }),
  (actor, { request, user }) => loadGraph(actor, user, request),
);
