import { loadNode } from "#app/(console)/users/[id]/graph/load.ts";
import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";

interface Context {
  params: Promise<{ id: string; node: string }>;
}

/** What is known of one node, with its facts. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id, node } = await params;
  return defineConsoleRead(() => ({ user: parseUuidParam(id), node: parseUuidParam(node) }), loadNode)(request);
}
