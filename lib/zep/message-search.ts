import { z } from "zod";
import type { FactRecord } from "#lib/graph/schema.ts";
import type { MessageHit } from "#lib/messages/queries.ts";
import { sessionIdSchema } from "#lib/sessions/schema.ts";
import { userIdSchema } from "#lib/users/schema.ts";
import { textSchema } from "#lib/validation.ts";
import {
  defineOperation,
  metadata,
  optionalMetadata,
  optionalOrBlankSchema,
  optionalSchema,
  optionalTextSchema,
  toMap,
  wholeNumberSchema,
} from "#lib/zep/common.ts";
import { factShape, presentFact } from "#lib/zep/graph-shapes.ts";
import { messageShape, presentMessage } from "#lib/zep/messages.ts";
import { sessionParams } from "#lib/zep/sessions.ts";

const searchFields = {
  metadata: optionalMetadata,
  min_score: optionalSchema(z.number()),
  min_fact_rating: optionalSchema(z.number().min(0).max(1)),
  mmr_lambda: optionalSchema(z.number().min(0).max(1)),
  search_scope: optionalSchema(z.enum(["messages", "summary", "facts"])),
  search_type: optionalSchema(z.enum(["similarity", "mmr"])),
};

function pickSearch<Scope>(
  body: { min_score?: number; min_fact_rating?: number; search_scope?: Scope },
  otherwise: Scope,
) {
  return {
    scope: body.search_scope ?? otherwise,
    minScore: body.min_score ?? 0,
    minRating: body.min_fact_rating ?? null,
  };
}

/** How many hits there are when no number is asked for. */
export const DEFAULT_HITS = 10;

const searchLimit = z.object({ limit: wholeNumberSchema(1, 100).optional() });

export const searchSession = defineOperation({
  id: "memory.search",
  needs: ["sessions:read", "transcripts:read"],
  method: "POST",
  path: "/sessions/{sessionId}/search",
  summary: "Messages of a conversation that a text's words occur in, best first. There are no summaries to search.",
  deprecated: true,
  params: sessionParams,
  query: searchLimit,
  body: z
    .object({ text: optionalTextSchema(10_000), ...searchFields })
    .transform((body) => ({ text: body.text, metadata: body.metadata, ...pickSearch(body, "messages") })),
  answer: z.array(z.object({ message: messageShape, score: z.number(), metadata })),
});

export function presentHit(hit: MessageHit) {
  return { message: presentMessage(hit), score: hit.score, metadata: toMap(hit.metadata) };
}

export const searchSessions = defineOperation({
  id: "memory.searchSessions",
  needs: ["transcripts:read"],
  method: "POST",
  path: "/sessions/search",
  summary: "Facts or messages, of one person or of some conversations, that a text's words occur in, best first.",
  deprecated: true,
  query: searchLimit,
  body: z
    .object({
      text: textSchema(10_000),
      user_id: optionalOrBlankSchema(userIdSchema),
      session_ids: optionalSchema(z.array(sessionIdSchema).max(100)),
      record_filter: optionalMetadata,
      ...searchFields,
    })
    .refine(
      ({ record_filter, metadata, search_scope }) =>
        search_scope === "messages" || (record_filter === undefined && metadata === undefined),
      { path: ["record_filter"], message: "Only messages have metadata to filter by: give search_scope messages." },
    )
    .refine(({ record_filter, metadata }) => record_filter === undefined || metadata === undefined, {
      path: ["record_filter"],
      message: "Give either record_filter or metadata.",
    })
    .transform((body) => ({
      text: body.text,
      userId: body.user_id,
      sessionIds: body.session_ids,
      metadata: body.metadata ?? body.record_filter,
      ...pickSearch(body, "facts"),
    })),
  answer: z.object({
    results: z.array(
      z.object({
        fact: factShape.optional(),
        message: messageShape.optional(),
        score: z.number(),
        session_id: z.string().optional(),
      }),
    ),
  }),
});

export function presentFound(found: {
  facts: FactRecord[];
  messages: MessageHit[];
}): z.infer<typeof searchSessions.answer> {
  const facts = found.facts.map((fact) => ({ fact: presentFact(fact), score: fact.score ?? 0 }));
  const messages = found.messages.map((hit) => ({
    message: presentMessage(hit),
    score: hit.score,
    session_id: hit.sessionId,
  }));
  return { results: [...facts, ...messages] };
}
