import { defineLinkAnswer } from "#lib/link-answer.ts";
import { confirmRequestSchema } from "#lib/privacy/requests/schema.ts";
import { confirmRequest } from "#lib/privacy/requests/verify.ts";

/** The code that a person was given, from behind the link that they were given. */
export const POST = defineLinkAnswer("request", confirmRequestSchema, confirmRequest);
