import { type Actor, operatorOf } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";

export interface OwnProject {
  uuid: string;
  name: string;
  sample: boolean;
}

/** The projects this operator may open, by name. Everybody may know their own. */
export async function listOwnProjects(actor: Actor): Promise<OwnProject[]> {
  authorize(actor, "users:read");
  return db().project.findMany({
    where: { memberships: { some: { operatorUuid: operatorOf(actor), disabledAt: null } } },
    orderBy: { name: "asc" },
    select: { uuid: true, name: true, sample: true },
  });
}
