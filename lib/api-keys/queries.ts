import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import type { Prisma } from "#prisma/client/client.ts";

const API_KEY = {
  uuid: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
} satisfies Prisma.ApiKeySelect;

export type ApiKeyRow = Prisma.ApiKeyGetPayload<{ select: typeof API_KEY }>;

/** The project's keys, the newest first, revoked ones included. */
export async function listApiKeys(actor: Actor): Promise<ApiKeyRow[]> {
  authorize(actor, "api-keys:manage");
  return db().apiKey.findMany({
    where: ofProject(actor),
    orderBy: { createdAt: "desc" },
    select: API_KEY,
  });
}
