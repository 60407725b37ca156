import type { Prisma } from "#prisma/client/client.ts";

/** A conversation as applications see it. */
export const SESSION_RECORD = {
  uuid: true,
  projectUuid: true,
  userUuid: true,
  sessionId: true,
  metadata: true,
  factRatingInstruction: true,
  messageCount: true,
  createdAt: true,
  updatedAt: true,
  endedAt: true,
  user: { select: { userId: true } },
} satisfies Prisma.SessionSelect;

export type SessionRecord = Prisma.SessionGetPayload<{ select: typeof SESSION_RECORD }>;
