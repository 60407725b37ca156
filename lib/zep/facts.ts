import { z } from "zod";
import { groupIdSchema, type StatedFact } from "#lib/graph/schema.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { textSchema } from "#lib/validation.ts";
import { defineOperation, successShape, uuid } from "#lib/zep/common.ts";
import { factShape, factsShape } from "#lib/zep/graph-shapes.ts";
import { sessionParams } from "#lib/zep/sessions.ts";
import { userParams } from "#lib/zep/users.ts";

const DEPRECATED = { deprecated: true };

export const listUserFacts = defineOperation({
  ...DEPRECATED,
  id: "user.getFacts",
  needs: ["graph:read"],
  method: "GET",
  path: "/users/{userId}/facts",
  summary: "The latest facts of a person's graph, at most 1,000.",
  params: userParams,
  answer: factsShape,
});

export const listGroupFacts = defineOperation({
  ...DEPRECATED,
  id: "group.getFacts",
  needs: ["graph:read"],
  method: "GET",
  path: "/groups/{groupId}/facts",
  summary: "The latest facts of a group's graph, at most 1,000.",
  params: z.object({ groupId: groupIdSchema }),
  answer: factsShape,
});

export const listSessionFacts = defineOperation({
  ...DEPRECATED,
  id: "memory.getSessionFacts",
  needs: ["graph:read", "sessions:read"],
  method: "GET",
  path: "/sessions/{sessionId}/facts",
  summary: "The facts that rest on a conversation.",
  params: sessionParams,
  query: z.object({ minRating: z.coerce.number("Must be a number.").min(0).max(1).optional() }),
  answer: factsShape,
});

export const addSessionFacts = defineOperation({
  ...DEPRECATED,
  id: "memory.addSessionFacts",
  needs: ["graph:write"],
  method: "POST",
  path: "/sessions/{sessionId}/facts",
  summary: "States facts about the person of a conversation, kept with the conversation.",
  params: sessionParams,
  body: z.object({ facts: z.array(z.object({ fact: textSchema(10_000).min(1, "Must not be empty.") })).max(100) }),
  answer: successShape,
});

/** A fact without a second node holds of the person alone: an edge from the person's node to itself. */
export function toStatedFacts(facts: { fact: string }[], idempotencyKey: string): StatedFact[] {
  const times = { createdAt: new Date(), validAt: null, invalidAt: null, expiredAt: null };
  return facts.map(({ fact }, index) => {
    const own = deriveUuid(idempotencyKey, `fact ${index}`);
    return { idempotencyKey: own, name: "STATED", fact, source: {}, target: {}, ...times };
  });
}

const factParams = z.object({ factUuid: uuid });

export const getFact = defineOperation({
  ...DEPRECATED,
  id: "memory.getFact",
  needs: ["graph:read"],
  method: "GET",
  path: "/facts/{factUuid}",
  summary: "One fact.",
  params: factParams,
  answer: z.object({ fact: factShape }),
});

export const deleteFact = defineOperation({
  ...DEPRECATED,
  id: "memory.deleteFact",
  needs: ["graph:erase"],
  method: "DELETE",
  path: "/facts/{factUuid}",
  summary: "Removes one fact; the nodes it joined stay.",
  params: factParams,
  answer: successShape,
});
