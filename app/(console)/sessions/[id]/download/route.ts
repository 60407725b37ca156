import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";
import { exportTranscript } from "#lib/messages/mutations.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** The whole conversation as a file. A POST, because it is written to the audit trail. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const answer = await defineConsoleRead(() => ({ session: parseUuidParam(id) }), exportTranscript)(request);
  if (answer.ok) answer.headers.set("content-disposition", `attachment; filename="session-${id}.json"`);
  return answer;
}
