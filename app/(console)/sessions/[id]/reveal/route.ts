import { defineConsoleRead, parseJsonBody, parseUuidParam } from "#lib/console-read.ts";
import { revealMessage } from "#lib/messages/reveal.ts";
import { revealSchema } from "#lib/messages/schema.ts";

/** Shows what is masked in one message. It is recorded who looked, so that it is asked for and not linked to. */
export const POST = defineConsoleRead(
  async (request, { id }) => ({ ...(await parseJsonBody(request, revealSchema)), session: parseUuidParam(id) }),
  revealMessage,
);
