import { defineLinkAnswer } from "#lib/link-answer.ts";
import { receiveExport } from "#lib/privacy/exports/mutations.ts";
import { exportTokenSchema } from "#lib/privacy/exports/schema.ts";

/** The copy that a link leads to, once. */
export const POST = defineLinkAnswer("export", exportTokenSchema, receiveExport);
