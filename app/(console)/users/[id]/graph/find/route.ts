import { defineConsoleRead, jsonBody, uuidParam } from "#lib/console-read.ts";
import { findNodes } from "#lib/graph/view/picture/queries.ts";
import { findNodesSchema } from "#lib/graph/view/picture/schema.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** Finds nodes by name. The text comes in the body: a name does not belong in an address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const parse = async (asked: Request) => ({ ...(await jsonBody(asked, findNodesSchema)), user: uuidParam(id) });
  return defineConsoleRead(parse, findNodes)(request);
}
