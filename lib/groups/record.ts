import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** A group as applications see it. */
export const GROUP_SELECT = {
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

export type GroupRow = Prisma.GraphGetPayload<{ select: typeof GROUP_SELECT }>;

/** The group with the application's own id; the callers have decided who may ask. */
export async function findGroupRecord(projectUuid: string, groupId: string): Promise<GroupRow | null> {
  return db().graph.findUnique({
    where: { projectUuid_groupId: { ...ofProject({ projectUuid }), groupId } },
    select: GROUP_SELECT,
  });
}
