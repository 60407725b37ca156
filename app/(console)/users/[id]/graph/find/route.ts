import { defineConsoleRead, parseJsonBody, parseUuidParam } from "#lib/console-read.ts";
import { findNodes } from "#lib/graph/view/picture/queries.ts";
import { findNodesSchema } from "#lib/graph/view/picture/schema.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** Finds nodes by name. The text comes in the body: a name does not belong in an address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const parseSearch = async (asked: Request) => ({
    ...(await parseJsonBody(asked, findNodesSchema)),
    user: parseUuidParam(id),
  });
  return defineConsoleRead(parseSearch, findNodes)(request);
}
