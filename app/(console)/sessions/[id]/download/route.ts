import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";
import { exportTranscript } from "#lib/messages/mutations.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** The whole conversation as a file. A POST, because it is written to the audit trail. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return defineConsoleRead(() => ({ session: parseUuidParam(id) }), exportTranscript, `session-${id}.json`)(request);
}
