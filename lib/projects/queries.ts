import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";

/** The project that the actor works in. */
export async function getProject(actor: Actor): Promise<{ uuid: string; name: string; createdAt: Date }> {
  authorize(actor, "users:read");
  const select = { uuid: true, name: true, createdAt: true };
  return db().project.findUniqueOrThrow({ where: { uuid: actor.projectUuid }, select });
}
