import type { Prisma } from "#prisma/client/client.ts";

/** A message as the console shows it. */
export const MESSAGE = {
  uuid: true,
  role: true,
  roleType: true,
  content: true,
  metadata: true,
  tokenCount: true,
  createdAt: true,
} satisfies Prisma.MessageSelect;

export type MessageRow = Prisma.MessageGetPayload<{ select: typeof MESSAGE }>;

/** A message as applications see it: with how far memory has got with it. Without an episode there is nothing to do. */
export const MESSAGE_STATE = {
  ...MESSAGE,
  updatedAt: true,
  episode: { select: { processedAt: true } },
} satisfies Prisma.MessageSelect;

export type MessageState = Prisma.MessageGetPayload<{ select: typeof MESSAGE_STATE }>;
