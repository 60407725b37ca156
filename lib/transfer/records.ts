import { z } from "zod";
import { DATA_SOURCES, MAX_EPISODE_LENGTH, MAX_SOURCE_DESCRIPTION } from "#lib/graph/schema.ts";
import { formatJson, isJson, JsonError, parseJson } from "#lib/json.ts";
import { MAX_MESSAGE_LENGTH, roleTypeSchema } from "#lib/messages/schema.ts";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import {
  type EditRecord,
  type EndRecord,
  editRecord,
  endRecord,
  type NodeRecord,
  nameEditFields,
  nodeRecord,
} from "#lib/transfer/edit-records.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { canHaveHappened, IN_THE_FUTURE, metadataSchema, nullableTextSchema, textSchema } from "#lib/validation.ts";

/**
 * The lines of an import or export file: JSON objects in the wire contract's names (2.7). Nothing but this file knows how
 * a line is written.
 */
const time = z.iso
  .datetime({ offset: true, message: "Must be a time such as 2024-05-01T09:30:00Z." })
  .transform((value) => new Date(value))
  .refine(
    (date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999,
    "Must lie between the years 1 and 9999.",
  )
  .refine(canHaveHappened, IN_THE_FUTURE);

const optionalTime = time.nullish().transform((value) => value ?? undefined);
const metadata = metadataSchema.nullish().transform((value) => value ?? {});
const optionalText = (max: number) =>
  nullableTextSchema(max)
    .optional()
    .transform((value) => value ?? null);

const optionalUuid = z
  .uuid("Must be a UUID.")
  .toLowerCase()
  .nullish()
  .transform((value) => value ?? undefined);

const userRecord = z
  .object({
    type: z.literal("user"),
    user_id: userIdSchema,
    email: optionalText(320),
    first_name: optionalText(200),
    last_name: optionalText(200),
    metadata,
    fact_rating_instruction: metadataSchema.nullish(),
    time_zone: optionalText(100),
    disable_default_ontology: z.boolean().nullish(),
    created_at: optionalTime,
  })
  .transform(({ user_id, first_name, last_name, created_at, ...rest }) => {
    const { fact_rating_instruction, time_zone, disable_default_ontology, ...own } = rest;
    return {
      ...own,
      userId: user_id,
      firstName: first_name,
      lastName: last_name,
      ...(fact_rating_instruction ? { factRatingInstruction: fact_rating_instruction } : {}),
      ...(time_zone ? { timeZone: time_zone } : {}),
      ...(disable_default_ontology ? { disableDefaultOntology: true } : {}),
      createdAt: created_at,
    };
  });

const sessionRecord = z
  .object({
    type: z.literal("session"),
    session_id: sessionIdSchema,
    user_id: userIdSchema,
    metadata,
    fact_rating_instruction: metadataSchema.nullish(),
    created_at: optionalTime,
  })
  .transform(({ session_id, user_id, created_at, fact_rating_instruction, ...rest }) => ({
    ...rest,
    sessionId: session_id,
    userId: user_id,
    ...(fact_rating_instruction ? { factRatingInstruction: fact_rating_instruction } : {}),
    createdAt: created_at,
  }));

const messageRecord = z
  .object({
    type: z.literal("message"),
    session_id: sessionIdSchema,
    uuid: optionalUuid,
    role: textSchema(200)
      .nullish()
      .transform((value) => value ?? null),
    // An empty role type means none (wire contract, 4.3).
    role_type: z
      .string()
      .transform((value) => value || "norole")
      .pipe(roleTypeSchema),
    content: textSchema(MAX_MESSAGE_LENGTH),
    metadata,
    token_count: z
      .number()
      .int()
      .min(0)
      .max(2_147_483_647)
      .nullish()
      .transform((value) => value ?? null),
    created_at: optionalTime,
  })
  .transform(({ session_id, role_type, token_count, created_at, ...rest }) => ({
    ...rest,
    sessionId: session_id,
    roleType: role_type,
    tokenCount: token_count,
    createdAt: created_at,
  }));

const episodeRecord = z
  .object({
    type: z.literal("episode"),
    user_id: userIdSchema,
    uuid: optionalUuid,
    source: z.enum(DATA_SOURCES, `Must be one of ${DATA_SOURCES.join(", ")}.`),
    source_description: optionalText(MAX_SOURCE_DESCRIPTION),
    content: textSchema(MAX_EPISODE_LENGTH),
    metadata,
    created_at: optionalTime,
  })
  .refine(({ source, content }) => source !== "json" || isJson(content), {
    path: ["content"],
    error: "Is not valid JSON, though its source says so.",
  })
  .transform(({ user_id, source_description, created_at, ...rest }) => ({
    ...rest,
    userId: user_id,
    sourceDescription: source_description,
    createdAt: created_at,
  }));

/** Unknown keys are ignored. */
const recordSchema = z.discriminatedUnion(
  "type",
  [userRecord, sessionRecord, messageRecord, episodeRecord, editRecord, nodeRecord, endRecord],
  { error: 'Must have a "type" of user, session, message, episode, edit, node or session_end.' },
);

export type ImportRecord = z.infer<typeof recordSchema>;
export type UserRecord = z.infer<typeof userRecord>;
export type SessionRecord = z.infer<typeof sessionRecord>;
export type MessageRecord = z.infer<typeof messageRecord>;
export type EpisodeRecord = z.infer<typeof episodeRecord>;

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

/** What is written may come from the database, where metadata is any JSON. */
type Written<Record> = Omit<Record, "metadata"> & { metadata: unknown };
/** What the sample and older files do not say stays away. */
type WrittenUser = Omit<Written<UserRecord>, Settings> & { [Name in Settings]?: unknown };
type WrittenSession = Omit<Written<SessionRecord>, Settings> & { factRatingInstruction?: unknown };
type Settings = "factRatingInstruction" | "timeZone" | "disableDefaultOntology";
type WrittenMessage = Omit<Written<MessageRecord>, "type" | "sessionId">;

/** Writes one line, which `parseLine` reads again. */
export function writeRecord(
  record:
    | WrittenUser
    | WrittenSession
    | Written<MessageRecord>
    | Written<EpisodeRecord>
    | EditRecord
    | NodeRecord
    | EndRecord,
): string {
  return formatJson({ type: record.type, ...nameFields(record) });
}

function nameFields(record: Parameters<typeof writeRecord>[0]): object {
  if (record.type === "edit" || record.type === "node" || record.type === "session_end") return nameEditFields(record);
  if (record.type === "message") return { session_id: record.sessionId, ...nameMessageFields(record) };
  if (record.type === "episode") {
    const { userId, uuid, source, sourceDescription, content, metadata: own, createdAt } = record;
    const words = { source, source_description: sourceDescription, content, metadata: own };
    return { user_id: userId, uuid, ...words, created_at: createdAt };
  }
  const { userId: user_id, metadata, createdAt: created_at } = record;
  const settings = record.factRatingInstruction ? { fact_rating_instruction: record.factRatingInstruction } : {};
  if (record.type === "session") return { session_id: record.sessionId, user_id, metadata, ...settings, created_at };
  const { email, firstName: first_name, lastName: last_name, timeZone, disableDefaultOntology } = record;
  const asked = {
    ...settings,
    ...(timeZone ? { time_zone: timeZone } : {}),
    ...(disableDefaultOntology ? { disable_default_ontology: true } : {}),
  };
  return { user_id, email, first_name, last_name, metadata, ...asked, created_at };
}

function nameMessageFields(message: WrittenMessage): object {
  const {
    uuid,
    role,
    roleType: role_type,
    content,
    metadata,
    tokenCount: token_count,
    createdAt: created_at,
  } = message;
  return { uuid, role, role_type, content, metadata, token_count, created_at };
}

interface Transcript {
  sessionId: string;
  userId: string;
  metadata: unknown;
  createdAt: Date;
  endedAt: Date | null;
  messages: WrittenMessage[];
}

/** A whole conversation as one object. */
export function nameTranscript({ sessionId, userId, metadata, createdAt, endedAt, messages }: Transcript): object {
  return {
    session_id: sessionId,
    user_id: userId,
    metadata,
    created_at: createdAt,
    ended_at: endedAt,
    messages: messages.map(nameMessageFields),
  };
}
