import { z } from "zod";
import type { Memory } from "#lib/memory/queries.ts";
import { type ContextLimits, DEFAULT_CONTEXT, LEAST_TOKENS, MOST_CONTEXT } from "#lib/memory/schema.ts";
import type { MessageState } from "#lib/messages/record.ts";
import { MAX_MESSAGE_LENGTH, type NewMessage } from "#lib/messages/schema.ts";
import { ROLE_TYPES } from "#lib/messages/terms.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { metadataSchema, textSchema } from "#lib/validation.ts";
import {
  count,
  defineOperation,
  formatTime,
  metadata,
  optionalMetadata,
  optionalSchema,
  optionalTextSchema,
  optionalUuid,
  presentCounts,
  spokenTime,
  toMap,
  uuid,
  wholeNumberSchema,
} from "#lib/zep/common.ts";
import { factShape, presentFact } from "#lib/zep/graph-shapes.ts";
import { sessionParams } from "#lib/zep/sessions.ts";

const roleType = z.enum(ROLE_TYPES);

export const messageShape = z.object({
  uuid: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  role: z.string().optional(),
  role_type: roleType,
  content: z.string(),
  metadata,
  token_count: count.optional(),
  processed: z.boolean(),
});

export function presentMessage(message: MessageState): z.infer<typeof messageShape> {
  return {
    uuid: message.uuid,
    created_at: formatTime(message.createdAt),
    updated_at: formatTime(message.updatedAt),
    role: message.role ?? undefined,
    role_type: message.roleType,
    content: message.content,
    metadata: toMap(message.metadata),
    token_count: message.tokenCount ?? undefined,
    processed: message.processed,
  };
}

/** The most messages one call may bring (wire contract, 4.3). */
const MOST_MESSAGES = 30;

const newMessage = z
  .object({
    content: textSchema(MAX_MESSAGE_LENGTH),
    // An empty role type means none (wire contract, 4.3).
    role_type: z.union([z.literal("").transform(() => "norole" as const), roleType], {
      error: ({ input }) =>
        input === undefined || input === null
          ? "messages are required to have a RoleType"
          : `invalid RoleType: must be one of ${ROLE_TYPES.join(", ")}`,
    }),
    role: optionalTextSchema(200),
    metadata: optionalMetadata,
    created_at: spokenTime,
    uuid: optionalUuid,
    token_count: optionalSchema(z.int().min(0).max(2_147_483_647)),
    updated_at: optionalSchema(z.string()),
    processed: optionalSchema(z.boolean()),
  })
  .transform(
    (message): IncomingMessage => ({
      uuid: message.uuid,
      role: message.role ?? null,
      roleType: message.role_type,
      content: message.content,
      metadata: message.metadata ?? {},
      tokenCount: message.token_count ?? null,
      createdAt: message.created_at?.at,
      utcOffset: message.created_at?.utcOffset ?? null,
    }),
  );

export type IncomingMessage = Omit<NewMessage, "createdAt"> & { createdAt: Date | undefined };

/** Gives each message that came without them a uuid, the same one for a repeat of the call, and the time of its arrival. */
export function completeMessages(
  messages: IncomingMessage[],
  idempotencyKey: string,
): (NewMessage & { uuid: string })[] {
  const now = new Date();
  return messages.map((message, index) => ({
    ...message,
    uuid: message.uuid ?? deriveUuid(idempotencyKey, `message ${index}`),
    createdAt: message.createdAt ?? now,
  }));
}

const ignoredRoles = optionalSchema(z.array(roleType).max(ROLE_TYPES.length)).transform((roles) => roles ?? []);

export const addMemory = defineOperation({
  id: "memory.add",
  needs: ["sessions:write"],
  method: "POST",
  path: "/sessions/{sessionId}/memory",
  summary: "Adds messages to the end of a conversation; those whose uuid is there already are left as they are.",
  params: sessionParams,
  body: z
    .object({
      messages: z.array(newMessage).max(MOST_MESSAGES, `At most ${MOST_MESSAGES} messages in one call.`),
      return_context: optionalSchema(z.boolean()),
      ignore_roles: ignoredRoles,
      fact_instruction: optionalTextSchema(10_000),
      summary_instruction: optionalTextSchema(10_000),
    })
    .transform((body) => ({
      messages: body.messages,
      returnContext: body.return_context ?? false,
      ignoredRoles: body.ignore_roles,
    })),
  answer: z.object({ context: z.string().optional() }),
});

/** How large a context block is to be; ours, the published clients know no such thing. */
export const contextLimits = z.object({
  context_facts: wholeNumberSchema(0, MOST_CONTEXT.facts).optional(),
  context_turns: wholeNumberSchema(0, MOST_CONTEXT.turns).optional(),
  context_tokens: wholeNumberSchema(LEAST_TOKENS, MOST_CONTEXT.tokens).optional(),
});

export function readContextLimits(given: z.infer<typeof contextLimits>): ContextLimits {
  return {
    facts: given.context_facts ?? DEFAULT_CONTEXT.facts,
    turns: given.context_turns ?? DEFAULT_CONTEXT.turns,
    tokens: given.context_tokens ?? DEFAULT_CONTEXT.tokens,
  };
}

const rating = z.coerce.number("Must be a number.").min(0).max(1).optional();

export const getMemory = defineOperation({
  id: "memory.get",
  needs: ["transcripts:read"],
  method: "GET",
  path: "/sessions/{sessionId}/memory",
  summary:
    "The last messages of a conversation, the facts that bear on them, and a context block for a prompt: known facts, then what was said in dated quotations, both under FACTS, and the person under ENTITIES. `context_facts`, `context_turns` and `context_tokens` set its size; by default 5, 8 and 500.",
  params: sessionParams,
  query: z.object({ lastn: wholeNumberSchema(0, 1_000).optional(), minRating: rating, ...contextLimits.shape }),
  answer: z.object({
    context: z.string(),
    messages: z.array(messageShape),
    relevant_facts: z.array(factShape),
    facts: z.array(z.string()),
    metadata,
  }),
});

export function presentMemory(memory: Memory): z.infer<typeof getMemory.answer> {
  return {
    context: memory.context,
    messages: memory.messages.map(presentMessage),
    relevant_facts: memory.facts.map(presentFact),
    facts: memory.facts.map(({ fact }) => fact),
    metadata: toMap(memory.session.metadata),
  };
}

export const listMessages = defineOperation({
  id: "memory.getSessionMessages",
  needs: ["sessions:read", "transcripts:read"],
  method: "GET",
  path: "/sessions/{sessionId}/messages",
  summary: "A page of a conversation in the order in which it was said; `cursor` is the page, counted from 1.",
  params: sessionParams,
  query: z.object({
    limit: wholeNumberSchema(1, 1_000).optional(),
    cursor: wholeNumberSchema(0, 1_000_000).optional(),
  }),
  answer: z.object({ messages: z.array(messageShape), total_count: count, row_count: count }),
});

export function presentMessages(messages: MessageState[], total: number): z.infer<typeof listMessages.answer> {
  return { messages: messages.map(presentMessage), ...presentCounts(total, messages) };
}

const messageParams = sessionParams.extend({ messageUuid: uuid });

export const getMessage = defineOperation({
  id: "memory.getSessionMessage",
  needs: ["sessions:read", "transcripts:read"],
  method: "GET",
  path: "/sessions/{sessionId}/messages/{messageUuid}",
  summary: "One message of a conversation.",
  deprecated: true,
  params: messageParams,
  answer: messageShape,
});

export const updateMessage = defineOperation({
  id: "memory.updateMessageMetadata",
  needs: ["sessions:write", "transcripts:read"],
  method: "PATCH",
  path: "/sessions/{sessionId}/messages/{messageUuid}",
  summary: "Merges metadata into a message's.",
  params: messageParams,
  body: z.object({ metadata: metadataSchema }),
  answer: messageShape,
});

const NEEDS_MODEL = { deprecated: true, params: sessionParams, answer: z.never() };

export const synthesizeQuestion = defineOperation({
  ...NEEDS_MODEL,
  id: "memory.synthesizeQuestion",
  needs: ["sessions:read"],
  method: "GET",
  path: "/sessions/{sessionId}/synthesize_question",
  summary: "Needs a language model; refused with 400 while none is configured.",
  query: z.object({ lastNMessages: wholeNumberSchema(1, 1_000).optional() }),
});

export const classifySession = defineOperation({
  ...NEEDS_MODEL,
  id: "memory.classifySession",
  needs: ["sessions:read"],
  method: "POST",
  path: "/sessions/{sessionId}/classify",
  summary: "Needs a language model; refused with 400 while none is configured.",
  body: z.object({ name: textSchema(200), classes: z.array(textSchema(200)).min(1).max(100) }),
});

export const extractData = defineOperation({
  ...NEEDS_MODEL,
  id: "memory.extract",
  needs: ["sessions:read"],
  method: "POST",
  path: "/sessions/{sessionId}/extract",
  summary: "Needs a language model; refused with 400 while none is configured.",
  body: z.object({ last_n: z.int().min(1).max(1_000), model_schema: textSchema(100_000) }),
});

export const listSummaries = defineOperation({
  id: "memory.getSummaries",
  needs: ["sessions:read"],
  method: "GET",
  path: "/sessions/{sessionId}/summary",
  summary: "Conversations have no summaries of their own here, the person has: the list is empty.",
  deprecated: true,
  params: sessionParams,
  answer: z.object({ summaries: z.array(z.never()), total_count: count, row_count: count }),
});

export const NO_SUMMARIES = { summaries: [], ...presentCounts(0, []) };
