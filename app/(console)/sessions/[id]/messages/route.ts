import { defineConsoleRead, parseQuery, parseUuidParam } from "#lib/console-read.ts";
import { listMessages } from "#lib/messages/queries.ts";
import { windowSchema } from "#lib/messages/schema.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** A stretch of the transcript: `?window=3` is messages 300 to 399. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return defineConsoleRead(
    (asked) => ({ ...parseQuery(asked, windowSchema), session: parseUuidParam(id) }),
    listMessages,
  )(request);
}
