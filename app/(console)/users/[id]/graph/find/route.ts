import { defineConsoleRead, parseJsonBody, parseUuidParam } from "#lib/console-read.ts";
import { findNodes } from "#lib/graph/view/picture/queries.ts";
import { findNodesSchema } from "#lib/graph/view/picture/schema.ts";

/** Finds nodes by name. The text comes in the body: a name does not belong in an address. */
export const POST = defineConsoleRead(
  async (request, { id }) => ({ ...(await parseJsonBody(request, findNodesSchema)), user: parseUuidParam(id) }),
  findNodes,
);
