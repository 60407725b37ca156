import { z } from "zod";
import { JsonError, parseJson } from "#lib/json.ts";
import { MAX_MESSAGE_LENGTH, roleTypeSchema } from "#lib/messages/schema.ts";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { canHaveHappened, IN_THE_FUTURE, metadataSchema, nullableTextSchema, textSchema } from "#lib/validation.ts";

const time = z.iso
  .datetime({ offset: true, message: "Must be a time such as 2024-05-01T09:30:00Z." })
  .transform((value) => new Date(value))
  .refine(
    (date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999,
    "Must lie between the years 1 and 9999.",
  )
  .refine(canHaveHappened, IN_THE_FUTURE);

const metadata = metadataSchema.nullish().transform((value) => value ?? {});

const userRecord = z.object({
  type: z.literal("user"),
  user_id: userIdSchema,
  email: nullableTextSchema(320).optional(),
  first_name: nullableTextSchema(200).optional(),
  last_name: nullableTextSchema(200).optional(),
  metadata,
  created_at: time.nullish(),
});

const sessionRecord = z.object({
  type: z.literal("session"),
  session_id: sessionIdSchema,
  user_id: userIdSchema,
  metadata,
  created_at: time.nullish(),
});

const messageRecord = z.object({
  type: z.literal("message"),
  session_id: sessionIdSchema,
  uuid: z.uuid("Must be a UUID.").toLowerCase().nullish(),
  role: textSchema(200).nullish(),
  role_type: roleTypeSchema,
  content: textSchema(MAX_MESSAGE_LENGTH),
  metadata,
  token_count: z.number().int().min(0).max(2_147_483_647).nullish(),
  created_at: time.nullish(),
});

/** One line of an import file, in the wire contract's names (2.7). Unknown keys are ignored. */
const recordSchema = z.discriminatedUnion("type", [userRecord, sessionRecord, messageRecord], {
  error: 'Must have a "type" of user, session or message.',
});

export type ImportRecord = z.infer<typeof recordSchema>;
export type UserRecord = z.infer<typeof userRecord>;
export type SessionRecord = z.infer<typeof sessionRecord>;
export type MessageRecord = z.infer<typeof messageRecord>;

/** Reads one line. @returns the record, or why it is none. */
export function parseLine(line: string): { record: ImportRecord } | { reason: string } {
  let json: unknown;
  try {
    json = parseJson(line);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { reason: error.message };
  }
  const parsed = recordSchema.safeParse(json);
  if (parsed.success) return { record: parsed.data };
  const reasons = parsed.error.issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "));
  return { reason: reasons.join("; ") };
}
