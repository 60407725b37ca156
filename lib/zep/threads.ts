import { z } from "zod";
import type { MessageState } from "#lib/messages/record.ts";
import { MAX_MESSAGE_LENGTH } from "#lib/messages/schema.ts";
import { ROLE_TYPES } from "#lib/messages/terms.ts";
import type { SessionRecord } from "#lib/sessions/record.ts";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
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
  presentSessionCounts,
  spokenTime,
  successShape,
  toMap,
  uuid,
  wholeNumberSchema,
} from "#lib/zep/common.ts";
import { episodesShape } from "#lib/zep/graph-shapes.ts";
import { contextLimits, type IncomingMessage } from "#lib/zep/messages.ts";
import { sessionsQuery } from "#lib/zep/sessions.ts";
import { userParams } from "#lib/zep/users.ts";

/** v3's thread is our session. */
const threadShape = z.object({
  uuid: z.string(),
  thread_id: z.string(),
  user_id: z.string(),
  user_uuid: z.string(),
  graph_uuid: z.string(),
  project_uuid: z.string(),
  created_at: z.string(),
});

export function presentThread(session: SessionRecord): z.infer<typeof threadShape> {
  return {
    uuid: session.uuid,
    thread_id: session.sessionId,
    user_id: session.user.userId,
    user_uuid: session.userUuid,
    graph_uuid: session.userUuid,
    project_uuid: session.projectUuid,
    created_at: formatTime(session.createdAt),
  };
}

/** v3's `role` is v2's `role_type`, v3's `name` v2's `role` (wire contract, 3). */
const threadMessageShape = z.object({
  uuid: z.string(),
  content: z.string(),
  created_at: z.string(),
  name: z.string().optional(),
  role: z.enum(ROLE_TYPES),
  metadata,
  processed: z.boolean(),
});

export function presentThreadMessage(message: MessageState): z.infer<typeof threadMessageShape> {
  return {
    uuid: message.uuid,
    content: message.content,
    created_at: formatTime(message.createdAt),
    name: message.role ?? undefined,
    role: message.roleType,
    metadata: toMap(message.metadata),
    processed: message.processed,
  };
}

const threadParams = z.object({ threadId: sessionIdSchema });

export const createThread = defineOperation({
  id: "v3.thread.create",
  needs: ["sessions:write"],
  method: "POST",
  path: "/threads",
  summary: "Begins a conversation of a person who is there.",
  status: 201,
  body: z
    .object({ thread_id: sessionIdSchema, user_id: userIdSchema })
    .transform((body) => ({ sessionId: body.thread_id, userId: body.user_id, metadata: {} })),
  taken: ({ sessionId }) => `Thread already exists with thread_id: ${sessionId}`,
  answer: threadShape,
});

export const listThreads = defineOperation({
  id: "v3.thread.listAll",
  needs: ["sessions:read"],
  method: "GET",
  path: "/threads",
  summary: "A page of the project's conversations, newest first unless asked otherwise.",
  query: sessionsQuery,
  answer: z.object({ threads: z.array(threadShape), total_count: count, response_count: count }),
});

export function presentThreads(threads: SessionRecord[], total: number): z.infer<typeof listThreads.answer> {
  return { threads: threads.map(presentThread), ...presentSessionCounts(total, threads) };
}

export const listUserThreads = defineOperation({
  id: "v3.user.getThreads",
  needs: ["sessions:read"],
  method: "GET",
  path: "/users/{userId}/threads",
  summary: "All conversations of a person, newest first; none for someone who is not there.",
  params: userParams,
  answer: z.array(threadShape),
});

export const getThread = defineOperation({
  id: "v3.thread.getThread",
  needs: ["sessions:read"],
  method: "GET",
  path: "/threads/{threadId}",
  summary: "The conversation with this id.",
  params: threadParams,
  answer: threadShape,
});

export const deleteThread = defineOperation({
  id: "v3.thread.delete",
  needs: ["sessions:erase"],
  method: "DELETE",
  path: "/threads/{threadId}",
  summary:
    "Removes a conversation, its messages, the episodes they became, and the facts and nodes resting on them alone.",
  params: threadParams,
  answer: successShape,
});

const newMessage = z
  .object({
    content: textSchema(MAX_MESSAGE_LENGTH),
    role: z.enum(ROLE_TYPES),
    name: optionalTextSchema(200),
    metadata: optionalMetadata,
    created_at: spokenTime,
    uuid: optionalUuid,
  })
  .transform(
    (message): IncomingMessage => ({
      uuid: message.uuid,
      role: message.name ?? null,
      roleType: message.role,
      content: message.content,
      metadata: message.metadata ?? {},
      tokenCount: null,
      createdAt: message.created_at?.at,
      utcOffset: message.created_at?.utcOffset ?? null,
    }),
  );

/** The most messages one call may bring; the batch call is there for more (wire contract, 4.3). */
function makeMessagesBody(most: number) {
  return z
    .object({
      messages: z.array(newMessage).max(most, `At most ${most} messages in one call.`),
      return_context: optionalSchema(z.boolean()),
      ignore_roles: optionalSchema(z.array(z.enum(ROLE_TYPES))),
    })
    .transform((body) => ({
      messages: body.messages,
      returnContext: body.return_context ?? false,
      ignoredRoles: body.ignore_roles ?? [],
    }));
}

const added = z.object({ context: z.string().optional(), message_uuids: z.array(z.string()) });

/** What became of the messages of a call. @param context as it was asked for. */
export function presentAdded(messages: { uuid: string }[], context: string | undefined): z.infer<typeof added> {
  return { context, message_uuids: messages.map(({ uuid }) => uuid) };
}

export const addThreadMessages = defineOperation({
  id: "v3.thread.addMessages",
  needs: ["sessions:write"],
  method: "POST",
  path: "/threads/{threadId}/messages",
  summary: "Adds at most 30 messages; those whose uuid is there already are left as they are.",
  params: threadParams,
  body: makeMessagesBody(30),
  answer: added,
});

export const addThreadMessagesBatch = defineOperation({
  id: "v3.thread.addMessagesBatch",
  needs: ["sessions:write"],
  method: "POST",
  path: "/threads/{threadId}/messages-batch",
  summary: "The same for at most 200 messages.",
  params: threadParams,
  body: makeMessagesBody(200),
  answer: added,
});

export const listThreadMessages = defineOperation({
  id: "v3.thread.get",
  needs: ["sessions:read", "transcripts:read"],
  method: "GET",
  path: "/threads/{threadId}/messages",
  summary: "A page of a conversation, or its last messages, in the order in which it was said.",
  params: threadParams,
  query: z.object({
    limit: wholeNumberSchema(1, 1_000).optional(),
    cursor: wholeNumberSchema(0, 1_000_000).optional(),
    lastn: wholeNumberSchema(1, 1_000).optional(),
  }),
  answer: z.object({
    messages: z.array(threadMessageShape),
    total_count: count,
    row_count: count,
    thread_created_at: z.string(),
    user_id: z.string(),
    user_uuid: z.string(),
  }),
});

export function presentThreadMessages(
  thread: SessionRecord,
  messages: MessageState[],
): z.infer<typeof listThreadMessages.answer> {
  return {
    messages: messages.map(presentThreadMessage),
    ...presentCounts(thread.messageCount, messages),
    thread_created_at: formatTime(thread.createdAt),
    user_id: thread.user.userId,
    user_uuid: thread.userUuid,
  };
}

export const getThreadContext = defineOperation({
  id: "v3.thread.getUserContext",
  needs: ["transcripts:read"],
  method: "GET",
  path: "/threads/{threadId}/context",
  summary:
    "What bears on the last messages of a conversation, as a context block for a prompt: known facts, then what was said in dated quotations, both under FACTS, and the person under ENTITIES. `context_facts`, `context_turns` and `context_tokens` set its size. Templates are not offered.",
  params: threadParams,
  query: z.object({
    template_id: z.undefined("Context templates are not offered.").optional(),
    ...contextLimits.shape,
  }),
  answer: z.object({ context: z.string() }),
});

export const listThreadEpisodes = defineOperation({
  id: "v3.thread.getEpisodes",
  needs: ["sessions:read", "graph:read"],
  method: "GET",
  path: "/threads/{threadId}/episodes",
  summary: "The episodes of a conversation, in the order in which they came.",
  params: threadParams,
  answer: episodesShape,
});

export const updateThreadMessage = defineOperation({
  id: "v3.thread.message.update",
  needs: ["sessions:write", "transcripts:read"],
  method: "PATCH",
  path: "/messages/{messageUuid}",
  summary: "Merges metadata into a message's.",
  params: z.object({ messageUuid: uuid }),
  body: z.object({ metadata: metadataSchema }),
  answer: threadMessageShape,
});
