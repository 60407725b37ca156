import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { findGroupRecord, GROUP_SELECT, type GroupRow } from "#lib/groups/record.ts";
import type { GroupList } from "#lib/groups/schema.ts";
import type { Prisma } from "#prisma/client/client.ts";

/** One page of the project's groups, newest first, and how many match in all. */
export async function listGroups(actor: Actor, list: GroupList): Promise<{ groups: GroupRow[]; total: number }> {
  authorize(actor, "graph:read");
  const contains = { contains: list.search ?? "", mode: "insensitive" } as const;
  const where: Prisma.GraphWhereInput = {
    ...ofProject(actor),
    groupId: { not: null },
    OR: list.search ? [{ groupId: contains }, { name: contains }, { description: contains }] : undefined,
  };
  const [groups, total] = await Promise.all([
    db().graph.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { uuid: "desc" }],
      skip: (list.page - 1) * list.size,
      take: list.size,
      select: GROUP_SELECT,
    }),
    db().graph.count({ where }),
  ]);
  return { groups, total };
}

/** @throws AppError `not_found`. */
export async function getGroup(actor: Actor, groupId: string): Promise<GroupRow> {
  authorize(actor, "graph:read");
  const group = await findGroupRecord(actor.projectUuid, groupId);
  if (!group) throw new AppError("not_found", "There is no such group.");
  return group;
}
