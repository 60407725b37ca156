import type { Prisma } from "#prisma/client/client.ts";

/** A person as applications see them. */
export const USER_RECORD = {
  uuid: true,
  projectUuid: true,
  userId: true,
  email: true,
  firstName: true,
  lastName: true,
  metadata: true,
  factRatingInstruction: true,
  timeZone: true,
  disableDefaultOntology: true,
  sessionCount: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.UserSelect;

export type UserRecord = Prisma.UserGetPayload<{ select: typeof USER_RECORD }>;
