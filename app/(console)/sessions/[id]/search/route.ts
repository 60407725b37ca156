import { defineConsoleRead, jsonBody, uuidParam } from "#lib/console-read.ts";
import { searchSession } from "#lib/messages/queries.ts";
import { searchSchema } from "#lib/messages/schema.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** Finds text in the transcript. The text comes in the body: what someone searches for does not belong in an address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const parse = async (asked: Request) => ({ ...(await jsonBody(asked, searchSchema)), session: uuidParam(id) });
  return defineConsoleRead(parse, searchSession)(request);
}
