import { loadNode } from "#app/(console)/users/[id]/graph/load.ts";
import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";

/** What is known of one node, with its facts. */
export const GET = defineConsoleRead(
  (_, { id, node }) => ({ user: parseUuidParam(id), node: parseUuidParam(node) }),
  loadNode,
);
