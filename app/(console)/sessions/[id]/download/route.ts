import { defineConsoleRead, parseUuidParam } from "#lib/console-read.ts";
import { exportTranscript } from "#lib/transfer/queries.ts";

/** The whole conversation as a file. A POST, because it is written to the audit trail. */
export const POST = defineConsoleRead(
  (_, { id }) => ({ session: parseUuidParam(id) }),
  exportTranscript,
  ({ session }) => `session-${session}.json`,
);
