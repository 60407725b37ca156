import type { Prisma } from "#prisma/client/client.ts";

/** A group as applications see it. */
export const GROUP = {
  uuid: true,
  projectUuid: true,
  groupId: true,
  name: true,
  description: true,
  factRatingInstruction: true,
  timeZone: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.GraphSelect;

export type GroupRow = Prisma.GraphGetPayload<{ select: typeof GROUP }>;
