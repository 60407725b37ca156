import { z } from "zod";
import type { FiledRequest } from "#lib/privacy/requests/file.ts";
import { fileRequestSchema } from "#lib/privacy/requests/schema.ts";
import { LAWS, REQUEST_TYPES } from "#lib/privacy/requests/terms.ts";
import { parse } from "#lib/validation.ts";
import { defineOperation, formatTime, optionalSchema, optionalTextSchema, optionalTime } from "#lib/zep/common.ts";

/** What our own API below `/api/privacy` takes and answers; no published client knows it. */
const body = z.object({
  type: z.enum(REQUEST_TYPES),
  law: z.enum(LAWS),
  /** A user id or an e-mail address. */
  identifier: z.string(),
  contact: optionalTextSchema(500),
  /** The same reference is filed once, however often it is sent. */
  reference: optionalTextSchema(200),
  received_at: optionalTime,
  keep_out: optionalSchema(z.boolean()),
});

export const fileRequestOperation = defineOperation({
  id: "privacy.fileRequest",
  needs: ["requests:file"],
  method: "POST",
  path: "/privacy/requests",
  summary: "Files a privacy request",
  status: 201,
  body,
  answer: z.object({ uuid: z.string(), number: z.number(), state: z.literal("received"), answer_by: z.string() }),
});

/** In our own names. @throws AppError `invalid`. */
export function toFiledRequest({ contact, reference, received_at, keep_out, ...rest }: z.infer<typeof body>) {
  return parse(fileRequestSchema, {
    ...rest,
    channel: "api",
    contact: contact ?? "",
    externalRef: reference ?? "",
    receivedAt: received_at?.toISOString() ?? "",
    keepsOut: keep_out ?? true,
  });
}

/** The same whether anybody is known by what was named, or not: the answer tells nobody who is here. */
export function presentFiled({ request, number, answerBy }: FiledRequest) {
  return { uuid: request, number, state: "received" as const, answer_by: formatTime(answerBy) };
}
