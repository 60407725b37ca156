import { defineConsoleRead, parseJsonBody, parseUuidParam } from "#lib/console-read.ts";
import { searchSession } from "#lib/messages/queries.ts";
import { searchSchema } from "#lib/messages/schema.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** Finds text in the transcript. The text comes in the body: what someone searches for does not belong in an address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const parseSearch = async (asked: Request) => ({
    ...(await parseJsonBody(asked, searchSchema)),
    session: parseUuidParam(id),
  });
  return defineConsoleRead(parseSearch, searchSession)(request);
}
