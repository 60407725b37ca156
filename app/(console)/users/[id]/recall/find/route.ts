import { defineConsoleRead, parseJsonBody, parseUuidParam } from "#lib/console-read.ts";
import { explainRecall } from "#lib/memory/queries.ts";
import { recallSchema } from "#lib/memory/schema.ts";

/** What a question finds of a person. The question comes in the body: it does not belong in an address. */
export const POST = defineConsoleRead(
  async (request, { id }) => ({ ...(await parseJsonBody(request, recallSchema)), user: parseUuidParam(id) }),
  explainRecall,
);
