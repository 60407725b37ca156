import { loadGraph } from "#app/(console)/users/[id]/graph/load.ts";
import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** The part of a person's graph that the query asks for. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return defineConsoleRead(
    (asked) => asked,
    (actor, asked) => loadGraph(actor, parseUuidParam(id), asked),
  )(request);
}
