import { z } from "zod";
import type { SessionRecord } from "#lib/sessions/record.ts";
import { NO_SESSION_FILTER, type SessionList, sessionIdSchema } from "#lib/sessions/schema.ts";
import type { SessionSort } from "#lib/sessions/terms.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { jsonObjectSchema, metadataSchema } from "#lib/validation.ts";
import {
  booleanParam,
  choiceSchema,
  count,
  defineOperation,
  factRatingInstruction,
  formatTime,
  formatTimeOrNone,
  metadata,
  optionalMetadata,
  optionalTextSchema,
  PAGE_PARAMS,
  presentSessionCounts,
  readPageRequest,
  successShape,
  toMap,
  toMapOrNone,
} from "#lib/zep/common.ts";
import { userParams } from "#lib/zep/users.ts";

const sessionShape = z.object({
  uuid: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  deleted_at: z.null(),
  ended_at: z.string().optional(),
  session_id: z.string(),
  user_id: z.string(),
  project_uuid: z.string(),
  metadata,
  fact_rating_instruction: metadata.optional(),
});

export function presentSession(session: SessionRecord): z.infer<typeof sessionShape> {
  return {
    uuid: session.uuid,
    created_at: formatTime(session.createdAt),
    updated_at: formatTime(session.updatedAt),
    deleted_at: null,
    ended_at: formatTimeOrNone(session.endedAt),
    session_id: session.sessionId,
    user_id: session.user.userId,
    project_uuid: session.projectUuid,
    metadata: toMap(session.metadata),
    fact_rating_instruction: toMapOrNone(session.factRatingInstruction),
  };
}

export const sessionParams = z.object({ sessionId: sessionIdSchema });

export const addSession = defineOperation({
  id: "memory.addSession",
  needs: ["sessions:write"],
  method: "POST",
  path: "/sessions",
  summary: "Begins a conversation of a person who is there.",
  status: 201,
  body: z
    .object({
      session_id: sessionIdSchema,
      user_id: userIdSchema,
      metadata: optionalMetadata,
      fact_rating_instruction: factRatingInstruction,
    })
    .transform((body) => ({
      sessionId: body.session_id,
      userId: body.user_id,
      metadata: body.metadata ?? {},
      factRatingInstruction: body.fact_rating_instruction,
    })),
  taken: ({ sessionId }) => `Session already exists with session_id: ${sessionId}`,
  answer: sessionShape,
});

const ORDERS = {
  created_at: "created",
  updated_at: "updated",
  user_id: "user",
  session_id: "sessionId",
} as const satisfies Record<string, SessionSort>;

export const sessionsQuery = z.object({
  ...PAGE_PARAMS,
  order_by: choiceSchema(ORDERS, "invalid value for order_by").optional(),
  asc: booleanParam.optional(),
});

/** Which conversations a query asks for; newest first unless it says otherwise. */
export function toSessionList(query: z.infer<typeof sessionsQuery>): SessionList {
  const direction = query.asc ? "asc" : "desc";
  return { ...readPageRequest(query), sort: query.order_by ?? "created", direction, filter: NO_SESSION_FILTER };
}

export const listSessions = defineOperation({
  id: "memory.listSessions",
  needs: ["sessions:read"],
  method: "GET",
  path: "/sessions-ordered",
  summary: "A page of the project's conversations, newest first unless asked otherwise.",
  query: sessionsQuery,
  answer: z.object({ sessions: z.array(sessionShape), total_count: count, response_count: count }),
});

export function presentSessions(sessions: SessionRecord[], total: number): z.infer<typeof listSessions.answer> {
  return { sessions: sessions.map(presentSession), ...presentSessionCounts(total, sessions) };
}

export const listUserSessions = defineOperation({
  id: "user.getSessions",
  needs: ["sessions:read"],
  method: "GET",
  path: "/users/{userId}/sessions",
  summary: "All conversations of a person, newest first; none for someone who is not there.",
  params: userParams,
  answer: z.array(sessionShape),
});

export const getSession = defineOperation({
  id: "memory.getSession",
  needs: ["sessions:read"],
  method: "GET",
  path: "/sessions/{sessionId}",
  summary: "The conversation with this id.",
  params: sessionParams,
  answer: sessionShape,
});

export const updateSession = defineOperation({
  id: "memory.updateSession",
  needs: ["sessions:write", "sessions:read"],
  method: "PATCH",
  path: "/sessions/{sessionId}",
  summary: "Merges metadata into a conversation's. 409 when it has ended.",
  params: sessionParams,
  body: z
    .object({ metadata: metadataSchema, fact_rating_instruction: factRatingInstruction })
    .transform((body) => ({ metadata: body.metadata, factRatingInstruction: body.fact_rating_instruction })),
  answer: sessionShape,
});

export const deleteSession = defineOperation({
  id: "memory.delete",
  needs: ["sessions:erase"],
  method: "DELETE",
  path: "/sessions/{sessionId}/memory",
  summary:
    "Removes a conversation, its messages, the episodes they became, and the facts and nodes resting on them alone.",
  params: sessionParams,
  answer: successShape,
});

const endBody = z.object({
  classify: jsonObjectSchema.nullish(),
  instruction: optionalTextSchema(10_000),
});

export const endSession = defineOperation({
  id: "memory.endSession",
  needs: ["sessions:write", "sessions:read"],
  method: "POST",
  path: "/sessions/{sessionId}/end",
  summary: "Ends a conversation: it takes no more messages. To classify it at its end needs a language model.",
  deprecated: true,
  params: sessionParams,
  body: endBody,
  answer: z.object({ session: sessionShape }),
});

export const endSessions = defineOperation({
  id: "memory.endSessions",
  needs: ["sessions:write", "sessions:read"],
  method: "POST",
  path: "/sessions/end",
  summary: "Ends several conversations, all of them or none.",
  deprecated: true,
  body: z
    .object({ session_ids: z.array(sessionIdSchema).max(1_000), instruction: optionalTextSchema(10_000) })
    .transform((body) => ({ sessionIds: body.session_ids })),
  answer: z.object({ sessions: z.array(sessionShape) }),
});
