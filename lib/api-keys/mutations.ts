import { randomBytes } from "node:crypto";
import type { CreateApiKey } from "#lib/api-keys/schema.ts";
import { record } from "#lib/audit/record.ts";
import { type Actor, hashToken } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { byUuid } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";

/** Makes a key with 256 random bits. @returns the key itself, which is shown now and never again. */
export async function createApiKey(actor: Actor, input: CreateApiKey): Promise<{ key: string }> {
  authorize(actor, "api-keys:manage");
  const key = `lethe_${randomBytes(32).toString("base64url")}`;
  const { projectUuid } = actor;
  const stored = { ...input, projectUuid, createdBy: actor.uuid, prefix: key.slice(0, 12), hash: hashToken(key) };
  return runInTransaction(async (tx) => {
    const { uuid } = await tx.apiKey.create({ data: stored, select: { uuid: true } });
    await record(tx, actor, { action: "api_key.created", objectUuid: uuid, data: { scopes: input.scopes } });
    return { key };
  });
}

/** Makes a key useless from the next call on. Revoking twice changes nothing. @throws AppError `not_found`. */
export async function revokeApiKey(actor: Actor, { apiKey }: { apiKey: string }): Promise<void> {
  authorize(actor, "api-keys:manage");
  await runInTransaction(async (tx) => {
    const where = byUuid(actor, apiKey);
    const found = await tx.apiKey.findUnique({ where, select: { revokedAt: true } });
    if (!found) throw new AppError("not_found", "There is no such key.");
    if (found.revokedAt) return;
    await tx.apiKey.update({ where, data: { revokedAt: new Date() } });
    await record(tx, actor, { action: "api_key.revoked", objectUuid: apiKey });
  });
}
