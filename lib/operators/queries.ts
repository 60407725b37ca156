import { type Actor, operatorOf } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import type { Prisma } from "#prisma/client/client.ts";

const MEMBER = {
  role: true,
  disabledAt: true,
  createdAt: true,
  operator: { select: { uuid: true, name: true, email: true, lastSignInAt: true } },
} satisfies Prisma.MembershipSelect;

export type Member = Prisma.MembershipGetPayload<{ select: typeof MEMBER }>;

/** Everybody who works in this project, by name. */
export async function listMembers(actor: Actor): Promise<Member[]> {
  authorize(actor, "operators:manage");
  return db().membership.findMany({
    where: { projectUuid: actor.projectUuid },
    orderBy: { operator: { name: "asc" } },
    select: MEMBER,
  });
}

/** The signed-in operator's own name, address and role here. */
export async function findSelf(actor: Actor) {
  authorize(actor, "users:read");
  return db().membership.findUnique({
    where: { projectUuid_operatorUuid: { projectUuid: actor.projectUuid, operatorUuid: operatorOf(actor) } },
    select: { role: true, operator: { select: { name: true, email: true } } },
  });
}
